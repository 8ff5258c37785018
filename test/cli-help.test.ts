/** `--help`: what each command owes whoever asks. */
import { describe, expect, test } from 'vitest';
import { commands } from '../src/cli/main.ts';
import { displayWidth } from '../src/report/width.ts';
import { runCli } from './harness/run-cli.ts';

describe.each([...commands.keys()].map((name) => ({ name })))('dflint $name --help', ({ name }) => {
  test('says how it is called, what it does, how it ends, and shows examples', async () => {
    const { status, out, err } = await runCli([name, '--help']);
    expect([status, err]).toEqual([0, '']);
    const title = name === 'lint' ? 'dflint' : `dflint ${name}`;
    expect(out).toMatch(new RegExp(`^Usage: ${title} \\[options\\].*\\n\\n[A-Z][^]+?\\.\\n\\n`));
    expect(out).toMatch(/^Options:\n {2}-/m);
    expect(out).toMatch(new RegExp(`^Examples:\\n(?: {2}.*${title}\\b.*\\n)+`, 'm'));
    expect(out).toMatch(/^Exit status:\n {2}0 {2}.+\n(?: {2}1 {2}.+\n)? {2}2 {2}.+\n$/m);
    expect(out.split('\n').filter((line) => displayWidth(line) > 80)).toEqual([]);
  });

  test('is found in dflint --help', async () => {
    const { out } = await runCli(['--help']);
    expect(out).toMatch(new RegExp(`^ {2}dflint ${name}(?: .*)? {2,}\\S`, 'm'));
  });
});

test('dflint --help has its options under headings, those of every day first', async () => {
  const { out } = await runCli(['--help']);
  const headings = [...out.matchAll(/^([A-Z][\w ]*)(?: \(.*\))?:$/gm)].map(([, heading]) => heading);
  expect(headings).toEqual([
    'Arguments',
    'Options',
    'What is built',
    'Rules',
    'Configuration and known findings',
    'Commands',
    'Examples',
    'Exit status',
  ]);
  expect(out.indexOf('  --fix ')).toBeLessThan(out.indexOf('What is built:'));
});
