/** What a rule tells of its fixtures and variants, word for word: golden files hold it, and mutants are judged by it. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type BuildContext, createContext, memoryTree, unknownContext } from '../../src/context/index.ts';
import { lint, type ReportedFinding } from '../../src/engine/lint.ts';
import { applyFixes } from '../../src/fix/apply.ts';
import type { Rule } from '../../src/rule.ts';
import { readMarkers } from './markers.ts';
import { fixtureAt } from './rule-fixtures.ts';
import { judgementDay, repository } from './shared.ts';

/** All that a rule tells of one of its fixtures, a line each. */
export function* toldOfFixture(rule: Rule, name: string): Iterable<string> {
  const { text, project } = fixtureAt(rule.id, name);
  const { blanked } = readMarkers(text);
  for (const finding of lint({ ...project, text: blanked, rules: [rule], today: judgementDay }).findings)
    if (finding.rule === rule.id) yield* inFull(finding, rule.instead);
}

function* inFull(finding: ReportedFinding, advice: string): Iterable<string> {
  const { line, column, severity, confidence, message, evidence, fix, instead, answers } = finding;
  const codes = answers.length > 0 ? ` = ${answers.join(', ')}` : '';
  yield `  ${line}:${column} ${severity} (${confidence})${codes}: ${message}`;
  for (const { at, message, elsewhere } of evidence)
    yield `    ${elsewhere === undefined ? '' : `${elsewhere.path}:`}${at.line}:${at.column} ${message}`;
  if (instead !== advice) yield `    instead: ${instead}`;
  if (fix === undefined) return;
  yield `    fix (${fix.safety}): ${fix.says}`;
  for (const { at, text } of fix.edits)
    yield `      ${at.line}:${at.column}-${at.endLine}:${at.endColumn} ${JSON.stringify(text)}`;
  if (fix.creates !== undefined) yield `      makes ${fix.creates.path} ${JSON.stringify(fix.creates.text)}`;
}

const folder = join(repository, 'fixtures/variants');

/** The rules that have variants. */
export const rulesWithVariants = (): readonly string[] => readdirSync(folder).map((name) => basename(name, '.txt'));

/** Small Dockerfiles for one rule, each of which differs from the others in one thing. */
export const variantsOf = (rule: string): readonly string[] =>
  readFileSync(join(folder, `${rule}.txt`), 'utf8').split('----\n');

/** All that a rule tells of a variant, a line each, and what its fix makes of it. */
export function* toldOfVariant(rule: Rule | undefined, text: string): Iterable<string> {
  const { findings } = lint({
    path: 'Dockerfile',
    text,
    context: contextOf(text),
    rules: rule === undefined ? [] : [rule],
    selection: { presets: ['all'] },
    today: judgementDay,
  });
  for (const finding of findings) if (finding.rule === rule?.id) yield* inShort(text, finding);
}

/** The context of a variant: its lines `#: NAME TEXT`, where it has any, are all the files that there are. */
function contextOf(text: string): BuildContext {
  const files = [...text.matchAll(/^#: (\S+) ?(.*)$/gm)].map(
    ([, name = '', content = '']) => [`/${name}`, content.replaceAll('\\n', '\n')] as const,
  );
  return files.length === 0 ? unknownContext : createContext(memoryTree(new Map(files)), '/', '/Dockerfile');
}

/** A line for each step of a finding, indented below the Dockerfile that it is of. */
function* inShort(text: string, { line, column, severity, message, evidence, fix }: ReportedFinding): Iterable<string> {
  yield `  ${line}:${column} ${severity}: ${message}`;
  for (const { at, message } of evidence) yield `    ${at.line}:${at.column} ${message}`;
  if (fix === undefined) return;
  yield `    fix (${fix.safety}): ${fix.says}`;
  for (const line of changed(text.split('\n'), applyFixes(text, [fix]).text.split('\n')))
    yield `      ${line}`.trimEnd();
}

/** The lines from the first that differs to the last, as they were and as they are. */
function changed(before: readonly string[], after: readonly string[]): readonly string[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return [
    ...before.slice(start, before.length - end).map((line) => `- ${line}`),
    ...after.slice(start, after.length - end).map((line) => `+ ${line}`),
  ];
}
