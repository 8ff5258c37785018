/** All that the rules tell of their fixtures, word for word: `npm test -- -u` writes it anew. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { lint, type ReportedFinding } from '../src/engine/lint.ts';
import type { Rule } from '../src/rule.ts';
import { readMarkers } from './harness/markers.ts';
import { fixtureAt, fixturesOf } from './harness/rule-fixtures.ts';
import { judgementDay, repository } from './harness/shared.ts';

function* told(finding: ReportedFinding, advice: string): Iterable<string> {
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

function* toldOf(rule: Rule): Iterable<string> {
  for (const name of fixturesOf(rule.id).filter((each) => each.startsWith('bad-'))) {
    const { text, project } = fixtureAt(rule.id, name);
    const { blanked } = readMarkers(text);
    yield name;
    for (const finding of lint({ ...project, text: blanked, rules: [rule], today: judgementDay }).findings)
      if (finding.rule === rule.id) yield* told(finding, rule.instead);
  }
}

test.each(rules)('$id', async (rule) => {
  const text = `${[...toldOf(rule)].join('\n')}\n`;
  await expect(text).toMatchFileSnapshot(join(repository, 'fixtures/golden/rules', `${rule.id}.txt`));
});
