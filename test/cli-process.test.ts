/** The command as a process of its own, the bundle or the executable that DFLINT_COMMAND names. */
import { existsSync, readdirSync, symlinkSync } from 'node:fs';
import * as Module from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandLine, isBuilt, isCommandNamed, runCommand } from './harness/command.ts';
import { temporaryProjects } from './harness/temporary-project.ts';

const project = temporaryProjects();
const rooted = 'FROM node:22-alpine\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.js"]\n';

/** Unlike an executable made of it, bun reads files of the folder it is started in: whoever calls it asks for that. */
const isBun = / .*bin\/dflint\.js/.test(commandLine) && /\/bun' /.test(commandLine);

describe.skipIf(!isBuilt)('the folder that is linted decides nothing about the process', () => {
  test.skipIf(isBun)('files that Node.js, bun and deno read in a folder of their own', () => {
    const hostile = project({
      Dockerfile: rooted,
      '.env': 'COLUMNS=20\nFORCE_COLOR=1\nDFLINT_DEBUG=1\nNODE_OPTIONS=--require=./steal.cjs\n',
      'bunfig.toml': 'preload = ["./steal.cjs"]\n',
      'deno.json': '{ "imports": { "node:fs": "./steal.cjs" } }\n',
      'package.json': '{ "type": ',
      'tsconfig.json': '{ "extends": "./nowhere" }',
      'context/server.js': '',
      'steal.cjs': 'console.log("STOLEN");\n',
    });
    const env = { PATH: process.env['PATH'] };
    const words = ['Dockerfile', '--context', 'context'];
    const plain = runCommand(words, { cwd: project({ Dockerfile: rooted, 'context/server.js': '' }), env });
    expect(plain).toMatchObject({ status: 1, stderr: '' });
    expect(plain.stdout).toContain('root-user');
    expect(runCommand(words, { cwd: hostile, env })).toEqual(plain);
  });

  test('a folder of modules that are called as ours are', () => {
    const cwd = project({
      Dockerfile: rooted,
      'node_modules/chalk/package.json': '{ "name": "chalk", "main": "index.js" }',
      'node_modules/chalk/index.js': 'console.log("STOLEN");\n',
      'worker.js': 'console.log("STOLEN");\n',
    });
    symlinkSync(join(cwd, 'node_modules/chalk'), join(cwd, 'node_modules/commander'));
    const { status, stdout, stderr } = runCommand(['--color', '--threads', '2', '.'], { cwd });
    expect([status, stderr]).toEqual([1, '']);
    expect(stdout).not.toContain('STOLEN');
  });
});

test.skipIf(!isCommandNamed)('pages of rules and completions are inside', () => {
  const cwd = project({});
  expect(runCommand(['explain', 'root-user'], { cwd }).stdout).toContain('The image starts as root');
  expect(runCommand(['completion', 'bash'], { cwd }).stdout).toContain('complete ');
  expect(runCommand(['rules'], { cwd }).stdout).toContain('root-user');
});

describe.skipIf(!isBuilt || isCommandNamed)('compiled code', () => {
  const canKeep = 'enableCompileCache' in Module;
  const folder = () => project({ Dockerfile: rooted });
  const run = (env: Readonly<Record<string, string>>) => runCommand(['Dockerfile'], { cwd: folder(), env });

  test.skipIf(!canKeep)('is kept in the cache of the user, and not when that is not wanted', () => {
    const [home, caches, off] = [project({}), project({}), project({})];
    const kept = run({ HOME: home });
    expect(kept.status).toBe(1);
    expect(existsSync(join(home, process.platform === 'darwin' ? 'Library/Caches/dflint' : '.cache/dflint'))).toBe(
      true,
    );
    expect(run({ HOME: home }).stdout).toBe(kept.stdout);
    run({ HOME: home, XDG_CACHE_HOME: caches });
    expect(existsSync(join(caches, 'dflint'))).toBe(true);
    run({ HOME: off, NODE_DISABLE_COMPILE_CACHE: '1' });
    expect(readdirSync(off)).toEqual(['.git']);
  });

  test('never comes from the folder that is linted', () => {
    const cwd = folder();
    const { status, stderr } = runCommand(['Dockerfile'], { cwd, env: { HOME: '.', XDG_CACHE_HOME: 'cache' } });
    expect([status, stderr]).toEqual([1, '']);
    expect(readdirSync(cwd).sort()).toEqual(['.git', 'Dockerfile']);
  });

  test('where nothing can be written, nothing is said', () => {
    expect(run({ HOME: '/dev/null' })).toMatchObject({ status: 1, stderr: '' });
  });
});
