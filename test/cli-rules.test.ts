/** `dflint rules` and `dflint explain`: what a user asks of rules, and what is answered. */
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { allRules, findingsOfExample } from '../src/api/examples.ts';
import { plainExample } from '../src/docs/example.ts';
import { displayWidth } from '../src/report/width.ts';
import { runCli } from './harness/run-cli.ts';
import { judgementDay } from './harness/shared.ts';

const listing = z.object({
  rules: z.array(
    z.object({
      id: z.string(),
      severity: z.string(),
      category: z.string(),
      preset: z.string(),
      presets: z.record(z.string(), z.string()),
      replaces: z.array(z.string()),
      options: z.array(z.object({ name: z.string(), type: z.string(), says: z.string() })),
      bad: z.object({ text: z.string() }),
      good: z.object({ text: z.string() }),
    }),
  ),
});

async function listed(...argv: readonly string[]) {
  const { status, out, err } = await runCli([...argv, '--format', 'json']);
  expect([status, err]).toEqual([0, '']);
  return listing.parse(JSON.parse(out)).rules;
}
const ids = async (...argv: readonly string[]) => (await listed(...argv)).map(({ id }) => id);

describe('dflint rules', () => {
  test('lists every rule once, by id, in 80 columns', async () => {
    const { status, out } = await runCli(['rules', '--no-color'], { terminal: true });
    expect(status).toBe(0);
    const lines = out.trimEnd().split('\n');
    expect(lines.filter((line) => displayWidth(line) > 80)).toEqual([]);
    const first = lines.slice(1, -2).flatMap((line) => /^[a-z-]+/.exec(line) ?? []);
    expect(first).toEqual(allRules.map(({ id }) => id));
    expect(first).toEqual([...first].sort());
    expect(lines.at(-1)).toBe(`${allRules.length} rules; dflint explain RULE tells more of one`);
  });

  test('a wide terminal has a rule a line', async () => {
    const { out } = await runCli(['rules', '--no-color'], { terminal: true, columns: 140 });
    expect(out.trimEnd().split('\n')).toHaveLength(allRules.length + 3);
  });

  test('a pipe gets a rule a line, so that grep shows all of it; COLUMNS says otherwise', async () => {
    const { out } = await runCli(['rules']);
    expect(out.trimEnd().split('\n')).toHaveLength(allRules.length + 3);
    const narrow = await runCli(['rules'], { columns: 70, env: { COLUMNS: '70' } });
    expect(narrow.out.split('\n').filter((line) => displayWidth(line) > 70)).toEqual([]);
  });

  test('no rule fits', async () => {
    expect((await runCli(['rules', 'zzz'])).out).toBe('no rule fits; dflint rules lists all of them\n');
  });

  test('filters are combined', async () => {
    for (const rule of await listed('rules', '--category', 'security,cache', '--severity', 'error'))
      expect([['security', 'cache'].includes(rule.category), rule.severity]).toEqual([true, 'error']);
    expect(await ids('rules', '--code', 'dl3002')).toEqual(['root-user']);
    expect(await ids('rules', '--code', 'hadolint/DL3026,StageNameCasing')).toEqual([
      'stage-name-in-capitals',
      'untrusted-registry',
    ]);
    const ofBuildkit = await listed('rules', '--code', 'buildkit');
    expect(ofBuildkit.length).toBeGreaterThan(10);
    for (const { replaces } of ofBuildkit) expect(replaces.some((code) => code.startsWith('buildkit/'))).toBe(true);
    expect(await ids('rules', 'npmrc', 'token')).toContain('leaked-npmrc');
    expect(await ids('rules', 'DL3026')).toEqual(['untrusted-registry']);
  });

  test('a preset lists what it has, as it rates it', async () => {
    for (const rule of await listed('rules', '--preset', 'recommended')) expect(rule.preset).toBe('recommended');
    const rated = await listed('rules', '--preset', 'hadolint', '--code', 'DL3049');
    expect(rated.map(({ id, severity, presets }) => [id, severity, presets['all']])).toEqual([
      ['label-against-schema', 'info', 'warning'],
    ]);
  });

  test('none is no error', async () => {
    expect(await runCli(['rules', 'xyzzy'])).toEqual({
      status: 0,
      out: 'no rule fits; dflint rules lists all of them\n',
      err: '',
    });
  });

  test.each([
    [['--category', 'speed'], 'Allowed choices are security, correctness, reproducibility, cache, size, style.'],
    [['--severity', 'error,fatal'], 'Allowed choices are error, warning, info.'],
    [['--preset', 'strikt'], 'Allowed choices are recommended, strict, hadolint, buildkit, all.'],
    [['--code', ','], 'It must name a code or a linter.'],
  ])('wrong usage: %j', async (argv, message) => {
    const { status, out, err } = await runCli(['rules', ...argv]);
    expect([status, out]).toEqual([2, '']);
    expect(err).toContain(message);
    expect(err).toContain('See dflint rules --help.\n');
  });
});

