/** Discovery by the built command, as a process of its own. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandWords, isCommandNamed, runCommand } from './harness/command.ts';
import { repository } from './harness/shared.ts';

const folder = mkdtempSync(join(tmpdir(), 'dflint-process-'));
const command = isCommandNamed ? commandWords : [process.execPath, join(folder, 'dist/cli.js')];
const root = join(folder, 'project');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(async () => {
  await build({
    entryPoints: { cli: join(repository, 'src/cli/start.ts'), worker: join(repository, 'src/cli/worker.ts') },
    outdir: join(folder, 'dist'),
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  for (let number = 0; number < 900; number += 1) {
    mkdirSync(join(root, `group-${number % 9}`, `service-${number}`), { recursive: true });
    writeFileSync(
      join(root, `group-${number % 9}`, `service-${number}`, 'Dockerfile'),
      `FROM node:22-alpine\nUSER node\nCMD ["node", "server-${number}.js"]\n`,
    );
  }
  execFileSync('git', ['init', '-q', root]);
});

const dflint = (...words: readonly string[]) => {
  const env = { ...process.env, CI: '', TERM: 'xterm' };
  return runCommand(words, { cwd: root, env, command });
};

test('a whole repository, on one thread and on three', () => {
  const one = dflint('--threads', '1', '-f', 'json');
  expect({ status: one.status, stderr: one.stderr }).toEqual({ status: 0, stderr: '' });
  expect(JSON.parse(one.stdout).summary.files).toBe(900);
  expect(dflint('--threads', '3', '-f', 'json')).toEqual(one);
});

test('--exclude, --changed and an empty folder', () => {
  expect(dflint('--exclude', '/group-[1-8]').stdout).toBe('100 files: nothing to report\n');
  expect(dflint('group-1', '--changed').stdout).toBe('100 files: nothing to report\n');
  expect(dflint('.git').status).toBe(2);
});

const hasScript = spawnSync('script', ['--version']).status === 0;

test.skipIf(!hasScript)('the line of progress comes and goes on a terminal', () => {
  const words = [...command, '--threads', '1', '--preset', 'all', '-q'];
  const env = { ...process.env, CI: '', TERM: 'xterm' };
  const line = words.map((word) => `'${word}'`).join(' ');
  const out = execFileSync('script', ['-qec', line, '/dev/null'], { cwd: root, env, encoding: 'utf8' });
  const lines = out.split('\r\u001b[K');
  // A machine that is done within the second shows nothing.
  expect([lines[0], lines.at(-1)]).toEqual(['', '']);
  for (const each of lines.slice(1, -1)) expect(each).toMatch(/^dflint: (?:looking for .*|linting 900 files, \d+ %)$/);
});
