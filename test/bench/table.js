/** What was measured, as Markdown. */

export function timeText(milliseconds) {
  if (milliseconds < 100) return `${milliseconds.toFixed(1)} ms`;
  return milliseconds < 1000
    ? `${Math.round(milliseconds)} ms`
    : `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 2 : 1)} s`;
}

const ratioText = (value) => value.toFixed(value < 10 ? 2 : 0);

const table = (head, rows) =>
  [head, head.map((_, at) => (at === 0 ? '---' : '---:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

function timeCell({ time, outcome, limit }) {
  if (outcome === 'cut off') return `cut off after ${limit} s`;
  if (outcome === 'not run') return 'cut off at less';
  if (outcome === 'broke' || time === undefined) return 'breaks';
  return timeText(time.median);
}

const rangeCell = ({ time }) => (time === undefined ? '' : `${timeText(time.min)} – ${timeText(time.max)}`);

function ratioCell({ ratio }) {
  if (ratio === undefined) return '';
  const [median, min, max] = [ratio.median, ratio.min, ratio.max].map(ratioText);
  return min === max ? median : `${median} (${min} – ${max})`;
}

/** Of `unit` in a second. */
export const rateOf = ({ time, amount, files }) => (amount ?? files) / (time.median / 1000);

export function seriesTable({ title, unit, memory, of, name }, rows) {
  const sized = of.length > 1 || of[0].title !== '';
  const head = [
    ...(sized ? ['Size'] : []),
    'Linter',
    'Median',
    'Least – most',
    ...(unit === undefined ? [] : [`${unit[0].toUpperCase()}${unit.slice(1)} a second`]),
    'Times dflint',
    ...(memory ? ['Peak memory'] : []),
  ];
  const cells = rows.map((row) => [
    ...(sized ? [row.size] : []),
    row.leftOut > 0
      ? `${row.tool} (${row.leftOut === 1 ? '1 file left out: it stops at it' : `${row.leftOut} files left out: it stops at them`})`
      : row.tool,
    timeCell(row),
    rangeCell(row),
    ...(unit === undefined ? [] : [row.time === undefined ? '' : Math.round(rateOf(row)).toLocaleString('en')]),
    ratioCell(row),
    ...(memory ? [row.megabytes === undefined ? '' : `${Math.round(row.megabytes)} MB`] : []),
  ]);
  const runs = Math.max(0, ...rows.map((row) => row.runs ?? 0));
  return `### ${title}\n\n\`npm run bench -- ${name}\`, ${runs} ${runs === 1 ? 'run' : 'runs'} each.\n\n${table(head, cells)}\n${reasons(rows)}`;
}

const reasons = (rows) =>
  rows
    .flatMap(({ tool, reason }) =>
      reason === undefined ? [] : [`\n${tool} breaks: \`${reason.replaceAll('`', "'")}\`\n`],
    )
    .join('');

export const keystrokeTable = ({ lines, keys, p50, p95, max }) =>
  `### One key in a file of ${lines} lines, through the API\n\n\`npm run bench -- keystroke\`, ${keys} keys.\n\n${table(
    ['Linter', 'Median', '95th percentile', 'Most'],
    [['dflint', timeText(p50), timeText(p95), timeText(max)]],
  )}\n`;

export const toolsTable = (tools, missing) =>
  `${table(
    ['Linter', 'Version', 'Stages', 'Build context', 'Shell', 'Fixes'],
    tools.map(({ name, version, sees }) => [name, version, sees.stages, sees.context, sees.shell, sees.fixes]),
  )}\n${missing.map(({ name, missing: why }) => `\nNot measured: ${name} (${why}).\n`).join('')}`;
