/** A chart of what was measured, readable on light and dark pages. */
import { rateOf, timeText } from './table.js';

const width = 760;
const labels = 140;
const values = 130;
const bar = { height: 16, gap: 8 };
const heading = 34;

const count = (row) => Math.round(rateOf(row)).toLocaleString('en');

/** What a panel shows of a row; undefined where there is nothing to show. */
const panels = [
  {
    series: 'start',
    title: 'One small file, from process start: less is better',
    value: (row) => row.time?.median,
    text: (row) => timeText(row.time.median),
  },
  {
    series: 'corpus',
    title: 'The corpus in one process, files a second: more is better',
    value: (row) => row.time && rateOf(row),
    text: count,
  },
  {
    series: 'many',
    title: '6,000 files, files a second: more is better',
    value: (row) => row.time && rateOf(row),
    text: count,
  },
  {
    series: 'many',
    title: '6,000 files, peak memory: less is better',
    value: (row) => row.megabytes,
    text: (row) => `${Math.round(row.megabytes)} MB`,
  },
  {
    series: 'lines',
    last: true,
    title: 'One file of 100,000 lines: less is better',
    value: (row) => row.time?.median,
    text: (row) => timeText(row.time.median),
  },
];

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** `measured`: the rows of each series by its name. */
export function chart(measured) {
  let y = 8;
  const body = [];
  for (const panel of panels) {
    const all = measured.get(panel.series) ?? [];
    const rows = panel.last === true ? all.filter(({ size }) => size === all.at(-1)?.size) : all;
    if (rows.length === 0) continue;
    body.push(`<text class="title" x="0" y="${y + 16}">${escaped(panel.title)}</text>`);
    y += heading;
    const most = Math.max(...rows.map((row) => panel.value(row) ?? 0), 1e-9);
    for (const row of rows) {
      body.push(...line(row, panel, most, y));
      y += bar.height + bar.gap;
    }
    y += 14;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-8 0 ${width + 8} ${y}" width="${width + 8}" height="${y}" role="img" aria-label="Benchmarks of Dockerfile linters">
<style>
text { font: 13px system-ui, sans-serif; fill: #1f2328; }
.title { font-weight: 600; }
.own { fill: #0969da; }
.other { fill: #8c959f; }
.none { fill: #59636e; font-style: italic; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; }
  .own { fill: #4493f8; }
  .other { fill: #6e7681; }
  .none { fill: #9198a1; }
}
</style>
${body.join('\n')}
</svg>
`;
}

function line(row, panel, most, y) {
  const value = panel.value(row);
  const label = `<text x="0" y="${y + 13}">${escaped(row.tool)}</text>`;
  if (value === undefined) return [label, `<text class="none" x="${labels}" y="${y + 13}">${why(row)}</text>`];
  const long = Math.max(1, Math.round(((width - labels - values) * value) / most));
  const own = /dflint|standalone/.test(row.tool) ? 'own' : 'other';
  return [
    label,
    `<rect class="${own}" x="${labels}" y="${y}" width="${long}" height="${bar.height}" rx="2"/>`,
    `<text x="${labels + long + 8}" y="${y + 13}">${panel.text(row)}</text>`,
  ];
}

function why({ outcome, limit }) {
  if (outcome === 'cut off') return `cut off after ${limit} s`;
  return outcome === 'not run' ? 'cut off at less' : outcome === 'broke' ? 'breaks' : 'not measured';
}
