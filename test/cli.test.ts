/** The command line: what it prints, and its exit status. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { reportSchema } from '../src/report/schema.ts';
import { commandLine, isBuilt, isCommandNamed, runCommand } from './harness/command.ts';
import { runCli } from './harness/run-cli.ts';
import { repository } from './harness/shared.ts';

const folder = mkdtempSync(join(tmpdir(), 'dflint-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const clean = 'FROM node:22-alpine\nUSER node\nCMD ["node", "server.js"]\n';
const rooted = 'FROM node:22-alpine\nCMD ["node", "server.js"]\n';
const put = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content);
  return name;
};
const run = (argv: readonly string[], more: Parameters<typeof runCli>[1] = {}) =>
  runCli(argv, { cwd: folder, ...more });
put('Clean.Dockerfile', clean);
put('Rooted.Dockerfile', rooted);

describe('exit status', () => {
  test.each([
    [['Clean.Dockerfile'], 0],
    [['Rooted.Dockerfile'], 1],
    [['Rooted.Dockerfile', '--fail-on', 'error'], 0],
    [['Rooted.Dockerfile', '--fail-on=never'], 0],
    [['Clean.Dockerfile', 'missing'], 2],
    [['Rooted.Dockerfile', 'missing'], 2],
    [['--target', '0', 'Rooted.Dockerfile'], 1],
    [['--help'], 0],
    [['--version'], 0],
  ])('%j gives %i', async (argv, status) => {
    expect((await run(argv)).status).toBe(status);
  });
});

describe('bad input has its own message, and the rest is linted', () => {
  mkdirSync(join(folder, 'empty'));
  put('binary', new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1]));
  put('huge', 'FROM scratch\n'.padEnd(5 * 1024 * 1024 + 1, '#'));
  symlinkSync('nowhere', join(folder, 'dangling'));
  symlinkSync('loop', join(folder, 'loop'));
  execFileSync('mkfifo', [join(folder, 'fifo')]);
  test.each([
    ['missing', 'no such file or directory'],
    ['empty', 'no Dockerfile in this directory'],
    ['binary', 'is binary'],
    ['huge', 'more than the 5 MB'],
    ['dangling', 'symbolic link to nothing'],
    ['loop', 'leads to itself'],
    ['fifo', 'is a FIFO'],
    ['/dev/null', 'is a device'],
    ['Clean.Dockerfile/x', 'not a directory'],
  ])('%s: %s', async (path, message) => {
    const { status, out, err } = await run([path, 'Rooted.Dockerfile']);
    expect(status).toBe(2);
    expect(err).toContain(`dflint: ${path}: `);
    expect(err).toContain(message);
    expect(out).toContain('root-user');
  });

  test.skipIf(process.getuid?.() === 0)('a file without read permission', async () => {
    put('secret', clean);
    chmodSync(join(folder, 'secret'), 0);
    expect((await run(['secret'])).err).toContain('permission denied');
  });

  test('an unknown target lists the stages', async () => {
    put('Stages.Dockerfile', `FROM node:22 AS build\nFROM node:22 AS Runtime\nUSER node\n`);
    const { status, err } = await run(['--target', 'prod', 'Stages.Dockerfile']);
    expect(status).toBe(2);
    expect(err).toBe('dflint: Stages.Dockerfile: no stage prod; its stages are: build, Runtime\n');
  });
});

describe('wrong usage', () => {
  test.each([
    [['--fromat', 'json'], "unknown option '--fromat'", '--format'],
    [['--format', 'xml'], 'xml', 'text, json'],
    [['--fail-on', 'fatal'], 'fatal', 'error, warning, info, never'],
  ])('%j', async (argv, ...parts) => {
    const { status, err, out } = await run(argv);
    expect(status).toBe(2);
    expect(out).toBe('');
    for (const part of parts) expect(err).toContain(part);
    expect(err).not.toMatch(/\n\s+at /);
  });
});

test('a folder stands for the Dockerfiles in it, a file given twice is linted once', async () => {
  mkdirSync(join(folder, 'api'));
  for (const name of [
    'Dockerfile',
    'Dockerfile.dev',
    'worker.dockerfile',
    'Containerfile',
    'Dockerfile.dockerignore',
    'notes.md',
  ])
    put(`api/${name}`, clean);
  const { out } = await run(['api', 'api/Dockerfile', '--format=json']);
  expect(JSON.parse(out).files.map(({ path }: { path: string }) => path)).toEqual([
    'api/Containerfile',
    'api/Dockerfile',
    'api/Dockerfile.dev',
    'api/worker.dockerfile',
  ]);
});

test('standard input has the name it is given', async () => {
  const { out, status } = await run(['-', '--stdin-filename', 'web/Dockerfile'], { stdin: rooted });
  expect(status).toBe(1);
  expect(out).toContain('web/Dockerfile:1:1 warning root-user');
});

test('JSON keeps to the published schema, unreadable files included', async () => {
  const { out, status } = await run(['Rooted.Dockerfile', 'missing', '--format', 'json']);
  expect(status).toBe(2);
  const report = reportSchema.parse(JSON.parse(out));
  expect(report.summary).toEqual({ files: 1, errors: 0, warnings: 1, infos: 0, suppressed: 0 });
  expect(report.errors).toEqual([{ path: 'missing', message: 'no such file or directory' }]);
});

test('quiet prints errors only; the status stays', async () => {
  const { out, status } = await run(['Rooted.Dockerfile', '--quiet']);
  expect(out).toBe('');
  expect(status).toBe(1);
});

describe('colour', () => {
  const escape = String.fromCharCode(27);
  test.each([
    [[], {}, false, false],
    [[], {}, true, true],
    [['--no-color'], {}, true, false],
    [['--color'], {}, false, true],
    [[], { NO_COLOR: '1' }, true, false],
    [['--color'], { NO_COLOR: '1' }, true, false],
    [[], { TERM: 'dumb' }, true, false],
  ])('%j %j terminal %s: %s', async (argv, env, terminal, coloured) => {
    // A process of its own has a pipe.
    if (isCommandNamed && terminal && coloured) return;
    const { out } = await run(['Rooted.Dockerfile', ...argv], { env, terminal });
    expect(out.includes(escape)).toBe(coloured);
  });
});

test('no line is wider than the terminal, and escape sequences of the file are shown, not sent', async () => {
  put(
    'Wide.Dockerfile',
    `FROM node:22-alpine\nWORKDIR /app\nCOPY package*.json ./\nRUN npm install \u001b[31m ${'--loglevel=error '.repeat(12)}\n`,
  );
  const { out } = await run(['Wide.Dockerfile'], { columns: 60 });
  expect(out).not.toContain('\u001b');
  expect(out).toContain('\\u001b[31m');
  expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
});

test('the same run prints the same text', async () => {
  const first = await run(['.', '--format', 'json']);
  expect(await run(['.', '--format', 'json'])).toEqual(first);
});

describe('the built command', () => {
  test.skipIf(!isBuilt)('lints, and knows its version', () => {
    const { status, stdout } = runCommand(['Rooted.Dockerfile'], { cwd: folder });
    expect(status).toBe(1);
    expect(stdout).toContain('root-user');
    const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
    expect(runCommand(['--version']).stdout).toBe(`${version}\n`);
  });

  test.skipIf(!isBuilt)('ends quietly when its output is closed', () => {
    const { stderr } = spawnSync('sh', ['-c', `${commandLine} . . --format json | head -c 1`], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
  });
});

describe('ignore comments', () => {
  put('Rooted-on-purpose.Dockerfile', `# dflint global ignore=root-user until=2027-01-31\n${rooted}`);

  test('what they hide is counted', async () => {
    const { status, out } = await run(['Rooted-on-purpose.Dockerfile']);
    expect({ status, out }).toEqual({ status: 0, out: '1 file: nothing to report, 1 ignored by comments\n' });
    const json = await run(['Rooted-on-purpose.Dockerfile', '--format', 'json']);
    expect(reportSchema.parse(JSON.parse(json.out)).summary.suppressed).toBe(1);
  });

  test.each([
    [['--no-ignore-comments'], {}, 'root-user'],
    [['--require-reason'], {}, 'ignore-without-reason'],
    [['--require-reason', '--rule', 'ignore-without-reason=error'], {}, 'error ignore-without-reason'],
    [['--rule', 'DL1001=on'], {}, 'ignore-comment'],
    [[], { today: '2027-02-01' }, 'expired-ignore'],
  ])('%j %j', async (argv, more, expected) => {
    const { status, out } = await run([...argv, 'Rooted-on-purpose.Dockerfile'], more);
    expect(out).toContain(` ${expected}: `);
    expect(status).toBe(1);
  });

  test('their faults are rules: each can be switched off', async () => {
    const argv = ['Rooted-on-purpose.Dockerfile', '--rule', 'expired-ignore=off'];
    expect((await run(argv, { today: '2028-01-01' })).out).not.toContain('expired-ignore');
  });
});
