/** Running rules: order, repetition, faults of the file, bugs of a rule, targets. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { lint } from '../src/engine/lint.ts';
import { syntaxError } from '../src/engine/syntax-error.ts';
import { defineRule, finding, type Rule } from '../src/rule.ts';

const twoStages = 'FROM node:22 AS Build\nRUN npm ci\nFROM node:22-alpine\nUSER node\n';

function rule(id: string, check: Rule['check'], options?: z.ZodType): Rule {
  return defineRule({
    id,
    says: 'a stage is there',
    because: 'It shows.',
    instead: 'Leave it out.',
    category: 'style',
    severity: 'warning',
    confidence: 'likely',
    since: '0.1.0',
    bad: '',
    good: '',
    ...(options === undefined ? {} : { options }),
    check,
  });
}

const everyStage = rule('every-stage', function* (build) {
  for (const stage of build.stages) yield finding(stage, `stage ${stage.index}`).and(stage.from.image, 'its base');
});
const lastFirst = rule('a-last-first', function* (build) {
  for (const stage of build.stages.toReversed()) yield finding(stage, 'a stage');
});
const breaksHalfway = rule('breaks-halfway', function* (build) {
  yield finding(build.start, 'before');
  throw new Error('no such thing');
});

const said = (text: string, rules: readonly Rule[]): readonly string[] =>
  lint({ path: 'Dockerfile', text, rules }).findings.map((found) => `${found.line}:${found.column} ${found.rule}`);

test('findings come by line, column and rule, whatever the order of the rules', () => {
  const expected = ['1:1 a-last-first', '1:1 every-stage', '3:1 a-last-first', '3:1 every-stage'];
  expect(said(twoStages, [everyStage, lastFirst])).toEqual(expected);
  expect(said(twoStages, [lastFirst, everyStage])).toEqual(expected);
});

test('the same thing said twice of one place is said once, different things both', () => {
  const twice = rule('twice', function* ({ start }) {
    for (const message of ['one', 'two', 'one']) yield finding(start, message);
  });
  const { findings } = lint({ path: 'Dockerfile', text: twoStages, rules: [twice] });
  expect(findings.map(({ message }) => message)).toEqual(['one', 'two']);
});

test('a finding has the fields of its rule, or its own rating', () => {
  const rated = rule('rated', function* ({ start }) {
    yield finding(start, 'graver').rated({ severity: 'error', confidence: 'certain' });
    yield finding(start, 'plain');
  });
  const { findings } = lint({ path: 'Dockerfile', text: twoStages, rules: [rated] });
  expect(findings).toEqual([
    expect.objectContaining({ message: 'graver', severity: 'error', confidence: 'certain', instead: 'Leave it out.' }),
    expect.objectContaining({ message: 'plain', severity: 'warning', confidence: 'likely', category: 'style' }),
  ]);
});

describe('a bug costs no other finding', () => {
  test('of a rule', () => {
    const result = lint({ path: 'Dockerfile', text: twoStages, rules: [breaksHalfway, everyStage] });
    expect(result.failures).toEqual([{ rule: 'breaks-halfway', error: new Error('no such thing') }]);
    expect(result.findings.map((found) => found.message)).toEqual(['before', 'stage 0', 'stage 1']);
  });

  test('of the context: what the file says wrong is still reported', () => {
    const context = (): never => {
      throw new Error('disk on fire');
    };
    const result = lint({ path: 'Dockerfile', text: 'FORM node:22\n', rules: [everyStage], context });
    expect(result.failures).toEqual([{ error: new Error('disk on fire') }]);
    expect(result.findings.map((found) => found.rule)).toContain('syntax-error');
  });
});

test('a rule gets the defaults of its options', () => {
  const options = z.object({ most: z.number().default(7) });
  const seen: unknown[] = [];
  lint({
    path: 'Dockerfile',
    text: twoStages,
    rules: [
      rule(
        'with-options',
        function* (_, given) {
          seen.push(given);
          yield* [];
        },
        options,
      ),
    ],
  });
  expect(seen).toEqual([{ most: 7 }]);
});

test.each([
  [['build'], []],
  [['BUILD'], []],
  [['1'], []],
  [['2'], ['2']],
  [['stage-1'], ['stage-1']],
  [['__proto__', 'Build'], ['__proto__']],
])('of the targets %j, %j are unknown', (targets, unknown) => {
  const result = lint({ path: 'Dockerfile', text: twoStages, rules: [], targets });
  expect(result.unknownTargets).toEqual(unknown);
  expect(result.stages).toEqual(['Build', '1']);
});

describe('syntax-error', () => {
  test('is reported once for each fault, also when it is among the rules', () => {
    for (const rules of [[], [syntaxError]]) expect(said(syntaxError.bad, rules)).toEqual(['3:1 syntax-error']);
  });

  test('is silent on its good example', () => expect(said(syntaxError.good, [])).toEqual([]));

  test.each([
    ['COPPY a b\nFROM node:22\n', 'hadolint/DL1000'],
    ['FROM node:22\nEXPOSE\n', 'hadolint/DL1000'],
    ['RUN npm ci\nFROM node:22\n', 'hadolint/DL3061'],
    ['ARG VERSION\nENV A=1\nFROM node:22\n', 'hadolint/DL3061'],
    ['LABEL version=1\n', 'hadolint/DL3061'],
    ['FROM node:22\nCOPY --from=$STAGE /app /app\n', 'hadolint/DL3022'],
  ])('%j answers %s', (text, code) => {
    const { findings } = lint({ path: 'Dockerfile', text, rules: [] });
    expect(findings.map(({ answers }) => answers)).toEqual([[code]]);
  });
});

test.each([
  '',
  '\n',
  '\ufeff',
  '\0',
  'FROM',
  'FROM \ud800',
  '\\',
  'RUN <<A',
  'FROM a\nONBUILD ONBUILD',
  '# escape=`\nFROM a`',
])('nothing is thrown on %j', (text) =>
  expect(lint({ path: 'Dockerfile', text, rules: [everyStage] }).failures).toEqual([]),
);
