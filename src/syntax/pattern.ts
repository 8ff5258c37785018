/**
 * Shell patterns of `${x#p}`, `${x%p}` and `${x/p/r}` as BuildKit has them: `*`, `?`, backslash before
 * one of `* ? \ } /`; brackets are ordinary characters. Matched without backtracking.
 */

type Token = string | typeof anyOne | typeof anyRun;
const anyOne = Symbol('?');
const anyRun = Symbol('*');

/** Work that one match may take, in pattern tokens times characters. Past it the result is not known. */
const mostWork = 4_000_000;

export type Pattern = readonly Token[];

/** Undefined when a backslash stands before anything else, which BuildKit refuses. */
export function readPattern(text: string): Pattern | undefined {
  const characters = [...text];
  const tokens: Token[] = [];
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? '';
    const next = characters[at + 1] ?? '';
    if (character === '*') tokens.push(anyRun);
    else if (character === '?') tokens.push(anyOne);
    else if (character !== '\\') tokens.push(character);
    else if (next === '}' || next === '/') continue;
    else if (next === '*' || next === '?' || next === '\\') {
      tokens.push(next);
      at += 1;
    } else return undefined;
  }
  return tokens;
}

/** `value` without the shortest or longest beginning that matches; undefined when that takes too long to find. */
export function withoutPrefix(pattern: Pattern, value: string, longest: boolean): string | undefined {
  const characters = [...value];
  if (!affordable(pattern, characters, 1)) return undefined;
  const end = matchEnd(pattern, characters, 0, longest);
  return end === undefined ? value : characters.slice(end).join('');
}

/** `value` without the shortest or longest ending that matches; undefined when that takes too long to find. */
export function withoutSuffix(pattern: Pattern, value: string, longest: boolean): string | undefined {
  const characters = [...value].reverse();
  if (!affordable(pattern, characters, 1)) return undefined;
  const end = matchEnd([...pattern].reverse(), characters, 0, longest);
  return end === undefined ? value : characters.slice(end).reverse().join('');
}

/**
 * `value` with the first match, or every match, replaced; matches are the leftmost and longest.
 * Undefined when that takes too long to find.
 */
export function replaceMatches(pattern: Pattern, value: string, replacement: string, all: boolean): string | undefined {
  const characters = [...value];
  if (!affordable(pattern, characters, characters.length)) return undefined;
  let result = '';
  let at = 0;
  let previousEnd = -1;
  while (at <= characters.length) {
    const end = matchEnd(pattern, characters, at, true);
    const empty = end === at;
    if (end !== undefined && !(empty && previousEnd === at)) {
      result += replacement;
      if (!all) return result + characters.slice(end).join('');
      previousEnd = end;
    }
    if (end === undefined || empty) {
      result += characters[at] ?? '';
      at += 1;
    } else at = end;
  }
  return result;
}

function affordable(pattern: Pattern, characters: readonly string[], starts: number): boolean {
  return (pattern.length + 1) * (characters.length + 1) * Math.max(starts, 1) <= mostWork;
}

/** Where a match that starts at `from` ends. A `*` and a `?` match no line feed. */
function matchEnd(pattern: Pattern, characters: readonly string[], from: number, longest: boolean): number | undefined {
  let reached = closure(pattern, new Set([0]));
  let end: number | undefined;
  for (let at = from; ; at += 1) {
    if (reached.has(pattern.length)) {
      end = at;
      if (!longest) return end;
    }
    const character = characters[at];
    if (character === undefined || reached.size === 0) return end;
    const next = new Set<number>();
    for (const index of reached) {
      const token = pattern[index];
      if (token === anyRun && character !== '\n') next.add(index);
      else if ((token === anyOne && character !== '\n') || token === character) next.add(index + 1);
    }
    reached = closure(pattern, next);
  }
}

/** The positions reachable without a character: past every `*`. Sets visit what is added while they are walked. */
function closure(pattern: Pattern, positions: Set<number>): Set<number> {
  for (const index of positions) if (pattern[index] === anyRun) positions.add(index + 1);
  return positions;
}
