/** What a fix writes into the JSON array of a RUN is a word of it: all fixtures, their plain RUNs written as arrays. */
import { expect, test } from 'vitest';
import brokenJsonArray from '../rules/broken-json-array.ts';
import { rules } from '../rules/index.ts';
import { lint } from '../src/engine/lint.ts';
import { applyFixes } from '../src/fix/apply.ts';
import type { Rule } from '../src/rule.ts';
import { fixtureAt, fixturesOf } from './harness/rule-fixtures.ts';
import { judgementDay } from './harness/shared.ts';

const inArrays = (text: string): string =>
  text.replace(
    /^RUN (?![-[<])([^\\\n|&;<>$'"`*(){}#~]+)$/gm,
    (_, words: string) => `RUN ${JSON.stringify(words.trim().split(/\s+/)).replaceAll('","', '", "')}`,
  );

const brokenIn = (text: string): number => lint({ path: 'Dockerfile', text, rules: [brokenJsonArray] }).findings.length;

function* breaking(rule: Rule): Iterable<string> {
  for (const name of fixturesOf(rule.id)) {
    const { text: written, project } = fixtureAt(rule.id, name);
    const text = inArrays(written);
    const { findings } = lint({ ...project, text, rules: [rule], today: judgementDay });
    for (const { fix } of findings) {
      if (fix === undefined) continue;
      const mended = applyFixes(text, [fix]).text;
      if (brokenIn(mended) > brokenIn(text)) yield `${name}: ${fix.says}`;
    }
  }
}

test('there are arrays', () => {
  expect(inArrays('RUN npm ci --omit=dev\nRUN ["x"]\nRUN make | cat\n')).toBe(
    'RUN ["npm", "ci", "--omit=dev"]\nRUN ["x"]\nRUN make | cat\n',
  );
});

test.each(rules)('$id', (rule) => {
  expect([...breaking(rule)]).toEqual([]);
});
