/** The line that says how far a long run has come. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type RunOptions, runCli } from './harness/run-cli.ts';
import { temporaryProjects } from './harness/temporary-project.ts';

const project = temporaryProjects();
const clean = 'FROM node:22-alpine\nUSER node\nCMD ["node", "server.js"]\n';
const root = project(Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`s${at}/Dockerfile`, clean])));

afterEach(() => vi.restoreAllMocks());

/** A run in which each look at the clock is so many milliseconds after the one before. */
function slowRun(milliseconds: number, options: RunOptions = {}) {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += milliseconds));
  return runCli([], { cwd: root, errorTerminal: true, ...options });
}

test('on a terminal, after a second, and gone at the end', async () => {
  const { out, err } = await slowRun(200);
  expect(out).toBe('20 files: nothing to report\n');
  const lines = err.split('\r\u001b[K');
  expect(lines[0]).toBe('');
  expect(lines[1]).toMatch(/^dflint: looking for Dockerfiles, \d+ folders$/);
  expect(lines).toContain('dflint: linting 20 files, 50 %');
  expect(lines.at(-1)).toBe('');
  expect(lines.length).toBeGreaterThan(20);
});

test('not so often that it costs', async () => {
  const { err } = await slowRun(40);
  expect(err.split('dflint: ').length).toBeLessThan(15);
});

describe('never', () => {
  test.each<[string, RunOptions]>([
    ['in a pipe', { errorTerminal: false }],
    ['in CI', { env: { CI: 'true' } }],
    ['on a terminal that cannot take a line back', { env: { TERM: 'dumb' } }],
  ])('%s', async (_, options) => {
    expect((await slowRun(200, options)).err).toBe('');
  });

  test('when it is soon over', async () => {
    expect((await slowRun(1)).err).toBe('');
  });
});
