/** Fixes: what they do to a text, and what the command line does with them. */

import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { applyFixes } from '../src/fix/apply.ts';
import type { Fix } from '../src/rule.ts';
import { runCli } from './harness/run-cli.ts';

const fix = (...edits: readonly (readonly [line: number, column: number, endColumn: number, text: string])[]): Fix => ({
  says: 'Mend it',
  safety: 'safe',
  edits: edits.map(([line, column, endColumn, text]) => ({ at: { line, column, endLine: line, endColumn }, text })),
});

describe('applied to a text', () => {
  test('all edits of a fix, or none', () => {
    const text = 'FROM a\nRUN b\n';
    expect(applyFixes(text, [fix([1, 6, 7, 'x'], [2, 5, 6, 'y'])])).toEqual({ text: 'FROM x\nRUN y\n', applied: [0] });
    const second = fix([1, 1, 5, 'from'], [2, 5, 6, 'z']);
    expect(applyFixes(text, [fix([2, 5, 6, 'y'], [1, 6, 7, 'x']), second]).applied).toHaveLength(1);
  });

  test('what touches an earlier one waits, what is the same is made once', () => {
    const text = 'FROM a\n';
    expect(applyFixes(text, [fix([1, 6, 6, 'x']), fix([1, 6, 7, 'y'])])).toEqual({ text: 'FROM xa\n', applied: [0] });
    expect(applyFixes(text, [fix([1, 7, 7, ' AS b']), fix([1, 7, 7, ' AS b'])])).toEqual({
      text: 'FROM a AS b\n',
      applied: [0, 1],
    });
  });

  test('line ends are those of the file', () => {
    expect(applyFixes('FROM a\r\nRUN b\r\n', [fix([2, 1, 1, 'USER c\n'])]).text).toBe('FROM a\r\nUSER c\r\nRUN b\r\n');
    expect(applyFixes('FROM a\nRUN b\r\nRUN c\n', [fix([2, 1, 1, 'USER c\n'])]).text).toContain('USER c\nRUN b');
  });

  test('many take time in proportion', () => {
    const count = 20_000;
    const text = 'RUN a\n'.repeat(count);
    const started = performance.now();
    const { applied } = applyFixes(
      text,
      Array.from({ length: count }, (_, at) => fix([at + 1, 5, 6, 'b'])),
    );
    expect(applied).toHaveLength(count);
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

describe('on the command line', () => {
  const root = mkdtempSync(join(tmpdir(), 'dflint-fix-'));
  afterAll(() => rmSync(root, { recursive: true }));
  const before =
    'FROM node:24\nWORKDIR /site\nCOPY . .\nRUN npm run build\n\nFROM nginxinc/nginx-unprivileged:1.30\nCOPY --from=0 /site/dist /usr/share/nginx/html\n';
  const after = before.replace('node:24', 'node:24 AS build').replace('--from=0', '--from=build');
  let folder = root;
  let file = '';
  let count = 0;
  beforeEach(() => {
    count += 1;
    folder = join(root, String(count));
    mkdirSync(folder);
    file = join(folder, 'Dockerfile');
    writeFileSync(file, before);
  });
  const run = (...words: readonly string[]) =>
    runCli(['--no-config', '--shellcheck', 'off', '--rule', 'missing-dockerignore=off', ...words], { cwd: folder });

  test('--fix writes the file, says so, and what is left counts', async () => {
    const { status, out, err } = await run('--fix', 'Dockerfile');
    expect(readFileSync(file, 'utf8')).toBe(after);
    expect(err).toBe('dflint: fixed 1 finding in 1 file\n');
    expect(out).toBe('1 file: nothing to report\n');
    expect(status).toBe(0);
    expect(readdirSync(folder)).toEqual(['Dockerfile']);
  });

  test('a second run changes nothing and says nothing of fixes', async () => {
    await run('--fix', 'Dockerfile');
    const { mtimeMs } = statSync(file);
    expect((await run('--fix', 'Dockerfile')).err).toBe('');
    expect(statSync(file).mtimeMs).toBe(mtimeMs);
  });

  test('--diff writes nothing, and git can apply what it prints', async () => {
    const { status, out, err } = await run('--diff', 'Dockerfile');
    expect(readFileSync(file, 'utf8')).toBe(before);
    expect([status, err]).toEqual([1, 'dflint: fixes would mend 1 finding in 1 file\n']);
    expect(out).toMatch(/^--- Dockerfile\n\+\+\+ Dockerfile\n@@ /);
    execFileSync('git', ['apply', '-p0', '--unsafe-paths', '-'], { cwd: folder, input: out });
    expect(readFileSync(file, 'utf8')).toBe(after);
    expect((await run('--diff', 'Dockerfile')).status).toBe(0);
  });

  test('CRLF, BOM, mode and symbolic links stay', async () => {
    const windows = `\ufeff${before.replaceAll('\n', '\r\n')}`;
    const real = join(folder, 'real');
    writeFileSync(real, windows);
    chmodSync(real, 0o640);
    rmSync(file);
    symlinkSync('real', file);
    await run('--fix', 'Dockerfile');
    expect(readFileSync(real, 'utf8')).toBe(`\ufeff${after.replaceAll('\n', '\r\n')}`);
    expect(statSync(real).mode & 0o777).toBe(0o640);
    expect(readFileSync(file, 'utf8')).toBe(readFileSync(real, 'utf8'));
  });

  test('bytes that are no UTF-8 are not lost', async () => {
    const bytes = Buffer.concat([Buffer.from([0x23, 0x20, 0xe9, 0x0a]), Buffer.from(before)]);
    writeFileSync(file, bytes);
    const { status, err } = await run('--fix', 'Dockerfile');
    expect(readFileSync(file)).toEqual(bytes);
    expect(status).toBe(2);
    expect(err).toContain('Dockerfile: is not UTF-8 throughout; nothing was written');
  });

  test('standard input goes to standard output, the report to standard error', async () => {
    const { out, err } = await runCli(['--no-config', '--shellcheck', 'off', '--fix', '-'], {
      stdin: before,
      cwd: folder,
    });
    expect(out).toBe(after);
    expect(err).toContain('fixed 1 finding in 1 file');
    expect(err).toContain('1 file: nothing to report');
  });

  test('standard input comes out as it is where there is nothing to mend', async () => {
    for (const text of [after, `\ufeff${after}`, 'FROM\n', '']) {
      const { out } = await runCli(['--no-config', '--shellcheck', 'off', '--fix', '-'], { stdin: text, cwd: folder });
      expect(out).toBe(text);
    }
  });

  test('what is switched off or ignored is not fixed', async () => {
    await run('--fix', '--rule', 'unnamed-stage=off', 'Dockerfile');
    expect(readFileSync(file, 'utf8')).toBe(before);
    writeFileSync(file, `# dflint ignore=unnamed-stage\n${before}`);
    await run('--fix', 'Dockerfile');
    expect(readFileSync(file, 'utf8')).toBe(`# dflint ignore=unnamed-stage\n${before}`);
  });
});