describe('dflint explain', () => {
  test.each(allRules.map(({ id, says, because, instead, bad, good }) => ({ id, says, because, instead, bad, good })))(
    '$id',
    async ({ id, says, because, instead, bad, good }) => {
      const { status, out, err } = await runCli(['explain', id]);
      expect([status, err]).toEqual([0, '']);
      const prose = out.replace(/\s+/g, ' ');
      for (const part of [says.slice(1), because, instead]) expect(prose).toContain(part);
      expect(out).toMatch(/^ {2}# *\^+/m);
      expect(out).not.toMatch(/# (?:want|note|--options)\b|: undefined|\[object/);
      expect(out).toContain(`# dflint ignore=${id}`);
      const written = new Set(`${bad}\n${good}`.split('\n').map((line) => `  ${line}`.trimEnd()));
      const wide = out.split('\n').filter((line) => displayWidth(line) > 80 && !written.has(line));
      expect(wide.filter((line) => !/^ {2}# *\^+$/.test(line))).toEqual([]);
    },
  );

  test.each(allRules.map((rule) => ({ id: rule.id, rule })))('$id is found in its example', ({ rule }) => {
    const { text } = plainExample(rule.bad);
    const findings = findingsOfExample(rule, judgementDay);
    expect(findings).not.toEqual([]);
    for (const { line } of findings) expect(line).toBeLessThanOrEqual(text.split('\n').length);
  });

  test('a code names the rules that answer to it', async () => {
    expect(await ids('explain', 'DL3008')).toEqual(await ids('rules', '--code', 'DL3008'));
    expect(await ids('explain', 'hadolint/dl3061')).toEqual(['syntax-error']);
    expect(await ids('explain', 'stagenamecasing', 'stage-name-in-capitals')).toEqual(['stage-name-in-capitals']);
    const { out } = await runCli(['explain', 'DL3022']);
    const [told = ''] = out.split('\n\n');
    expect(told).toMatch(/^DL3022 is a code of hadolint\. dflint\sanswers\sto\sit\swith\smisspelled-stage,/);
    expect(told).toContain('unnamed-stage');
  });

  test('a code of ShellCheck says where it comes from', async () => {
    const { status, out } = await runCli(['explain', 'SC2086']);
    expect(status).toBe(0);
    expect(out).toContain('SC2086 is a code of ShellCheck.');
    expect(out).toContain('https://www.shellcheck.net/wiki/SC2086');
  });

  test('options are told with their defaults', async () => {
    const [rule] = await listed('explain', 'untrusted-registry');
    expect(rule?.options).toEqual([
      { name: 'registries', type: 'list of text', says: expect.stringContaining('*.example.com') },
    ]);
    const { out } = await runCli(['explain', 'untrusted-registry']);
    expect(out).toContain('\n  registries: list of text; default []\n');
  });

  test('a rule may be told in Markdown', async () => {
    const { out } = await runCli(['explain', 'root-user', '--format', 'markdown']);
    await expect(out).toMatchFileSnapshot('../docs/rules/root-user.md');
  });

  test('what no rule is called is said with the nearest name, and the others are told', async () => {
    const { status, out, err } = await runCli(['explain', 'rot-user', 'unnamed-stage', 'DL30020', '\u001b[31m']);
    expect(status).toBe(2);
    expect(out).toContain('unnamed-stage  warning, correctness\n');
    expect(err.split('\n')).toEqual([
      'dflint: there is no rule rot-user (did you mean root-user?)',
      expect.stringMatching(/^dflint: there is no rule DL30020 \(did you mean hadolint\/DL30\d\d\?\)$/),
      'dflint: there is no rule \\u001b[31m',
      'dflint rules lists them, dflint rules WORD those that speak of something.',
      '',
    ]);
  });

  test('how to ignore it is said as it works', async () => {
    const { out } = await runCli(['explain', 'syntax-error']);
    expect(out).toContain('# dflint ignore=syntax-error');
    expect(out).not.toContain('=off');
    const broken = 'FROM scratch\n# dflint ignore=syntax-error\nCOPPY a b\n';
    expect((await runCli(['-'], { stdin: broken })).out).not.toContain('syntax-error');
    const setting = await runCli(['-', '--rule', 'syntax-error=off'], { stdin: 'FROM scratch\nCOPPY a b\n' });
    expect(setting.out).toContain('syntax-error');
  });

  test('no rule is wrong usage', async () => {
    const { status, out, err } = await runCli(['explain']);
    expect([status, out]).toEqual([2, '']);
    expect(err).toContain("missing required argument 'rule'");
  });
});
