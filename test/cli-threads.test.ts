/** Several threads say what one says. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunOptions, runCli, type Transcript } from './harness/run-cli.ts';
import { repository } from './harness/shared.ts';

const root = mkdtempSync(join(tmpdir(), 'dflint-threads-'));
const script = join(root, 'worker.mjs');
const programs = join(root, 'programs');
afterAll(() => rmSync(root, { recursive: true }));

beforeAll(async () => {
  await build({
    entryPoints: [join(repository, 'src/cli/worker.ts')],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  });
  mkdirSync(programs);
  const comment = { file: '0', line: 2, column: 1, endLine: 2, endColumn: 8, level: 'warning', code: 2164 };
  const report = JSON.stringify({ comments: [{ ...comment, message: 'Use cd || exit.', fix: null }] });
  writeFileSync(
    join(programs, 'shellcheck'),
    `#!/bin/sh\necho "$#" >> "${programs}/calls"\necho '${report}'\nexit 1\n`,
    {
      mode: 0o755,
    },
  );
  for (let number = 0; number < 40; number += 1) {
    const folder = join(root, `service-${number}`);
    mkdirSync(folder);
    const stages = number % 3 === 0 ? 'FROM node:22 AS builder\n' : '';
    writeFileSync(
      join(folder, 'Dockerfile'),
      `${stages}FROM node:22-slim\nWORKDIR /srv\nCOPY . .\nRUN cd lib-${number}; npm install\nCMD ["node", "."]\n`,
    );
  }
  writeFileSync(
    join(root, 'service-4', 'dflint.config.json'),
    '{ "rules": { "root-user": "off", "root-usr": "off" } }',
  );
  writeFileSync(join(root, 'service-7', 'Dockerfile'), Buffer.from([0, 1, 2]));
  writeFileSync(join(root, '.hadolint.yaml'), 'ignored: [DL3016]\n');
});

const paths = Array.from({ length: 40 }, (_, number) => `service-${number}`);

const run = (words: readonly string[], options: RunOptions = {}): Promise<Transcript> =>
  runCli([...words, ...paths], { cwd: root, thread: pathToFileURL(script), ...options });

describe('what one thread says, three say', () => {
  for (const words of [
    ['--shellcheck', 'off'],
    ['--shellcheck', 'off', '--format', 'json'],
    ['--shellcheck', 'off', '--preset', 'all', '--no-config'],
    ['--shellcheck', 'off', '--target', 'builder'],
  ])
    test(words.join(' '), async () => {
      const one = await run([...words, '--threads', '1']);
      expect(await run([...words, '--threads', '3'])).toEqual(one);
      expect(one.err).toContain('service-7/Dockerfile: is binary');
      expect(one.out).toContain('service-39/Dockerfile');
    });
});

test('plugins and a baseline are the same on each thread', async () => {
  writeFileSync(
    join(root, 'plugin.mjs'),
    `export default ({ defineRule, finding }) => [defineRule({
      id: 'acme/short', says: 'it is short', instead: 'more', severity: 'warning',
      *check({ file }) { yield finding({ span: file.instructions[0].span }, 'only ' + file.instructions.length); },
    })];\n`,
  );
  writeFileSync(
    join(root, 'plugins.yaml'),
    'plugins: [plugin.mjs]\nbaseline: known.json\nrules: {missing-healthcheck: on}\n',
  );
  const words = ['--shellcheck', 'off', '--config', 'plugins.yaml', '--allow-plugins'];
  const recorded = await run([...words, '--update-baseline', '--threads', '2']);
  expect(recorded.err).toMatch(/known\.json: \d+ findings recorded/);
  writeFileSync(join(root, 'service-5/Dockerfile'), 'FROM alpine:3.22 AS changed\nUSER 1000\nRUN a\n');
  for (const more of [[], ['--no-baseline'], ['--format', 'sarif'], ['--diff', '--unsafe-fixes']]) {
    const one = await run([...words, ...more, '--threads', '1']);
    expect(await run([...words, ...more, '--threads', '2'])).toEqual(one);
    if (more[0] !== '--diff') expect(one.out).toContain('acme/short');
  }
  const shown = (await run([...words, '--format', 'compact', '--threads', '2'])).out;
  expect(shown).toContain('service-5/Dockerfile:1:1: warning acme/short only 3');
  expect(shown).not.toContain('service-6/');
});

test('ShellCheck is asked once for all threads', async () => {
  const env = { PATH: [programs, process.env['PATH']].join(delimiter) };
  const words = ['--no-config', '--format', 'json'];
  const one = await run([...words, '--threads', '1'], { env });
  const three = await run([...words, '--threads', '3'], { env });
  expect(three).toEqual(one);
  expect(three.out).toContain('shellcheck/SC2164');
  expect(readFileSync(join(programs, 'calls'), 'utf8').trim().split('\n')).toHaveLength(2);
});

test('what a thread cannot do the first one does', async () => {
  const broken = join(root, 'broken.mjs');
  writeFileSync(broken, 'throw new Error("no memory");\n');
  const words = ['--shellcheck', 'off', '--format', 'json'];
  const one = await run([...words, '--threads', '1']);
  expect(await run([...words, '--threads', '4'], { thread: pathToFileURL(broken) })).toEqual(one);
});

test('their number is a number', async () => {
  const { status, err } = await run(['--threads', '0']);
  expect(status).toBe(2);
  expect(err).toContain('It must be a number from 1 to 99');
});
