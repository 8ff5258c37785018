/** What whoever types `dflint` gets to see, run by run: `npm test -- -u` writes the transcripts anew. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { graphSchema } from '../src/report/graph-schema.ts';
import { rebuildSchema } from '../src/report/rebuild-schema.ts';
import { reportSchema } from '../src/report/schema.ts';
import { shipsSchema } from '../src/report/ships-schema.ts';
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
  ['ignored', []],
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

describe.each([
  ['ships', ['ships']],
  ['ships-files', ['ships', '--files', '--build-arg', 'VITE_API=/v2', '.']],
  ['ships-test', ['ships', '--target', 'test', 'Dockerfile']],
  ['graph', ['graph']],
  ['graph-mermaid', ['graph', '--format', 'mermaid']],
  ['graph-dot', ['graph', '--format', 'dot']],
  ['rebuild', ['rebuild', 'src/server.js']],
  ['rebuild-argument', ['rebuild', '--build-arg', 'VITE_API', '--secret', 'npmrc']],
])('%s of a shop', (name, argv) => {
  test('text', async () => {
    await expect(await transcript(argv, 'shop')).toMatchFileSnapshot(goldenFile('shop', `${name}.golden`));
  });
});

test.each([
  ['ships', shipsSchema],
  ['graph', graphSchema],
  ['rebuild', rebuildSchema],
])('%s of a shop as JSON', async (name, schema) => {
  const argv = [name, ...(name === 'rebuild' ? ['package.json'] : []), '--format', 'json'];
  const { out, status } = await runCli(argv, { cwd: folderOf('shop') });
  expect(status).toBe(0);
  schema.parse(JSON.parse(out));
  await expect(out).toMatchFileSnapshot(goldenFile('shop', `${name}.json`));
});

test('help of each command', async () => {
  const texts: string[] = [];
  for (const name of ['ships', 'graph', 'rebuild']) texts.push(await transcript([name, '--help'], 'shop'));
  await expect(texts.join('\n')).toMatchFileSnapshot(goldenFile('shop', 'help.golden'));
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
