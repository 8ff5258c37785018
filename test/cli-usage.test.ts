/** Wrong usage: what newcomers type, and those who come from other linters. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCli } from './harness/run-cli.ts';
import { temporaryProjects } from './harness/temporary-project.ts';

const project = temporaryProjects();
const cwd = project({ Dockerfile: 'FROM node\nCMD npm start\n', 'empty/.keep': '' });

describe('the options and words of other linters', () => {
  test.each([
    ['--ignore DL3008', '--ignore: --rule NAME=off leaves a rule or a code out'],
    ['--ignore=DL3008', '--ignore: --rule NAME=off leaves a rule or a code out'],
    ['-t error', '-t: --fail-on is the threshold of failure, --target names a stage'],
    ['--failure-threshold error', '--failure-threshold: --fail-on error, warning, info or never does that'],
    ['--no-fail', '--no-fail: --fail-on never does that'],
    ['-f tty', '--format text is what tty is elsewhere'],
    ['-f gitlab_codeclimate', '--format gitlab is what gitlab_codeclimate is elsewhere'],
    ['--unsafe', '--unsafe: --unsafe-fixes does that'],
    ['-v', '-v: --version (-V) prints the version'],
    ['check .', 'dflint without a command lints: dflint PATH'],
    ['fix', 'dflint --fix mends, dflint --diff shows what it would mend'],
  ])('%s', async (words, hint) => {
    const { status, err } = await runCli(words.split(' '), { cwd });
    expect(status).toBe(2);
    expect(err).toMatch(/^dflint: .+\n/);
    expect(err.endsWith(`\ndflint: ${hint}\n`)).toBe(true);
  });

  test('a stage that is called like a threshold is no mistake', async () => {
    const folder = project({ Dockerfile: 'FROM alpine:3.22 AS error\nUSER 1000\nCMD ["true"]\n' });
    expect(await runCli(['-t', 'error'], { cwd: folder })).toMatchObject({ status: 0, err: '' });
  });
});

describe('dflint help', () => {
  test.each(['explain', 'lint', 'migrate'])('%s', async (name) => {
    expect(await runCli(['help', name], { cwd })).toEqual(await runCli([name, '--help'], { cwd }));
  });

  test('alone it is --help; a file of that name is linted', async () => {
    expect(await runCli(['help'], { cwd })).toEqual(await runCli(['--help'], { cwd }));
    const folder = project({ help: 'FROM scratch\n' });
    expect((await runCli(['help', '-f', 'compact'], { cwd: folder })).status).toBe(0);
  });

  test('of what is no command', async () => {
    expect(await runCli(['help', 'explian'], { cwd })).toEqual({
      status: 2,
      out: '',
      err: 'dflint: there is no command explian (did you mean explain?)\nSee dflint --help.\n',
    });
  });
});

describe('settings of rules', () => {
  test.each([
    ['root-user=warn', 'root-user=warning'],
    ['root-user=ERR', 'root-user=error'],
    ['root-user=of', 'root-user=off'],
    ['root-user=sometimes', 'root-user=off'],
    ['root-user', 'root-user=off'],
  ])('%s', async (given, meant) => {
    const { status, err } = await runCli(['--rule', given], { cwd });
    expect(status).toBe(2);
    expect(err).toContain(`Write NAME=SETTING with off, on, info, warning, error: ${meant}.\n`);
  });

  test('one at a time', async () => {
    const { err } = await runCli(['--rule', 'root-user=off,unpinned-image=off'], { cwd });
    expect(err).toContain('It takes one rule; give --rule again for the next.\n');
  });
});

test('a Dockerfile whose name is misspelled', async () => {
  expect((await runCli(['Dokerfile'], { cwd })).err).toBe(
    'dflint: Dokerfile: no such file or directory (did you mean Dockerfile?)\n',
  );
});

test('a folder without Dockerfiles is told in a line that no long help pushes away', async () => {
  expect(await runCli([], { cwd: join(cwd, 'empty') })).toEqual({
    status: 2,
    out: '',
    err:
      'dflint: no Dockerfile in this directory; name the file, or a directory that holds one\n\n' +
      'Usage: dflint [options] [path...]\nSee dflint --help.\n',
  });
});

test('-c names the configuration', async () => {
  writeFileSync(join(cwd, 'other.json'), '{ "failOn": "never" }');
  expect((await runCli(['-c', 'other.json'], { cwd })).status).toBe(0);
});
