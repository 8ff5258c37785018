/** COPY sources with `*`, `?` and `[…]`: Go's `filepath.Match`, a directory level at a time. */
import type { ContextEntry } from './context.ts';

interface Listing {
  list(path: string): readonly string[] | undefined;
  stat(path: string): ContextEntry;
}

/** Translates one component of a pattern; a broken one matches nothing but itself. */
function componentPattern(component: string): RegExp {
  let source = '';
  for (let at = 0; at < component.length; at += 1) {
    const char = component[at] ?? '';
    const close = char === '[' ? component.indexOf(']', at + 2) : -1;
    if (char === '*') source += source.endsWith('[^/]*') ? '' : '[^/]*';
    else if (char === '?') source += '[^/]';
    else if (close !== -1) {
      source += `[${component
        .slice(at + 1, close)
        .replaceAll('\\', '\\\\')
        .replaceAll('[', '\\[')}]`;
      at = close;
    } else if (char === '\\' && at + 1 < component.length) {
      at += 1;
      source += escapeRegExp(component[at] ?? '');
    } else source += escapeRegExp(char);
  }
  try {
    return new RegExp(`^${source}$`, 's');
  } catch {
    return new RegExp(`^${escapeRegExp(component)}$`, 's');
  }
}

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** Paths that a pattern takes, sorted; undefined when a directory on the way cannot be listed. */
export function matchContext(pattern: string, context: Listing): readonly string[] | undefined {
  let found: string[] = [''];
  const components = pattern.split('/').filter((part) => part !== '' && part !== '.');
  for (const [at, component] of components.entries()) {
    const next: string[] = [];
    const literal = !/[*?[\\]/.test(component);
    const test = literal ? undefined : componentPattern(component);
    for (const directory of found) {
      const prefix = directory === '' ? '' : `${directory}/`;
      if (test === undefined) {
        const entry = context.stat(prefix + component);
        if (entry === 'unknown') return undefined;
        if (entry === 'file' || entry === 'directory') next.push(prefix + component);
        continue;
      }
      const names = context.list(directory);
      if (names === undefined) return undefined;
      for (const name of names) {
        const path = prefix + name;
        if (test.test(name) && (at === components.length - 1 || context.stat(path) === 'directory')) next.push(path);
      }
    }
    found = next;
  }
  return found.sort();
}
