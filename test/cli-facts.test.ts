/** `dflint facts`, `--today`, and what the tables owe their readers. */
import { describe, expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { lint } from '../src/engine/lint.ts';
import { datedFacts, endedSupport } from '../src/knowledge/index.ts';
import { isDate } from '../src/syntax/date.ts';
import { runCli } from './harness/run-cli.ts';

describe('dflint facts', () => {
  test('lists each table with its source and its day', async () => {
    const { status, out } = await runCli(['facts', '--today', '2026-11-23']);
    expect(status).toBe(0);
    expect(out).toMatch(/^support of Node\.js +2026-11-21 +2 days {2}https:\/\/github\.com\/nodejs\/Release\//m);
    expect(out).toContain(`\n${datedFacts.length} tables, none older than half a year\n`);
  });

  test.each([
    ['2027-05-23', 0],
    ['2027-05-24', 1],
  ])('--check on %s', async (today, status) => {
    const run = await runCli(['facts', '--check'], { today });
    expect(run.status).toBe(status);
    expect(/ old {2}https/.test(run.out)).toBe(status === 1);
  });

  test('as JSON', async () => {
    const { out } = await runCli(['facts', '--format', 'json', '--today', '2028-01-01']);
    expect(JSON.parse(out)).toMatchObject({ today: '2028-01-01', facts: datedFacts.map(() => ({ old: true })) });
  });

  test.each(['yesterday', '2026-02-30', '2026-1-1', ''])('no such day: %j', async (day) => {
    for (const argv of [['facts'], []]) {
      const { status, err } = await runCli([...argv, '--today', day]);
      expect([status, err]).toEqual([2, expect.stringContaining('Write a day that there is, as 2027-01-31.')]);
    }
  });
});

test('--today goes before the day of the clock', async () => {
  const stdin = 'FROM node:22-alpine\nUSER node\nCMD ["node", "server.js"]\n';
  const said = async (argv: readonly string[]) => (await runCli(['-', ...argv], { stdin })).out;
  expect(await said([])).not.toContain('end-of-life-base');
  expect(await said(['--today', '2027-05-01'])).toContain('support of Node.js 22 ended on 2027-04-30');
  expect(await said(['--today', '2027-04-30'])).not.toContain('end-of-life-base');
});

test('without a day nothing is over', () => {
  const { findings } = lint({ path: 'Dockerfile', text: 'FROM node:8\n', rules });
  expect(findings.map(({ rule }) => rule)).not.toContain('end-of-life-base');
});

test.each([
  ['the last day', '2025-04-30', undefined],
  ['the day after', '2025-05-01', 'recent'],
  ['a day less than a year', '2026-04-29', 'recent'],
  ['a year', '2026-04-30', 'long'],
])('%s', (_, today, since) => expect(endedSupport('node', '18', today)[0]?.since).toBe(since));

test('each table has days that there are, and a day on which it was checked', () => {
  for (const { checked, source, name } of datedFacts) {
    expect(isDate(checked), name).toBe(true);
    expect(source).not.toBe('');
  }
  expect(new Set(datedFacts.map(({ name }) => name)).size).toBe(datedFacts.length);
});
