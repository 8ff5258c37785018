/**
 * .dockerignore files and COPY globs, held against what BuildKit's own code made of them: `fixtures/context/moby.json`
 * has a tree, ignore files with the paths that the client sent (four paths a hexadecimal digit, the first
 * path the lowest bit; null where it refused the file), and globs with the paths that they resolve to.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type BuildContext, createContext, type FileTree, readIgnoreFile } from '../src/context/index.ts';
import { repository } from './harness/shared.ts';

interface Truth {
  /** Directories end in a slash. */
  readonly tree: readonly string[];
  readonly ignoreFiles: readonly (readonly [string, string | null])[];
  readonly globs: readonly (readonly [string, string | null])[];
}

const truth: Truth = JSON.parse(readFileSync(join(repository, 'fixtures/context/moby.json'), 'utf8'));
const paths = truth.tree.map((path) => path.replace(/\/$/, ''));
const kinds = new Map(truth.tree.map((path, at) => [paths[at] ?? '', path.endsWith('/') ? 'directory' : 'file']));

function contextWith(ignoreFile: string): BuildContext {
  const tree: FileTree = {
    kind: (path) =>
      path === '/.dockerignore'
        ? 'file'
        : path === '/'
          ? 'directory'
          : kinds.get(path.slice(1)) === 'directory'
            ? 'directory'
            : kinds.has(path.slice(1))
              ? 'file'
              : 'absent',
    read: (path) => (path === '/.dockerignore' ? ignoreFile : undefined),
    entries: (path) => {
      const below = path === '/' ? '' : `${path.slice(1)}/`;
      return paths
        .filter((each) => each.startsWith(below) && !each.slice(below.length).includes('/'))
        .map((each) => each.slice(below.length));
    },
  };
  return createContext(tree, '/', '/Dockerfile');
}

/** The paths that a mask of the fixture names. */
const chosen = (mask: string): readonly string[] =>
  paths.filter((_, at) => ((Number.parseInt(mask[Math.floor(at / 4)] ?? '0', 16) >> (at % 4)) & 1) === 1);

test('each ignore file leaves in the context what the build client sends', () => {
  const wrong = truth.ignoreFiles.flatMap(([text, mask]) => {
    if (mask === null) return [];
    const context = contextWith(text);
    const kept = paths.filter((path) => context.stat(path) !== 'ignored');
    const wanted = new Set(chosen(mask));
    const differing = paths.filter((path) => wanted.has(path) !== kept.includes(path));
    return differing.length === 0 ? [] : [{ text, differing }];
  });
  expect(truth.ignoreFiles.length).toBeGreaterThan(2000);
  expect(wrong).toEqual([]);
});

test('each glob takes what BuildKit resolves it to', () => {
  const context = contextWith('');
  const wrong = truth.globs.flatMap(([pattern, mask]) => {
    if (mask === null || !/[*?[]/.test(pattern)) return [];
    const taken = context.match(pattern)?.filter((path) => path !== '');
    return JSON.stringify(taken) === JSON.stringify([...chosen(mask)].sort())
      ? []
      : [{ pattern, taken, wanted: chosen(mask) }];
  });
  expect(wrong).toEqual([]);
});

test('a line with many ** takes no time to speak of', () => {
  const deep = `${'a/'.repeat(200)}b`;
  const started = performance.now();
  expect(readIgnoreFile(`${'**/a/'.repeat(40)}c`).ignores(deep)).toBe(false);
  expect(performance.now() - started).toBeLessThan(1_000);
});
