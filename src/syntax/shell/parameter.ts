/** What the operators of parameter expansion make of a value. */
import { matchesPattern, type Pattern } from './pattern.ts';

/** Longer values are not searched for patterns: every prefix of them would be tried. */
const longestSearched = 1_000;
/** The same where a pattern may begin at any character. */
const longestReplaced = 200;

/** `${NAME#pattern}` and its like: the value without the shortest or longest prefix or suffix that matches. */
export function removeMatch(value: string, operator: '#' | '##' | '%' | '%%', pattern: Pattern): string | undefined {
  const characters = [...value];
  if (characters.length > longestSearched) return undefined;
  const size = characters.length;
  const shortest = operator.length === 1;
  for (let step = 0; step <= size; step += 1) {
    const taken = shortest ? step : size - step;
    const prefix = operator.startsWith('#');
    const part = prefix ? characters.slice(0, taken) : characters.slice(size - taken);
    if (matchesPattern(pattern, part))
      return (prefix ? characters.slice(taken) : characters.slice(0, size - taken)).join('');
  }
  return value;
}

/** `${NAME/pattern/replacement}` and its like. */
export function replaceMatches(
  value: string,
  operator: '/' | '//' | '/#' | '/%',
  pattern: Pattern,
  replacement: string,
): string | undefined {
  const characters = [...value];
  // In bash 5.2 and later an unquoted `&` stands for what matched, in earlier versions for itself.
  if (characters.length > longestReplaced || replacement.includes('&')) return undefined;
  if (pattern.length === 0) return value;
  let result = '';
  let at = 0;
  while (at < characters.length) {
    const length = longestMatch(pattern, characters, at, operator === '/%');
    if (length === undefined || length === 0 || (operator === '/#' && at > 0)) {
      result += characters[at] ?? '';
      at += 1;
      continue;
    }
    result += replacement;
    at += length;
    if (operator !== '//') break;
  }
  return result + characters.slice(at).join('');
}

/** How many characters from `start` on match, the most possible; with `toEnd` only all that are left count. */
function longestMatch(
  pattern: Pattern,
  characters: readonly string[],
  start: number,
  toEnd: boolean,
): number | undefined {
  const fixed = pattern.includes('*') ? undefined : pattern.length;
  const rest = characters.length - start;
  if (fixed !== undefined) {
    if (fixed > rest || (toEnd && fixed !== rest)) return undefined;
    return matchesPattern(pattern, characters.slice(start, start + fixed)) ? fixed : undefined;
  }
  for (let length = rest; length >= (toEnd ? rest : 0); length -= 1)
    if (matchesPattern(pattern, characters.slice(start, start + length))) return length;
  return undefined;
}

/** `${NAME:offset:length}` with numbers for both; undefined for any other arithmetic. */
export function slice(value: string, range: string): string | undefined {
  const match = /^\s*\(?(-?\d{1,9})\)?\s*(?::\s*(-?\d{1,9})\s*)?$/.exec(range);
  if (match === null) return undefined;
  const characters = [...value];
  const offset = Number(match[1]);
  const start = offset < 0 ? characters.length + offset : offset;
  if (start < 0 || start > characters.length) return '';
  if (match[2] === undefined) return characters.slice(start).join('');
  const length = Number(match[2]);
  if (length < 0 && characters.length + length < start) return undefined;
  return characters.slice(start, length < 0 ? characters.length + length : start + length).join('');
}

/** `${NAME^^}` and `${NAME,,}`; the single forms change the first character only. */
export function changeCase(value: string, operator: '^' | '^^' | ',' | ',,'): string {
  const upper = operator.startsWith('^');
  const end = operator.length === 1 ? 1 : value.length;
  const changed = value.slice(0, end);
  return (upper ? changed.toUpperCase() : changed.toLowerCase()) + value.slice(end);
}
