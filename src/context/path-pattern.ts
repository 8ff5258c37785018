/**
 * Go's `filepath.Match`: `*` and `?` stay within a path component, `[a-z]`, `[^a-z]`, backslash escapes.
 * Matched without recursion; a star is retried from the last position only, as Go does it.
 */

/** A star, or what one character must be. */
type Element = typeof star | ((character: string) => boolean);
const star = Symbol('*');

export type PathPattern = (path: string) => boolean;

/**
 * Undefined for a pattern that Go refuses: an open or empty class, a backslash at the end. Other languages of patterns
 * differ in their classes: `readClass` reads one from behind its bracket.
 */
export function readPathPattern(text: string, readClass: ReadClass = readGoClass): PathPattern | undefined {
  const characters = [...text];
  const elements: Element[] = [];
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? '';
    if (character === '*') elements.push(star);
    else if (character === '?') elements.push((each) => each !== '/');
    else if (character === '[') {
      const read = readClass(characters, at + 1);
      if (read === undefined) return undefined;
      elements.push(read.takes);
      at = read.last;
    } else {
      if (character === '\\') at += 1;
      const literal = characters[at];
      if (literal === undefined) return undefined;
      elements.push((each) => each === literal);
    }
  }
  return (path) => matches(elements, [...path]);
}

export interface CharacterClass {
  readonly takes: (character: string) => boolean;
  /** Index of the closing bracket. */
  readonly last: number;
}

export type ReadClass = (characters: readonly string[], start: number) => CharacterClass | undefined;

function readGoClass(characters: readonly string[], start: number): CharacterClass | undefined {
  const negated = characters[start] === '^';
  const ranges: (readonly [number, number])[] = [];
  let at = negated ? start + 1 : start;
  while (characters[at] !== ']' || ranges.length === 0) {
    const low = readMember(characters, at);
    if (low === undefined) return undefined;
    const high = characters[low.next] === '-' ? readMember(characters, low.next + 1) : low;
    if (high === undefined) return undefined;
    ranges.push([low.code, high.code]);
    at = high.next;
  }
  const takes = (character: string): boolean => {
    const code = character.codePointAt(0) ?? 0;
    return ranges.some(([low, high]) => low <= code && code <= high) !== negated;
  };
  return { takes, last: at };
}

function readMember(characters: readonly string[], at: number): { code: number; next: number } | undefined {
  const first = characters[at];
  if (first === undefined || first === '-' || first === ']') return undefined;
  const place = first === '\\' ? at + 1 : at;
  const code = characters[place]?.codePointAt(0);
  return code === undefined ? undefined : { code, next: place + 1 };
}

function matches(elements: readonly Element[], characters: readonly string[]): boolean {
  let element = 0;
  let at = 0;
  /** Where the last star stands and how far it has reached. */
  let retry: { element: number; at: number } | undefined;
  while (at < characters.length || element < elements.length) {
    const wanted = elements[element];
    if (wanted === star) {
      retry = { element, at };
      element += 1;
      continue;
    }
    const character = characters[at];
    if (character !== undefined && wanted?.(character) === true) {
      element += 1;
      at += 1;
      continue;
    }
    if (retry === undefined || (characters[retry.at] ?? '/') === '/') return false;
    retry = { element: retry.element, at: retry.at + 1 };
    element = retry.element + 1;
    at = retry.at;
  }
  return true;
}
