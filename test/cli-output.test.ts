/** What the command writes, and to whom: pipes that are closed, full or slow, and devices that are no terminal. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { commandLine, isBuilt } from './harness/command.ts';
import { temporaryProjects } from './harness/temporary-project.ts';

const project = temporaryProjects();
const cwd = project({ Dockerfile: `FROM node:22-alpine\n${'RUN cd /srv && sudo npm install\n'.repeat(400)}` });

function bash(script: string) {
  const env = { PATH: process.env['PATH'] ?? '', HOME: cwd, TERM: 'xterm', DFLINT: commandLine };
  return spawnSync('bash', ['-c', script], { cwd, env, encoding: 'utf8', maxBuffer: 1e8 });
}

describe.skipIf(!isBuilt)('what is written', { timeout: 60_000 }, () => {
  test('a reader that closes its pipe early is no error', () => {
    const { stdout, stderr } = bash('eval "$DFLINT" Dockerfile | head -1; echo "${PIPESTATUS[0]}"');
    expect(stdout).toMatch(/^Dockerfile:\d.*\n1\n$/);
    expect(stderr).toBe('');
  });

  test.skipIf(!existsSync('/dev/full'))('a disk that is full is told once, with exit status 2', () => {
    const { stderr, status } = bash('eval "$DFLINT" Dockerfile >/dev/full');
    expect([stderr, status]).toEqual(['dflint: cannot write its output (ENOSPC)\n', 2]);
  });

  test('nothing can be said where standard error is full, too', () => {
    expect(bash('eval "$DFLINT" missing >/dev/full 2>/dev/full').status).toBe(2);
  });

  test('files, pipes and what is closed', () => {
    const { stdout } = bash('eval "$DFLINT" --format json Dockerfile');
    expect(stdout.length).toBeGreaterThan(200_000);
    expect(bash('eval "$DFLINT" --format json Dockerfile >out.json; echo $?; cat out.json').stdout).toBe(
      `1\n${stdout}`,
    );
    expect(bash('eval "$DFLINT" Dockerfile >&-; echo $?').stdout).toMatch(/^[12]\n$/);
    expect(bash('eval "$DFLINT" Dockerfile >/dev/null; echo $?').stdout).toBe('1\n');
  });

  const hasPython = spawnSync('python3', ['--version']).status === 0;
  test.skipIf(!hasPython)('a slow reader of a pipe that does not wait gets all', () => {
    const { stdout } = bash('eval "$DFLINT" --format json Dockerfile');
    const slow = `import os, subprocess, sys, time
read, write = os.pipe()
os.set_blocking(write, False)
child = subprocess.Popen(['bash', '-c', 'eval "$DFLINT" --format json Dockerfile'], stdout=write)
os.close(write)
time.sleep(1)
while part := os.read(read, 5000): sys.stdout.buffer.write(part)
sys.exit(child.wait())`;
    const env = { PATH: process.env['PATH'] ?? '', HOME: cwd, DFLINT: commandLine };
    const python = spawnSync('python3', ['-c', slow], { cwd, env, encoding: 'utf8', maxBuffer: 1e8 });
    expect([python.status, python.stderr]).toEqual([1, '']);
    expect(python.stdout).toBe(stdout);
  });
});
