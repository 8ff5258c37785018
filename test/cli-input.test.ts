/** Paths and standard input: what is read, once each, and what is refused. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { main } from '../src/cli/main.ts';
import { isDockerfileName } from '../src/cli/read.ts';
import { type RunOptions, runCli } from './harness/run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'dflint-input-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const silent = 'FROM node:22-alpine\nUSER node\nCMD ["node", "server.js"]\n';
for (const name of ['service', 'bare', 'linked']) mkdirSync(join(folder, name));
writeFileSync(join(folder, 'service/Dockerfile'), silent);
writeFileSync(join(folder, 'service/-dashed'), silent);
writeFileSync(join(folder, 'service/a\nb.Dockerfile'), 'FORM x\n');
writeFileSync(join(folder, 'service/utf16'), new Uint8Array([0xff, 0xfe, 0x46, 0]));
writeFileSync(join(folder, 'service/latin1'), Buffer.from('FROM node:22-alpine\n# caf\u00e9\nUSER node\n', 'latin1'));
writeFileSync(join(folder, 'linked/Dockerfile'), silent);
symlinkSync('.', join(folder, 'linked/Dockerfile.self'));

const run = (argv: readonly string[], more: RunOptions = {}) => runCli(argv, { cwd: join(folder, 'service'), ...more });

async function pathsOf(argv: readonly string[], more: RunOptions = {}): Promise<readonly string[]> {
  const { out } = await run(['--format', 'json', ...argv], more);
  return JSON.parse(out).files.map(({ path }: { path: string }) => path);
}

describe('each thing is linted once', () => {
  test.each([
    [['Dockerfile', './Dockerfile', '../service/Dockerfile'], ['Dockerfile']],
    [['-', '-'], ['<stdin>']],
    [
      ['-', '--stdin-filename', 'Dockerfile', 'Dockerfile'],
      ['Dockerfile', 'Dockerfile'],
    ],
    [['../linked'], ['../linked/Dockerfile']],
    [['--', '-dashed'], ['-dashed']],
    [['latin1'], ['latin1']],
  ])('%j', async (argv, paths) => {
    expect(await pathsOf(argv, { stdin: silent })).toEqual(paths);
  });

  test('an error, too', async () => {
    expect((await run(['gone', 'gone', './gone'])).err).toBe('dflint: gone: no such file or directory\n');
  });
});

describe('refused', () => {
  test.each([
    [[''], "dflint: '': an empty path names no file\n"],
    [['utf16'], 'dflint: utf16: is UTF-16 text; save it as UTF-8\n'],
    [['-'], 'dflint: <stdin>: is binary (it holds a NUL byte), not a Dockerfile\n'],
    [
      ['--stdin-filename', 'x'],
      "dflint: --stdin-filename needs '-', standard input, among the paths\nSee dflint --help.\n",
    ],
    [['--\u001b[31m'], "dflint: unknown option '--\\u001b[31m'\nSee dflint --help.\n"],
  ])('%j', async (argv, message) => {
    const { status, err } = await run(argv, { stdin: 'a\0b' });
    expect(err).toBe(message);
    expect(status).toBe(2);
  });

  test('no path, where no Dockerfile is: help', async () => {
    const { status, out, err } = await run([], { cwd: join(folder, 'bare') });
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toMatch(/^dflint: no Dockerfile in this directory.*\n\nUsage: dflint /);
  });

  test('standard input that breaks', async () => {
    const broken = Object.assign(new Error('x'), { code: 'EISDIR' });
    const err: string[] = [];
    const world = { cwd: folder, env: {}, version: '', terminal: false, columns: 80, today: '', out: () => {} };
    const status = await main(['-'], { ...world, err: (text) => err.push(text), stdin: () => Promise.reject(broken) });
    expect({ status, err }).toEqual({ status: 2, err: ['dflint: <stdin>: is a directory, not a file\n'] });
  });
});

test('a file that lacks the target is not judged, the others are', async () => {
  writeFileSync(join(folder, 'service/Staged.Dockerfile'), 'FROM node:22-alpine AS prod\nCMD ["node", "a.js"]\n');
  const { status, out, err } = await run(['Dockerfile', 'Staged.Dockerfile', '--target', 'PROD']);
  expect(status).toBe(2);
  expect(err).toBe('dflint: Dockerfile: no stage PROD; its stages are: 0\n');
  expect(out).toContain('Staged.Dockerfile:1:1 warning root-user');
  expect(out).toContain('1 file: 1 warning');
});

test('a line feed in a file name stays in its line', async () => {
  const { out } = await run(['a\nb.Dockerfile']);
  expect(out).toMatch(/^a\\u000ab\.Dockerfile:1:1 error syntax-error: /);
});

test.each([
  ['Dockerfile', true],
  ['Dockerfile.dev', true],
  ['api.Dockerfile', true],
  ['api.dockerfile', true],
  ['Containerfile', true],
  ['Dockerfile.dockerignore', false],
  ['api.Dockerfile.dockerignore', false],
  ['Dockerfiles', false],
  ['Dockerfile~', false],
  ['.dockerfile', false],
  ['docker-compose.yml', false],
])('%s is the name of a Dockerfile: %s', (name, is) => expect(isDockerfileName(name)).toBe(is));
