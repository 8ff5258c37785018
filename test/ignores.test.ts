/** Comments that ignore rules: what they hide, and what is said of them. */
import { describe, expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { unknownContext } from '../src/context/index.ts';
import { ignoreRules } from '../src/engine/ignore-rules.ts';
import { type LintInput, lint } from '../src/engine/lint.ts';
import type { Setting } from '../src/engine/selection.ts';
import { createBuild } from '../src/model/index.ts';
import { parseDockerfile } from '../src/syntax/index.ts';
import { differences } from './harness/expect-markers.ts';

const today = '2026-11-21';
const recommended = { presets: ['recommended'] } as const;
const set = (...names: readonly string[]) => ({
  ...recommended,
  settings: new Map(names.map((name): [string, Setting] => [name, 'on'])),
});

const result = (text: string, more: Partial<LintInput> = {}) =>
  lint({ path: 'Dockerfile', text, rules, today, selection: recommended, ...more });
/** Findings as `LINE RULE`. */
const said = (text: string, more: Partial<LintInput> = {}): readonly string[] =>
  result(text, more).findings.map(({ line, rule }) => `${line} ${rule}`);
/** What is said of a Dockerfile whose third line, `USER root`, has `comment` above it. */
const above = (comment: string, more: Partial<LintInput> = {}): readonly string[] =>
  said(`FROM node:22-alpine\n${comment}\nUSER root\n`, more);

describe.each(ignoreRules.map((rule) => ({ id: rule.id, rule })))('$id', ({ id, rule }) => {
  test('finds its bad example and is silent on its good one', () => {
    for (const text of [rule.bad, rule.good])
      expect(differences(text, rules, { today, selection: set(...(rule.preset === 'all' ? [id] : [])) })).toEqual([]);
    expect(rule.bad).toContain(`: ${id}`);
  });
});

describe('names a rule', () => {
  test.each([
    '# dflint ignore=root-user',
    '#dflint   ignore = Root-User',
    '# dflint ignore=root-user,',
    '# DFLINT IGNORE=root-user # the entrypoint drops its rights',
    '# dflint ignore=DL3002',
    '# dflint ignore=hadolint/dl3002',
    '# dflint ignore=all',
    '# dflint stage ignore=root-user',
    '# dflint global ignore=root-user',
    '# dflint ignore=root-user reason=started by an operator, which needs it until=2027-01-31',
    '# dflint ignore=root-user until=2026-11-21 reason="until then"',
    '# dflint ignore=root-user;reason=as tally writes it',
    '# hadolint ignore=DL3002',
    '# hadolint ignore=DL3002,SC2086 # both',
    '# hadolint ignore=DL3002 SC2086',
    '# hadolint global ignore=DL3002',
    '# tally ignore=hadolint/DL3002;reason=drops its rights',
    '# tally global ignore=DL3002',
    '# tally ignore=all',
    '   # dflint ignore=root-user',
    '# dflint ignore=root-user\r',
    '# dflint ignore=root-user\n\n# The entrypoint drops its rights.\n#',
  ])('%j', (comment) => expect(above(comment)).toEqual([]));
});

test.each([
  '# hadolint ignore=DL3008',
  '# hadolint ignore',
  '# dflint ignores what hadolint finds',
  '# The dflint ignore=root-user comment stands elsewhere.',
  '# hadolint shell=/bin/bash',
])('%j ignores nothing, and nothing is said of it', (comment) => expect(above(comment)).toEqual(['3 root-user']));

test.each([
  ['# dflint ignore=root-users', ['2 unknown-ignored-rule', '3 root-user']],
  ['# dflint ignore=root-user until=2026-11-20', ['2 expired-ignore', '3 root-user']],
  ['# dflint ignore=root-user until=2026-02-30', ['2 malformed-ignore']],
  ['# dflint ignore=root-user because it must', ['2 malformed-ignore']],
  ['# dflint ignore root-user', ['2 malformed-ignore', '3 root-user']],
  ['# dflint: disable=root-user', ['2 malformed-ignore', '3 root-user']],
  ['# dflint ignore-next-line root-user', ['2 malformed-ignore', '3 root-user']],
  ['# dflint ignore="root-user"', ['2 malformed-ignore', '3 root-user']],
  ['# dflint ignore=', ['2 malformed-ignore', '3 root-user']],
  ['# dflint ignore=leaked-npmrc,root-user', ['2 unused-ignore']],
  ['# hadolint ignore=DL3002,DL3008', []],
  ['# tally ignore=NoSuchRule', ['3 root-user']],
])('%j', (comment, expected) => expect(above(comment)).toEqual(expected));

describe('reaches', () => {
  test('the next instruction and no other', () =>
    expect(said('# dflint ignore=root-user\nFROM node:22-alpine\nUSER root\n')).toEqual([
      '1 unused-ignore',
      '3 root-user',
    ]));

  test('all lines of it, comments between them too', () => {
    const text = (comment: string) =>
      `FROM node:22-alpine\n${comment}RUN echo start && \\\n# note\n  curl -H "Authorization: Bearer ghp_0123456789abcdefghijABCDEFGHIJ456789" https://example.com\nUSER node\n`;
    expect(said(text('# dflint ignore=leaked\n'))).toContain('5 secret-in-command');
    expect(said(text('# dflint ignore=secret-in-command\n'))).toEqual([]);
    expect(said(text('').replace('# note', '# dflint ignore=secret-in-command'))).toEqual([]);
  });

  test('a stage, from wherever it stands in it', () => {
    const two = (first: string, second: string) =>
      `${first}FROM node:22-alpine AS a\nUSER root\nFROM a\n${second}USER root\n`;
    const targets = ['a', '1'];
    expect(said(two('', ''), { targets })).toEqual(['2 root-user', '4 root-user']);
    expect(said(two('# dflint stage ignore=root-user\n', ''), { targets })).toEqual(['5 root-user']);
    expect(said(two('', '# dflint stage ignore=root-user\n'), { targets })).toEqual(['2 root-user']);
    expect(said(`${two('', '')}# dflint stage ignore=root-user\n`, { targets })).toEqual(['2 root-user']);
    expect(said(`# dflint stage ignore=root-user\nARG BUILDKIT_SYNTAX\n${two('', '')}`, { targets })).toEqual([
      '6 root-user',
    ]);
  });

  test('the file, from its last line too', () =>
    expect(said('FROM node:22-alpine\nUSER root\n# hadolint global ignore=DL3002\n')).toEqual([]));

  test('nothing from the body of a heredoc, where it is no comment of the Dockerfile', () =>
    expect(said('FROM node:22-alpine\nRUN <<EOF\n# dflint global ignore=root-user\necho\nEOF\nUSER root\n')).toEqual([
      '6 root-user',
    ]));
});

describe('unused is only what was judged', () => {
  const text = '# dflint ignore=root-user\nFROM node:22-alpine\nUSER node\n';
  test('a rule that ran', () => expect(said(text)).toEqual(['1 unused-ignore']));
  test('not a rule that is off', () =>
    expect(said(text, { selection: { ...recommended, settings: new Map([['root-user', 'off']]) } })).toEqual([]));
  test('not in stages that nobody asked for', () => expect(said(text, { targets: ['0'] })).toEqual([]));
  test('not where the build context is not known', () =>
    expect(said(text.replace('root-user', 'ignored-file-copied'))).toEqual([]));
  test('under any preset, of another linter under the strict ones', () => {
    const theirs = '# hadolint ignore=DL3002\nFROM node:22-alpine\nUSER 1000\n';
    for (const preset of ['recommended', 'hadolint', 'buildkit'] as const)
      expect(said(theirs, { selection: { presets: [preset] } })).toEqual([]);
    for (const preset of ['strict', 'all'] as const)
      expect(said(theirs, { selection: { presets: [preset] } })).toContain('1 unused-ignore');
    expect(said(text, { selection: { presets: ['hadolint'] } })).toContain('1 unused-ignore');
  });
  test('not of another linter, where the trail of a finding leads', () =>
    expect(
      said('FROM node:22-alpine\nUSER root\n# hadolint ignore=DL3002\nCMD ["node", "server.js"]\n', {
        rules: rules.filter(({ id }) => id === 'root-user'),
        selection: { presets: ['all'] },
      }),
    ).toEqual(['2 root-user']));
  test("not of BuildKit's directive, which docker build reads all the same", () =>
    expect(said('# check=skip=SecretsUsedInArgOrEnv\nFROM node:22-alpine\nUSER node\n')).toEqual([]));
  test('and it can be ignored itself', () => {
    expect(said(text.replace('=root-user', '=root-user,unused-ignore'))).toEqual([]);
    expect(said(`# dflint global ignore=unused-ignore\n${text}`)).toEqual([]);
  });
});

describe('# check=', () => {
  const checked = (directive: string, selection: LintInput['selection'] = { presets: ['buildkit'] }) =>
    result(`${directive}\nFROM node:22-alpine\nENV GITHUB_TOKEN=x\nUSER node\n`, { selection });
  const severities = (directive: string) => checked(directive).findings.map(({ severity }) => severity);
  test('without it', () => expect(severities('# a comment')).toEqual(['warning']));
  test.each(['skip=SecretsUsedInArgOrEnv', 'skip=all', 'error=true; skip = StageNameCasing , secretsusedinargorenv'])(
    '%s',
    (said) => {
      const { findings, suppressed } = checked(`# check=${said}`);
      expect(findings).toEqual([]);
      expect(suppressed).toHaveLength(1);
    },
  );
  test('error=true makes errors of the rest, unless the user rates them', () => {
    expect(severities('# check=error=true')).toEqual(['error']);
    expect(severities('# check=error=false')).toEqual(['warning']);
    const settings = new Map([['secret-in-build-arg', 'info']] as const);
    const rated = checked('# check=error=true', { presets: ['buildkit'], settings });
    expect(rated.findings.map(({ severity }) => severity)).toEqual(['info']);
  });
});

describe('# hadolint shell=', () => {
  const shells = (text: string) =>
    createBuild(parseDockerfile(text), { context: unknownContext }).stages.flatMap(({ steps }) =>
      steps.map(({ before }) => before.shell?.join(' ')),
    );
  const bash = '/bin/bash -c';
  test.each([
    ['at the top, of every base', '# hadolint shell=/bin/bash\nFROM a\nRUN x\nFROM b\nRUN y\n', [bash, bash]],
    [
      'of the rest of a stage',
      'FROM a\nRUN x\n#hadolint  shell = /bin/bash # why\nRUN y\nFROM b\nRUN z\n',
      [undefined, bash, undefined],
    ],
    ['of the stages on it', 'FROM a AS b\n# hadolint shell=/bin/bash\nRUN x\nFROM b\nRUN y\n', [bash, bash]],
    ['until SHELL', '# hadolint shell=/bin/bash\nFROM a\nSHELL ["sh", "-c"]\nRUN x\n', [bash, 'sh -c']],
    ['with options', 'FROM a\n# hadolint shell=/bin/bash -o pipefail\nRUN x\n', ['/bin/bash -o pipefail -c']],
    ['as SHELL has it', 'FROM a\n# hadolint shell=["bash", "-ec"]\nRUN x\n', ['bash -ec']],
    ['for Windows', '# hadolint shell=pwsh\nFROM a\nRUN x\n', ['pwsh']],
    ['empty: nothing', '# hadolint shell=\nFROM a\nRUN x\n', [undefined]],
  ])('%s', (_, text, expected) => expect(shells(text)).toEqual(expected));
});

test('without ignore comments all is reported, and nothing of the comments', () => {
  expect(above('# dflint ignore=root-user,root-usr', { ignoreComments: false })).toEqual(['3 root-user']);
});

test('reasons and comments are asked for by name only, not by presets', () => {
  const all = said('FROM node:22-alpine\n# hadolint ignore=DL3002\nUSER root\n', { selection: { presets: ['all'] } });
  expect(all.filter((each) => each.startsWith('2 '))).toEqual([]);
  const both = set('ignore-without-reason', 'DL1001', 'hadolint/DL1001');
  expect(above('# hadolint ignore=DL3002', { selection: both })).toEqual([
    '2 ignore-comment',
    '2 ignore-without-reason',
  ]);
  expect(above('# tally ignore=DL3002;reason=so', { selection: both })).toEqual(['2 ignore-comment']);
});

test('many comments and findings take time in proportion', () => {
  const blanks = ' '.repeat(100_000);
  const wide = `# dflint${blanks}x\n# dflint ignore=a${blanks}b reason=${blanks}y${blanks}\n# hadolint shell=${blanks}z\n`;
  const old = '# dflint ignore=all until=2020-01-01\n'.repeat(20_000);
  const text = `${wide}${old}FROM node:22-alpine\n${'# dflint global ignore=root-user,unlocked-install\n'.repeat(20_000)}${'# dflint ignore=all\nRUN npm install\n'.repeat(500)}USER root\n`;
  const start = performance.now();
  const { failures, suppressed } = result(text);
  expect(failures).toEqual([]);
  expect(suppressed.length).toBeGreaterThan(0);
  expect(performance.now() - start).toBeLessThan(10_000);
});
