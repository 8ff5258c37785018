/** Absolute POSIX paths inside an image, and relative ones inside the build context. */

/** Drops `.`, empty parts and `..` (which stops at the root). Absolute in, absolute out; `''` is the context root. */
export function normalise(path: string): string {
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') kept.pop();
    else kept.push(part);
  }
  return (path.startsWith('/') ? '/' : '') + kept.join('/');
}

/** `path` seen from the absolute directory `from`. */
export function resolve(from: string, path: string): string {
  return normalise(path.startsWith('/') ? path : `${from}/${path}`);
}

/** Directories in one another; what would stand deeper is not known. */
const mostDirectories = 256;

/** Whether a path is deeper than anyone means it, as a loop or a slip makes it. */
export function isTooDeep(path: string): boolean {
  if (path.length <= mostDirectories * 2) return false;
  let slashes = 0;
  for (let at = path.indexOf('/'); at !== -1 && slashes <= mostDirectories; at = path.indexOf('/', at + 1))
    slashes += 1;
  return slashes > mostDirectories;
}

export function join(directory: string, name: string): string {
  if (name === '') return directory;
  return directory === '' || directory.endsWith('/') ? directory + name : `${directory}/${name}`;
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function directoryName(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? path.slice(0, slash + 1) : path.slice(0, slash);
}

/** What follows `directory` in `path`: `''` for itself; undefined when it is not at or below it. */
export function relativeTo(directory: string, path: string): string | undefined {
  if (path === directory) return '';
  if (directory === '/' || directory === '') return path.replace(/^\//, '');
  return path.startsWith(`${directory}/`) ? path.slice(directory.length + 1) : undefined;
}

const hasGlob = /[*?[]/;

export const isGlob = (path: string): boolean => hasGlob.test(path);

/** The longest directory before the first glob character, and the pattern below it. */
export function splitGlob(path: string): { directory: string; pattern: string } {
  const parts = path.split('/');
  const first = parts.findIndex((part) => hasGlob.test(part));
  if (first === -1) return { directory: path, pattern: '' };
  const directory = parts.slice(0, first).join('/');
  return {
    directory: directory === '' && path.startsWith('/') ? '/' : directory,
    pattern: parts.slice(first).join('/'),
  };
}

/**
 * Whether a name matches a glob of one path component: `*`, `?`, `[…]`, backslash escapes, as Go's
 * `filepath.Match`. Linear in practice: a star is retried from the last position only.
 */
export function matchesComponent(pattern: string, name: string): boolean {
  let at = 0;
  let star = -1;
  let retry = 0;
  let from = 0;
  while (from < name.length) {
    const char = pattern[at];
    if (char === '*') {
      star = at;
      retry = from;
      at += 1;
      continue;
    }
    const end = char === undefined ? -1 : matchOne(pattern, at, name[from] ?? '');
    if (end !== -1) {
      at = end;
      from += 1;
    } else if (star !== -1) {
      at = star + 1;
      retry += 1;
      from = retry;
    } else return false;
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}

/** The position after the pattern item at `at` when it matches `char`, else -1. */
function matchOne(pattern: string, at: number, char: string): number {
  const item = pattern[at];
  if (item === '?') return at + 1;
  if (item === '\\' && at + 1 < pattern.length) return pattern[at + 1] === char ? at + 2 : -1;
  if (item !== '[') return item === char ? at + 1 : -1;
  const close = pattern.indexOf(']', at + 2);
  if (close === -1) return item === char ? at + 1 : -1;
  const negated = pattern[at + 1] === '^' || pattern[at + 1] === '!';
  const set = pattern.slice(at + (negated ? 2 : 1), close);
  let inside = false;
  for (let i = 0; i < set.length; i += 1) {
    const low = set[i] ?? '';
    const high = set[i + 1] === '-' && i + 2 < set.length ? (set[i + 2] ?? low) : low;
    if (char >= low && char <= high) inside = true;
    if (high !== low) i += 2;
  }
  return inside !== negated ? close + 1 : -1;
}

/** Matches a relative path against a glob, component by component; `**` takes any number of them. */
export function matchesGlob(pattern: string, path: string): boolean {
  return matchParts(pattern.split('/'), path.split('/'));
}

/** What fails is tried again from the last `**` on only: the ones before it took enough. */
function matchParts(patterns: readonly string[], parts: readonly string[]): boolean {
  let at = 0;
  let from = 0;
  let star = -1;
  let retry = 0;
  while (from < parts.length) {
    const pattern = patterns[at];
    if (pattern === '**') {
      star = at;
      retry = from;
      at += 1;
    } else if (pattern !== undefined && matchesComponent(pattern, parts[from] ?? '')) {
      at += 1;
      from += 1;
    } else if (star === -1) return false;
    else {
      at = star + 1;
      retry += 1;
      from = retry;
    }
  }
  while (patterns[at] === '**') at += 1;
  return at === patterns.length;
}
