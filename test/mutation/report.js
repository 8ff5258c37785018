/** Stryker's words for a mutant that tests noticed, and for one that they did not. */
const noticed = ['Killed', 'Timeout'];
const unnoticed = ['Survived', 'NoCoverage'];

/** What stands behind a mutant that ended otherwise than others. */
const notes = new Map([
  ['NoCoverage', ' (nothing runs it)'],
  ['Timeout', ' (takes too long, which counts as noticed)'],
]);

/** A piece of code on one line, at most 90 characters. */
function short(code) {
  const line = code.replace(/\s+/g, ' ');
  return line.length > 90 ? `${line.slice(0, 89)}…` : line;
}

/** What a mutant stands for, from its place (lines and columns from 1). */
function replaced(source, { start, end }) {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  const last = lines.length - 1;
  return lines
    .map((line, index) => line.slice(index === 0 ? start.column - 1 : 0, index === last ? end.column - 1 : undefined))
    .join('\n');
}

const percent = (part, whole) => (whole === 0 ? 100 : (100 * part) / whole);

/** Stryker's report as text, mutants that no test noticed with their places, and the score of all files in percent. */
export function printed(report) {
  const lines = [];
  const totals = { noticed: 0, all: 0 };
  for (const [path, { source, mutants }] of Object.entries(report.files).sort()) {
    const caught = mutants.filter(({ status }) => noticed.includes(status)).length;
    const left = mutants.filter(({ status }) => unnoticed.includes(status));
    const late = mutants.filter(({ status }) => status === 'Timeout');
    totals.noticed += caught;
    totals.all += caught + left.length;
    if (caught + left.length === 0) continue;
    lines.push(`${path}: ${caught} of ${caught + left.length} (${percent(caught, caught + left.length).toFixed(0)} %)`);
    for (const { location, replacement, status } of [...left, ...late]) {
      const note = notes.get(status) ?? '';
      lines.push(
        `  ${path}:${location.start.line}: ${short(replaced(source, location))} → ${short(replacement)}${note}`,
      );
    }
  }
  const score = percent(totals.noticed, totals.all);
  lines.push(`${totals.noticed} of ${totals.all} mutants noticed: ${score.toFixed(1)} %`);
  return { text: lines.join('\n'), score };
}
