/** Several formats in one run, into files. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandLine, isBuilt, runCommand } from './harness/command.ts';
import { runCli } from './harness/run-cli.ts';
import { temporaryProjects } from './harness/temporary-project.ts';

const project = temporaryProjects();
const shop = () => project({ Dockerfile: 'FROM node:22-alpine\nCMD ["node", "server.js"]\n' });
const finding = 'warning root-user';

test('one format is printed, the others go to their files, whose folders are made', async () => {
  const cwd = shop();
  const argv = ['--format', 'sarif=reports/ci/out.sarif', '--format', 'text', '--format=json=out.json'];
  const { status, out, err } = await runCli(argv, { cwd });
  expect({ status, err }).toEqual({ status: 1, err: '' });
  expect(out).toBe((await runCli([], { cwd })).out);
  expect(JSON.parse(readFileSync(join(cwd, 'reports/ci/out.sarif'), 'utf8')).runs).toHaveLength(1);
  expect(readFileSync(join(cwd, 'out.json'), 'utf8')).toBe((await runCli(['--format', 'json'], { cwd })).out);
  expect(readdirSync(join(cwd, 'reports/ci'))).toEqual(['out.sarif']);
});

test('with files alone nothing is printed', async () => {
  const cwd = shop();
  const { status, out, err } = await runCli(['-f', 'text=out.txt'], { cwd });
  expect({ status, out, err }).toEqual({ status: 1, out: '', err: '' });
  expect(readFileSync(join(cwd, 'out.txt'), 'utf8')).toContain(finding);
});

test('a file holds no colour, and a dash is standard output', async () => {
  const cwd = shop();
  const { out } = await runCli(['--color', '-f', 'text=out.txt', '-f', 'compact=-'], { cwd, terminal: true });
  expect(readFileSync(join(cwd, 'out.txt'), 'utf8')).not.toContain('\u001b');
  expect(out).toContain(`Dockerfile:1:1: ${finding}`);
});

describe('a file that cannot be written costs only itself', () => {
  test.each([
    ['folder', 'is a directory, not a file'],
    ['Dockerfile/out.txt', 'its folder is a file'],
    ['/proc/none/out.txt', 'its folder cannot be made'],
    [`${'x'.repeat(300)}`, 'the name is too long'],
  ])('%s', async (file, message) => {
    const cwd = shop();
    mkdirSync(join(cwd, 'folder'));
    const { status, out, err } = await runCli(['-f', `json=${file}`, '-f', 'gitlab=ok.json', '-f', 'compact'], { cwd });
    expect(status).toBe(2);
    expect(err).toContain(`dflint: ${file}: `);
    expect(err).toContain(message);
    expect(err).not.toMatch(/\n\s+at /);
    expect(out).toContain(finding);
    expect(JSON.parse(readFileSync(join(cwd, 'ok.json'), 'utf8'))).toHaveLength(1);
    expect(readdirSync(cwd).sort()).toEqual(['.git', 'Dockerfile', 'folder', 'ok.json']);
  });

  test.skipIf(process.getuid?.() === 0)('without permission', async () => {
    const cwd = shop();
    mkdirSync(join(cwd, 'locked'), { mode: 0o555 });
    const { status, err } = await runCli(['-f', 'json=locked/out.json'], { cwd });
    expect(status).toBe(2);
    expect(err).toBe('dflint: locked/out.json: cannot be written: permission denied\n');
  });
});

test('what was there is replaced at once: its mode stays, and links are followed', async () => {
  const cwd = shop();
  writeFileSync(join(cwd, 'real.json'), 'x'.repeat(100_000));
  chmodSync(join(cwd, 'real.json'), 0o640);
  symlinkSync('real.json', join(cwd, 'link.json'));
  const before = statSync(join(cwd, 'real.json')).ino;
  await runCli(['-f', 'json=link.json'], { cwd });
  expect(lstatSync(join(cwd, 'link.json')).isSymbolicLink()).toBe(true);
  const after = statSync(join(cwd, 'real.json'));
  expect(after.mode & 0o777).toBe(0o640);
  expect(after.ino).not.toBe(before);
  expect(JSON.parse(readFileSync(join(cwd, 'link.json'), 'utf8')).version).toBe(1);
});

test('a link to nothing gets its file', async () => {
  const cwd = shop();
  symlinkSync('later.json', join(cwd, 'link.json'));
  expect((await runCli(['-f', 'json=link.json'], { cwd })).err).toBe('');
  expect(JSON.parse(readFileSync(join(cwd, 'link.json'), 'utf8')).version).toBe(1);
});

describe('wrong usage', () => {
  test.each([
    [['-f', 'json', '-f', 'text'], 'give one of them a file: --format text=FILE'],
    [['-f', 'json=a', '-f', 'sarif=./a'], 'a is named for two formats'],
    [['-f', 'json='], 'Write the file behind the sign: json=report.txt'],
    [['-f', 'sarf'], 'did you mean sarif?'],
    [['-f', 'xml'], 'sarif, github, gitlab, checkstyle, junit, markdown, compact'],
    [['-f', 'constructor'], 'Allowed choices are'],
  ])('%j', async (argv, message) => {
    const cwd = shop();
    const { status, out, err } = await runCli(argv, { cwd });
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err.replace(/\s+/g, ' ')).toContain(message);
    expect(existsSync(join(cwd, 'a'))).toBe(false);
  });

  test('the same format twice is no fault', async () => {
    expect((await runCli(['-f', 'json', '-f', 'json'], { cwd: shop() })).status).toBe(1);
  });
});

describe('the built command', () => {
  const run = (cwd: string, argv: readonly string[]) =>
    runCommand(argv, { cwd, env: { ...process.env, NO_COLOR: '1' } });

  test
    .skipIf(!isBuilt)
    .each(['text', 'json', 'sarif', 'github', 'gitlab', 'checkstyle', 'junit', 'markdown', 'compact'])(
    'prints %s and writes the same',
    (format) => {
      const cwd = shop();
      const printed = run(cwd, ['--format', format]);
      const written = run(cwd, ['--format', `${format}=out`]);
      expect([printed.status, written.status, printed.stderr, written.stdout]).toEqual([1, 1, '', '']);
      expect(printed.stdout).toContain('root-user');
      expect(readFileSync(join(cwd, 'out'), 'utf8')).toBe(printed.stdout);
    },
  );

  test.skipIf(!isBuilt)('writes into devices as they are', () => {
    const script = `${commandLine} -f compact=/dev/stdout -f json=/dev/null; echo "status $?"`;
    const { stdout } = spawnSync('sh', ['-c', `{ ${script}; } | cat`], { cwd: shop(), encoding: 'utf8' });
    expect(stdout).toContain('status 1');
    expect(stdout).toContain(finding);
  });
});
