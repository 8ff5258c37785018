/** What the built command writes to disk: all of it or nothing, and nothing else is changed. */
import { spawn } from 'node:child_process';
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { builtCli } from './harness/built-cli.ts';
import { temporaryProjects } from './harness/temporary-project.ts';

const { run, words } = builtCli();
const [program = '', ...first] = words;
const project = temporaryProjects();
const plain = ['--no-config', '--shellcheck', 'off', '--fix'];

const before = 'FROM node:22-alpine AS a\nUSER node\nFROM node:22-alpine\nCOPY --from=0 /a /b\nUSER node\n';

test('CRLF, a byte order mark, the mode and links stay', { timeout: 60_000 }, async () => {
  const cwd = project({ 'real/file': `\ufeff${before.replaceAll('\n', '\r\n')}`, 'Dockerfile.lf': before });
  chmodSync(join(cwd, 'real/file'), 0o640);
  chmodSync(join(cwd, 'Dockerfile.lf'), 0o755);
  symlinkSync('real/file', join(cwd, 'Dockerfile'));
  const { err } = await run([...plain, 'Dockerfile', 'Dockerfile.lf'], { cwd });
  expect(err).toMatch(/fixed \d+ findings in 2 files/);
  const bytes = readFileSync(join(cwd, 'real/file'));
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const text = bytes.toString();
  expect(text).toContain('\r\nCOPY --from=a /a /b\r\n');
  expect(
    text
      .split('\n')
      .slice(0, -1)
      .every((line) => line.endsWith('\r')),
  ).toBe(true);
  expect(text.slice(1).replaceAll('\r\n', '\n')).toBe(readFileSync(join(cwd, 'Dockerfile.lf'), 'utf8'));
  expect(statSync(join(cwd, 'real/file')).mode & 0o777).toBe(0o640);
  expect(statSync(join(cwd, 'Dockerfile.lf')).mode & 0o777).toBe(0o755);
  expect(lstatSync(join(cwd, 'Dockerfile')).isSymbolicLink()).toBe(true);
  expect(readdirSync(join(cwd, 'real'))).toEqual(['file']);
});

test('a process that is killed leaves the old file or the new one, never half of it', {
  timeout: 240_000,
}, async () => {
  const count = 16;
  // Long enough that one write is no single page.
  const old = `${before}# ${'padding '.repeat(25_000)}\n`;
  const names = Array.from({ length: count }, (_, at) => `Dockerfile.${at}`).sort();
  const cwd = project({});
  const reset = (): void => {
    for (const name of names) writeFileSync(join(cwd, name), old);
    writeFileSync(join(cwd, 'report.json'), 'old report\n');
  };
  reset();
  const argv = [...plain, '--threads', '1', '-f', 'json=report.json', '--baseline', 'known.json', '--update-baseline'];
  const started = Date.now();
  await run(argv, { cwd });
  const whole = Date.now() - started;
  const mended = readFileSync(join(cwd, names[0] ?? ''), 'utf8');
  expect(mended).not.toBe(old);
  const report = readFileSync(join(cwd, 'report.json'), 'utf8');
  let mixed = 0;
  for (let round = 0; round < 6; round += 1) {
    reset();
    const child = spawn(program, [...first, ...argv], { cwd, stdio: 'ignore' });
    const ended = new Promise((done) => child.on('exit', done));
    // Most of the time goes into reading and judging, the writes are the end of it: they are waited for in most rounds.
    if (round % 3 === 2) await Promise.race([wait((whole * round) / 6), ended]);
    else untilReplaced(join(cwd, names[2 * round] ?? ''));
    child.kill('SIGKILL');
    await ended;
    const texts = names.map((name) => readFileSync(join(cwd, name), 'utf8'));
    expect(texts.filter((text) => text !== old && text !== mended)).toEqual([]);
    if (texts.includes(old) && texts.includes(mended)) mixed += 1;
    expect(['old report\n', report]).toContain(readFileSync(join(cwd, 'report.json'), 'utf8'));
    expect(() => JSON.parse(readFileSync(join(cwd, 'known.json'), 'utf8'))).not.toThrow();
  }
  // Some were killed between two writes: the rounds do hit the time that matters.
  expect(mixed).toBeGreaterThan(0);
  // What a killed process leaves besides stands in nobody's way.
  expect((await run(plain, { cwd })).err).not.toContain('.tmp');
  expect(names.map((name) => readFileSync(join(cwd, name), 'utf8') === mended)).not.toContain(false);
});

/** Until another file stands there. Without a pause, which would be longer than the writes. */
function untilReplaced(path: string): void {
  const { ino } = statSync(path);
  for (const end = Date.now() + 30_000; Date.now() < end && statSync(path).ino === ino; );
}
