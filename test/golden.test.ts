/** What whoever types `dflint` gets to see, run by run: `npm test -- -u` writes the transcripts anew. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { reportSchema } from '../src/report/schema.ts';
import { type RunOptions, runCli } from './harness/run-cli.ts';
import { repository } from './harness/shared.ts';

const goldens = 'fixtures/golden';
const folderOf = (name: string): string => join(repository, goldens, name);
const goldenFile = (name: string, file: string): string => `../${goldens}/${name}/${file}`;

async function transcript(argv: readonly string[], name: string, more: RunOptions = {}): Promise<string> {
  const { status, out, err } = await runCli(argv, { ...more, cwd: folderOf(name) });
  return `$ ${['dflint', ...argv].join(' ')}\n${out}${err === '' ? '' : `[stderr]\n${err}`}[exit ${status}]\n`;
}

describe.each([
  ['leaked-token', ['Dockerfile']],
  ['two-files', ['web', 'mail', 'missing']],
  ['hostile-text', ['Dockerfile']],
  ['clean', []],
])('%s', (name, argv) => {
  test('text', async () => {
    const text = await transcript(argv, name);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    await expect(text).toMatchFileSnapshot(goldenFile(name, 'text.golden'));
  });

  test('JSON', async () => {
    const { out } = await runCli([...argv, '--format', 'json'], { cwd: folderOf(name) });
    reportSchema.parse(JSON.parse(out));
    await expect(out).toMatchFileSnapshot(goldenFile(name, 'findings.json'));
  });
});

test('colour, its escape sequences made visible', async () => {
  const text = await transcript(['Dockerfile', '--color'], 'leaked-token');
  expect(text).toContain('\u001b[');
  const visible = text.replaceAll('\u001b', '\\e');
  await expect(visible).toMatchFileSnapshot(goldenFile('leaked-token', 'colour.golden'));
});

test('help and version', async () => {
  const text = `${await transcript(['--help'], 'clean')}${await transcript(['--version'], 'clean')}`;
  await expect(text).toMatchFileSnapshot(goldenFile('clean', 'help.golden'));
});
