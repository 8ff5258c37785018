/** The whole way from text to findings on broken and on very large input: nothing throws, time stays in proportion. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { lint } from '../src/engine/lint.ts';
import { millisecondsUsed } from './harness/processor-time.ts';
import { repository } from './harness/shared.ts';

/** A small seeded generator (mulberry32), so that a failure can be repeated. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function dockerfiles(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return dockerfiles(path);
    return /dockerfile$/i.test(name) ? [readFileSync(path, 'utf8')] : [];
  });
}

const texts = dockerfiles(join(repository, 'fixtures'));
const scraps = [
  '"',
  "'",
  '\\',
  '\n',
  '${',
  '}',
  '$(',
  '`',
  '<<EOF',
  '--from=',
  '--mount=type=',
  '..',
  '/',
  '*',
  '[',
  '&&',
  '||',
  ';',
  '\0',
  '\r',
  'FROM ',
  'COPY ',
  'RUN ',
  'USER ',
  '\ud800',
  '{a,b}',
  '~',
  '$X',
  '\n# dflint ignore=root-user until=',
  '\n# hadolint shell=',
  '# check=skip=',
];

test('mutated files', { timeout: 600_000 }, () => {
  const random = generator(20261121);
  for (let round = 0; round < 1_500; round += 1) {
    let text = texts[random(texts.length)] ?? '';
    for (let edits = 1 + random(4); edits > 0; edits -= 1) {
      const at = random(text.length + 1);
      const scrap =
        random(3) === 0
          ? (texts[random(texts.length)] ?? '').slice(0, random(200))
          : (scraps[random(scraps.length)] ?? '');
      text = text.slice(0, at) + scrap + text.slice(at + random(12));
    }
    const { failures } = lint({ path: 'Dockerfile', text, rules });
    expect(failures, text).toEqual([]);
  }
});

describe('time grows in proportion', () => {
  const shapes: ReadonlyMap<string, (size: number) => string> = new Map([
    [
      'commands in one RUN',
      (size) =>
        `FROM node:22\nWORKDIR /app\nRUN ${Array.from({ length: size }, (_, i) => `echo ${i} > f${i}`).join(' && ')}\n`,
    ],
    [
      'removals',
      (size) =>
        `FROM node:22\nWORKDIR /app\nCOPY . .\nRUN ${Array.from({ length: size }, (_, i) => `rm -rf d${i}`).join(' && ')}\n`,
    ],
    [
      'appends to one file',
      (size) => `FROM node:22\nRUN ${Array.from({ length: size }, () => 'echo x >> /f').join('; ')}\n`,
    ],
    [
      'instructions',
      (size) =>
        `FROM node:22\nWORKDIR /app\n${Array.from({ length: size }, (_, i) => `COPY file${i}.js ./\nENV A${i}=$A${i - 1}x\n`).join('')}`,
    ],
    ['installs', (size) => `FROM node:22\nWORKDIR /app\nCOPY package*.json ./\n${'RUN npm ci\n'.repeat(size)}`],
    ['heredoc lines', (size) => `FROM node:22\nRUN <<EOF\n${'npm run build\n'.repeat(size)}EOF\n`],
  ]);

  test.each([...shapes])('%s', { timeout: 300_000 }, (_, shape) => {
    const time = (size: number): number => {
      const text = shape(size);
      const start = millisecondsUsed();
      expect(lint({ path: 'Dockerfile', text, rules }).failures).toEqual([]);
      return millisecondsUsed() - start;
    };
    // Other test files run beside this one: the fastest of three is closest to the work itself.
    const fastest = (size: number): number => Math.min(...[1, 2, 3].map(() => time(size)));
    time(200);
    const small = Math.max(fastest(500), 25);
    expect(fastest(2_000)).toBeLessThan(small * 14);
  });

  test('stages that copy from each other', { timeout: 300_000 }, () => {
    const stage = (i: number): string =>
      `FROM node:22 AS s${i}\nWORKDIR /app\n${i === 0 ? 'RUN touch a' : `COPY --from=s${i - 1} /app /app\nRUN touch f${i}`}\n`;
    const text = Array.from({ length: 150 }, (_, i) => stage(i)).join('');
    const start = millisecondsUsed();
    expect(lint({ path: 'Dockerfile', text, rules }).failures).toEqual([]);
    expect(millisecondsUsed() - start).toBeLessThan(10_000);
  });

  test('variables that double', () => {
    const text = `FROM node:22\nENV A=xx\n${'ENV A=$A$A\n'.repeat(100)}RUN A=$A$A; ${'A=$A$A; '.repeat(60)} echo $A > /f\n`;
    const start = millisecondsUsed();
    expect(lint({ path: 'Dockerfile', text, rules }).failures).toEqual([]);
    expect(millisecondsUsed() - start).toBeLessThan(5_000);
  });

  test('a chain of stages', { timeout: 300_000 }, () => {
    const text = Array.from(
      { length: 500 },
      (_, i) => `FROM ${i === 0 ? 'node:22' : `s${i - 1}`} AS s${i}\nRUN touch /f${i}\n`,
    ).join('');
    const start = millisecondsUsed();
    expect(lint({ path: 'Dockerfile', text, rules }).failures).toEqual([]);
    expect(millisecondsUsed() - start).toBeLessThan(10_000);
  });
});
