/** COPY sources with `*`, `?` and `[…]`: Go's `filepath.Match`, a directory level at a time. */
import type { ContextEntry } from './context.ts';
import { contextPath } from './path.ts';
import { readPathPattern } from './path-pattern.ts';

interface Listing {
  list(path: string): readonly string[] | undefined;
  stat(path: string): ContextEntry;
}

/** Paths that a pattern takes, sorted; undefined when a directory on the way cannot be listed. */
export function matchContext(pattern: string, context: Listing): readonly string[] | undefined {
  let found: string[] = [''];
  let literal = true;
  const components = contextPath(pattern)
    .split('/')
    .filter((part) => part !== '');
  for (const [at, component] of components.entries()) {
    const next: string[] = [];
    literal &&= !hasWildcard.test(component);
    const takes = literal ? undefined : readPathPattern(component);
    if (!literal && takes === undefined) return [];
    for (const directory of found) {
      const prefix = directory === '' ? '' : `${directory}/`;
      if (takes === undefined) {
        const entry = context.stat(prefix + component);
        if (entry === 'unknown') return undefined;
        if (entry === 'file' || entry === 'directory') next.push(prefix + component);
        continue;
      }
      const names = context.list(directory);
      if (names === undefined) return undefined;
      for (const name of names) {
        const path = prefix + name;
        if (takes(name) && (at === components.length - 1 || context.stat(path) === 'directory')) next.push(path);
      }
    }
    found = next;
  }
  return found.sort();
}

/** A backslash keeps the next character from being one. Before the first wildcard a backslash is a plain character. */
const hasWildcard = /^(?:[^\\*?[]|\\.)*[*?[]/s;
