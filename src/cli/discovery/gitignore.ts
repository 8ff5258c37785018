/**
 * Patterns of a .gitignore file, as git matches them (gitignore(5)). Each entry of a folder is judged by itself, from
 * the nearest file up: `lib/` of the root and `!lib/` of a package go together as they do in git, which a library
 * that judges whole paths file by file cannot say.
 */

import { type CharacterClass, type PathPattern, readPathPattern } from '../../context/index.ts';

/** `undefined`: says nothing of it. */
export type IgnoreVerdict = 'ignored' | 'kept' | undefined;

export interface IgnorePatterns {
  /** What the last pattern that matches says. `path`: relative to the folder of the patterns, with `/`. */
  verdict(path: string, isFolder: boolean): IgnoreVerdict;
}

interface Pattern {
  readonly keeps: boolean;
  readonly foldersOnly: boolean;
  takes(names: readonly string[], name: string): boolean;
}

/** Reads the lines of a .gitignore file; a pattern that git cannot match counts for nothing. */
export function readIgnorePatterns(lines: readonly string[]): IgnorePatterns {
  const patterns = lines.flatMap((line) => readPattern(line) ?? []).reverse();
  return {
    verdict(path, isFolder) {
      const names = path.split('/');
      const name = names.at(-1) ?? '';
      const found = patterns.find((pattern) => (isFolder || !pattern.foldersOnly) && pattern.takes(names, name));
      return found === undefined ? undefined : found.keeps ? 'kept' : 'ignored';
    },
  };
}

export const ignoreLines = (text: string): readonly string[] => text.replace(/^\ufeff/, '').split(/\r?\n/);

function readPattern(line: string): Pattern | undefined {
  if (line.startsWith('#')) return undefined;
  const keeps = line.startsWith('!');
  const written = withoutSpaces(keeps ? line.slice(1) : line);
  const foldersOnly = written.endsWith('/');
  const text = foldersOnly ? written.slice(0, -1) : written;
  if (text === '') return undefined;
  if (!text.includes('/')) {
    const takesName = readSegment(text);
    return takesName && { keeps, foldersOnly, takes: (_, name) => takesName(name) };
  }
  const segments: Segment[] = [];
  // A slash parts names behind a backslash, too.
  const path = text.replace(/^\//, '').replace(/\\(.)/g, (pair, next) => (next === '/' ? next : pair));
  for (const part of path.split('/')) {
    const segment = part === '**' ? anyDepth : readSegment(part);
    if (segment === undefined) return undefined;
    segments.push(segment);
  }
  return { keeps, foldersOnly, takes: (names) => takesPath(segments, names) };
}

/** Spaces at the end count only behind a backslash. */
function withoutSpaces(text: string): string {
  let end = text.length;
  while (text[end - 1] === ' ') end -= 1;
  const slashes = /(?<!\\)\\*$/.exec(text.slice(0, end))?.[0].length ?? 0;
  return text.slice(0, slashes % 2 === 1 ? end + 1 : end);
}

const anyDepth = Symbol('**');
type Segment = typeof anyDepth | ((name: string) => boolean);

/** `**` takes any number of folders; at the end, all that is inside, which is one name at least. */
function takesPath(segments: readonly Segment[], names: readonly string[]): boolean {
  let reached = new Set([0]);
  for (const [at, segment] of segments.entries()) {
    const next = new Set<number>();
    if (segment !== anyDepth) {
      for (const from of reached) if (from < names.length && segment(names[from] ?? '')) next.add(from + 1);
    } else {
      const least = at === segments.length - 1 ? 1 : 0;
      for (let to = Math.min(...reached) + least; to <= names.length; to += 1) next.add(to);
    }
    if (next.size === 0) return false;
    reached = next;
  }
  return reached.has(names.length);
}

/** The test of one name; undefined for a pattern that matches nothing: an open class, a backslash at the end. */
const readSegment = (text: string): PathPattern | undefined =>
  /[*?[\\]/.test(text) ? readPathPattern(text, readClass) : (name) => name === text;

const namedClasses: ReadonlyMap<string, RegExp> = new Map([
  ['alnum', /[a-z0-9]/i],
  ['alpha', /[a-z]/i],
  ['blank', /[ \t]/],
  ['digit', /\d/],
  ['lower', /[a-z]/],
  ['punct', /[!-/:-@[-`{-~]/],
  ['space', /[ \t\n\v\f\r]/],
  ['upper', /[A-Z]/],
  ['xdigit', /[\da-f]/i],
]);

/** `[a-z]`, `[!a-z]`, `[^a-z]`, `[[:digit:]]`; `start` is behind the bracket, `last` is the closing one. */
function readClass(characters: readonly string[], start: number): CharacterClass | undefined {
  const negated = characters[start] === '!' || characters[start] === '^';
  const first = negated ? start + 1 : start;
  const tests: ((character: string) => boolean)[] = [];
  let at = first;
  while (characters[at] !== ']' || at === first) {
    const name = characters[at] === '[' && characters[at + 1] === ':' ? nameAt(characters, at + 2) : undefined;
    if (name !== undefined) {
      const named = namedClasses.get(name);
      if (named === undefined) return undefined;
      tests.push((character) => named.test(character));
      at += name.length + 4;
      continue;
    }
    if (characters[at] === '\\') at += 1;
    const low = characters[at];
    if (low === undefined) return undefined;
    let high = low;
    if (characters[at + 1] === '-' && characters[at + 2] !== undefined && characters[at + 2] !== ']') {
      at += characters[at + 2] === '\\' ? 3 : 2;
      high = characters[at] ?? '';
    }
    tests.push((character) => low <= character && character <= high);
    at += 1;
  }
  return { takes: (character) => tests.some((test) => test(character)) !== negated, last: at };
}

function nameAt(characters: readonly string[], start: number): string | undefined {
  const end = characters.indexOf(']', start);
  const name = characters.slice(start, end - 1).join('');
  return end > start && characters[end - 1] === ':' ? name : undefined;
}
