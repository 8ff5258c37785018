/** The command as a process of its own, the bundle or the executable that DFLINT_COMMAND names. */
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isBuilt, isCommandNamed, runCommand } from './harness/command.ts';
import { temporaryProjects } from './harness/temporary-project.ts';

const project = temporaryProjects();
const rooted = 'FROM node:22-alpine\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.js"]\n';

describe.skipIf(!isBuilt)('the folder that is linted decides nothing about the process', () => {
  test('files that Node.js, bun and deno read in a folder of their own', () => {
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
