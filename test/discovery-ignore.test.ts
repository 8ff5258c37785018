/** .gitignore patterns take what git says they take. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { ignoreLines, readIgnorePatterns } from '../src/cli/discovery/gitignore.ts';

const root = mkdtempSync(join(tmpdir(), 'dflint-gitignore-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
execFileSync('git', ['init', '-q', root]);

const paths = ['a', 'b', 'a/b', 'b/a', 'ab/c', 'a/b/c', 'a/c/b', 'a.b', '-', ']', '!a', '#a', 'a b', 'a ', 'A', 'a\\'];

/** By git: the line number of the last pattern that takes each path, 0 for none. */
function gitSays(text: string): readonly number[] {
  writeFileSync(join(root, '.gitignore'), text);
  const words = ['check-ignore', '--no-index', '--stdin', '-z', '-v', '-n'];
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', XDG_CONFIG_HOME: root };
  let out = '';
  try {
    out = execFileSync('git', words, { cwd: root, env, input: paths.join('\0'), encoding: 'utf8' });
  } catch (error) {
    if (error instanceof Error && 'stdout' in error) out = String(error.stdout);
  }
  const fields = out.split('\0');
  return paths.map((_, at) => Number(fields[4 * at + 1] ?? '0'));
}

/** By dflint: folders above a path are judged before it, as they are in a walk. */
function ownSays(text: string): readonly boolean[] {
  const patterns = readIgnorePatterns(ignoreLines(text));
  return paths.map((path) => {
    const parts = path.split('/');
    return parts.some(
      (_, at) => patterns.verdict(parts.slice(0, at + 1).join('/'), at < parts.length - 1) === 'ignored',
    );
  });
}

function agrees(text: string): void {
  const lines = text.split('\n');
  const expected = gitSays(text).map((line) => line > 0 && lines[line - 1]?.startsWith('!') !== true);
  expect({ text, ignored: paths.filter((_, at) => ownSays(text)[at]) }).toEqual({
    text,
    ignored: paths.filter((_, at) => expected[at]),
  });
}

describe('one file of patterns', () => {
  for (const text of [
    'a',
    '/a',
    'a/',
    '*\n!a/',
    '**/b',
    'a/**',
    'a/**/b',
    '**',
    '/**',
    '/*\n!/a',
    'a/*\n!a/b',
    '\\!a',
    '\\#a',
    '#a',
    'a\\ ',
    'a   ',
    '[ab]',
    '[!a]',
    '[^a]',
    '[]a]',
    '[]-a]',
    '[a-]',
    '[[:upper:]]',
    '[[:nothing:]]',
    '[a',
    'a\\',
    'a\\\\',
    '?',
    '*.b',
    'a**b',
    '**a',
    'a?b',
    'a*b/c',
    '\ufeffa',
    'a\r\nb\r\n',
    '!a\na\n!b',
    'a\\/[ab]',
    'a\\/',
    '\\/a',
    '/',
    '!',
    'a//b',
    './a',
  ])
    test(JSON.stringify(text), () => agrees(text));

  test('whatever they are', () => {
    const piece = fc.constantFrom('a', 'b', 'c', '*', '**', '/', '?', '[ab]', '[!b]', '!', '.', ' ', '\\', '-', ']');
    const pattern = fc
      .array(piece, { minLength: 1, maxLength: 6 })
      .map((pieces) => pieces.join(''))
      // Two stars beside other characters: git takes them for one or for two by what else is in the pattern.
      .filter((text) => !/[^/!]\*\*|\*\*[^/]/.test(text));
    const text = fc.array(pattern, { minLength: 1, maxLength: 4 }).map((patterns) => patterns.join('\n'));
    fc.assert(fc.property(text, agrees), { numRuns: 300, seed: Number(process.env['DISCOVERY_SEED'] ?? 1) });
  });
});

test('many stars are not slow', () => {
  const patterns = readIgnorePatterns([`${'*a'.repeat(60)}b`, `${'**/a/'.repeat(30)}b`]);
  const began = performance.now();
  expect(patterns.verdict('a'.repeat(250), false)).toBeUndefined();
  expect(patterns.verdict('a/'.repeat(200), false)).toBeUndefined();
  expect(performance.now() - began).toBeLessThan(500);
});
