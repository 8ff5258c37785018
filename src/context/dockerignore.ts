/**
 * .dockerignore: which paths of the context the build never sees.
 *
 * Own code, since the library for it, @balena/dockerignore 1.0.2, follows a moby of 2020: of 2,349 ignore
 * files that BuildKit accepts (`fixtures/context/moby.json`) it judged 89 otherwise, threw on 12, never
 * ignored a file called `constructor`, and takes exponential time on a line with many `**`. It also needs
 * Node.js, and the engine must run without.
 *
 * Lines are read as github.com/moby/patternmatcher/ignorefile reads them and judged in the order in which
 * BuildKit's client walks the context (github.com/tonistiigi/fsutil, `filterFS.Walk`), parents first.
 */
import type { PathTest } from './expression.ts';
import { readIgnorePattern } from './ignore-pattern.ts';
import { cleanPath } from './path.ts';

export interface IgnoreFile {
  /** Whether it takes a path, relative to the context root; a directory that is taken may still hold what `!` brings back. */
  ignores(path: string): boolean;
  /** Whether something below a directory that is ignored may be brought back. */
  mayKeepBelow(directory: string): boolean;
}

interface Pattern {
  readonly matches: PathTest;
  /** `!`: brings back what it matches. */
  readonly exception: boolean;
  /** As far as it is plain text. */
  readonly prefix: string;
}

/** What the walk knows of a directory when it looks at the names in it. */
interface Visited {
  readonly ignored: boolean;
  /** By pattern: whether it matched here or above. */
  readonly matched: readonly boolean[];
  /** The walk does not go into it. */
  readonly closed: boolean;
}

/** Reads the text of a .dockerignore file. Lines that end a build with an error are left out. */
export function readIgnoreFile(text: string): IgnoreFile {
  const patterns = readPatterns(text);
  const exceptions = patterns.filter((pattern) => pattern.exception);
  const plainExceptions = exceptions.every(({ prefix }) => !/[*[\]?^\\]/.test(prefix));
  const directories = new Map<string, Visited>();

  const visit = (path: string, parent: Visited | undefined): Visited => {
    if (parent?.closed) return parent;
    const { ignored, matched } = judge(patterns, path, parent?.matched);
    const closed = ignored && plainExceptions && !exceptions.some(({ prefix }) => `${prefix}/`.startsWith(`${path}/`));
    return { ignored, matched, closed };
  };
  const visitAll = (path: string): Visited | undefined => {
    let parent: Visited | undefined;
    for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
      const directory = path.slice(0, slash);
      const known = directories.get(directory) ?? visit(directory, parent);
      directories.set(directory, known);
      parent = known;
    }
    return visit(path, parent);
  };
  if (patterns.length === 0) return { ignores: () => false, mayKeepBelow: () => true };
  return {
    ignores: (path) => path !== '' && visitAll(path)?.ignored === true,
    mayKeepBelow: (directory) => directory === '' || visitAll(directory)?.closed !== true,
  };
}

/** `PatternMatcher.MatchesUsingParentResults`: the last match wins, and what matched above matches here. */
function judge(
  patterns: readonly Pattern[],
  path: string,
  above: readonly boolean[] | undefined,
): { readonly ignored: boolean; readonly matched: readonly boolean[] } {
  let ignored = false;
  const matched: boolean[] = [];
  for (const [index, { matches, exception }] of patterns.entries()) {
    // A pattern that cannot change the verdict is not tried, and then counts as unmatched further down.
    const match = above?.[index] === true || (exception === ignored && matches(path));
    matched.push(match);
    if (match) ignored = !exception;
  }
  return { ignored, matched };
}

/** `ignorefile.ReadAll`, then `patternmatcher.New`. */
function readPatterns(text: string): readonly Pattern[] {
  const patterns: Pattern[] = [];
  for (const line of text.replace(/^\uFEFF/, '').split('\n')) {
    if (line.startsWith('#')) continue;
    const trimmed = trimSpace(line);
    if (trimmed === '') continue;
    const inverted = trimmed.startsWith('!');
    const path = relative(inverted ? trimSpace(trimmed.slice(1)) : trimmed);
    const cleaned = cleanPath(trimSpace(inverted ? `!${path}` : path));
    const exception = cleaned.startsWith('!');
    const pattern = exception ? cleaned.slice(1) : cleaned;
    const matches = pattern === '' ? undefined : readIgnorePattern(pattern);
    if (matches !== undefined)
      patterns.push({ matches, exception, prefix: pattern.replace(/\/\*\*$/, '').replace(/\/\*$/, '') });
  }
  return patterns;
}

/** Cleaned, and a leading slash taken off. */
function relative(path: string): string {
  if (path === '') return '';
  const cleaned = cleanPath(path);
  return cleaned.length > 1 && cleaned.startsWith('/') ? cleaned.slice(1) : cleaned;
}

/** What Go counts as white space; not U+FEFF, which JavaScript's `trim` takes as well. */
const isSpace = (character: string | undefined): boolean =>
  character !== undefined && /^(?:\u0085|(?!\uFEFF)\s)$/.test(character);

/** Go's `strings.TrimSpace`. */
function trimSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text[start])) start += 1;
  while (end > start && isSpace(text[end - 1])) end -= 1;
  return text.slice(start, end);
}
