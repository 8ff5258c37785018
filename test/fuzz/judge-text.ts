/** What must hold of one Dockerfile, whatever it says. */
import { rules } from '../../rules/index.ts';
import { createContext, memoryTree } from '../../src/context/index.ts';
import { type LintInput, type LintResult, lint, type OpenFile, openFile } from '../../src/engine/lint.ts';
import { applyFixes } from '../../src/fix/apply.ts';
import { mend } from '../../src/fix/mend.ts';
import type { Report } from '../../src/report/format.ts';
import { formatNames, loadFormat } from '../../src/report/formats.ts';
import { plainStyle } from '../../src/report/style.ts';
import { createSource, parseDockerfile, type Span } from '../../src/syntax/index.ts';
import { judgementDay } from '../harness/shared.ts';
import { plainFiles, projectFiles } from './project-files.ts';

const folder = '/w';
const tree = memoryTree(
  new Map(Object.entries({ ...projectFiles, ...plainFiles }).map(([path, text]) => [`${folder}/${path}`, text])),
);
const context = createContext(tree, folder, `${folder}/Dockerfile`);

const inputOf = (text: string): LintInput => ({
  path: 'Dockerfile',
  text,
  rules,
  context,
  selection: { presets: ['all'] },
  today: judgementDay,
});

/** The formats that each input is printed in. */
const formats = await Promise.all(formatNames.map(async (name) => ({ name, format: await loadFormat(name) })));

/** What is wrong; throws what dflint throws. */
export function faultsOfText(text: string, isThorough: boolean): readonly string[] {
  const opened = openFile(inputOf(text));
  const result = opened.judge().finish();
  const faults = failuresOf(result);
  const places: readonly Span[] = result.findings.flatMap((each) => [
    each,
    ...each.evidence.filter((step) => step.elsewhere === undefined).map(({ at }) => at),
  ]);
  const { lineStarts } = createSource(text);
  faults.push(...places.flatMap((at) => placeFault(at, lineStarts, text.length)));
  if (!isThorough) return faults;
  faults.push(
    ...lint({ path: 'x/Dockerfile.dev', text, rules }).failures.map(
      ({ rule = 'dflint', error }) => `without a context, ${rule}: ${said(error)}`,
    ),
  );
  faults.push(...formatFaults(result), ...fixFaults(result, opened));
  return faults;
}

const said = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

const failuresOf = ({ failures }: LintResult): string[] =>
  failures.map(({ rule = 'dflint', error }) => `${rule}: ${said(error)}`);

function placeFault(
  { line, column, endLine, endColumn }: Span,
  lineStarts: readonly number[],
  length: number,
): readonly string[] {
  const widthOf = (number: number): number => (lineStarts[number] ?? length + 1) - (lineStarts[number - 1] ?? 0);
  const isInside = (number: number, at: number): boolean =>
    number >= 1 && number <= lineStarts.length && at >= 1 && at <= widthOf(number) + 1;
  const isOrdered = line < endLine || (line === endLine && column <= endColumn);
  return isOrdered && isInside(line, column) && isInside(endLine, endColumn)
    ? []
    : [`a place outside of the text: ${line}:${column}-${endLine}:${endColumn}`];
}

function formatFaults(result: LintResult): readonly string[] {
  const report: Report = {
    results: [result],
    unreadable: [],
    rules,
    version: '0',
    root: folder,
    located: (path) => path,
    fails: () => true,
    style: plainStyle,
    columns: 80,
    quiet: false,
  };
  return formats.flatMap(({ name, format }) => outputFaults(name, wholeOf(format(report))));
}

const wholeOf = (out: string | Iterable<string>): string => (typeof out === 'string' ? out : [...out].join(''));

/** Of what is printed: no control character, no command of a CI system, JSON that is JSON. */
export function outputFaults(format: string, out: string): readonly string[] {
  const faults: string[] = [];
  const harmful = /[^\P{C}\n\p{Co}\p{Cn}]|[\p{Zl}\p{Zp}]/u.exec(out);
  if (harmful !== null)
    faults.push(`${format} sends ${JSON.stringify(out.slice(Math.max(0, harmful.index - 40), harmful.index + 10))}`);
  const obeyed =
    format === 'github' ? /^\s*::(?!(?:error|warning|notice) )/m.exec(out) : /^\s*::|##(?:vso)?\[|^##team/m.exec(out);
  if (obeyed !== null)
    faults.push(`${format} sends the command ${JSON.stringify(out.slice(obeyed.index, obeyed.index + 60))}`);
  if (/^(?:json|sarif|gitlab)$/.test(format) && out !== '') JSON.parse(out);
  return faults;
}

/** So many fixes of a text are made one by one. */
const mostFixes = 12;

/** Texts with fixes are judged as everything that mends judges them: with what is known of the text before. */
function fixFaults(result: LintResult, opened: OpenFile): readonly string[] {
  const faults: string[] = [];
  const { text } = result;
  const judged = (other: string): LintResult => openFile(inputOf(other), opened).judge().finish();
  const { faults: had, source } = parseDockerfile(text);
  for (const { rule, fix } of result.findings.filter((each) => each.fix !== undefined).slice(0, mostFixes)) {
    if (fix === undefined) continue;
    faults.push(
      ...fix.edits.flatMap(({ at }) =>
        placeFault(at, source.lineStarts, text.length).map((fault) => `fix of ${rule}: ${fault}`),
      ),
    );
    const { text: after, applied } = applyFixes(text, [fix]);
    if (fix.edits.length > 0 && applied.length === 0) faults.push(`fix of ${rule}: its edits cannot be applied`);
    if (after !== text) faults.push(...failuresOf(judged(after)).map((fault) => `after the fix of ${rule}: ${fault}`));
  }
  const mended = mend(
    { text, findings: result.findings },
    (other) => judged(other).findings,
    () => true,
  );
  if (parseDockerfile(mended.text).faults.length > had.length) faults.push('fixes bring faults of syntax in');
  return faults;
}
