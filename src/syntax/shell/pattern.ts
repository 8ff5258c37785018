/** Shell patterns (`*`, `?`, `[…]`), as in `case`, `${NAME%pattern}` and `[[ … == pattern ]]`. */

/** A pattern as single matchers; `*` is the only one that takes any number of characters. */
export type Pattern = readonly ('*' | ((character: string) => boolean))[];

/** One character of a pattern, or text that stands for itself. */
export type PatternPiece = { readonly literal: string } | { readonly glob: string };

/** Undefined for what has no plain pattern: extended globs and malformed brackets. */
export function compilePattern(pieces: readonly PatternPiece[]): Pattern | undefined {
  const pattern: ('*' | ((character: string) => boolean))[] = [];
  for (const piece of pieces) {
    if ('literal' in piece) for (const wanted of piece.literal) pattern.push((character) => character === wanted);
    else if (piece.glob === '*') pattern.push('*');
    else if (piece.glob === '?') pattern.push(() => true);
    else {
      const bracket = readBracket(piece.glob);
      if (bracket === undefined) return undefined;
      pattern.push(bracket);
    }
  }
  return pattern;
}

const classes: ReadonlyMap<string, RegExp> = new Map([
  ['alpha', /^\p{L}$/u],
  ['digit', /^[0-9]$/],
  ['alnum', /^[\p{L}0-9]$/u],
  ['upper', /^\p{Lu}$/u],
  ['lower', /^\p{Ll}$/u],
  ['space', /^\s$/u],
  ['blank', /^[ \t]$/],
  ['punct', /^[!-/:-@[-`{-~]$/],
  ['xdigit', /^[0-9A-Fa-f]$/],
]);

function readBracket(text: string): ((character: string) => boolean) | undefined {
  const inner = /^\[([!^]?)(.+)\]$/su.exec(text);
  if (inner === null) return undefined;
  const [, negation = '', set = ''] = inner;
  const tests: ((character: string) => boolean)[] = [];
  const characters = [...set];
  for (let at = 0; at < characters.length; at += 1) {
    const first = characters[at] ?? '';
    if (first === '[' && /^[:.=]$/.test(characters[at + 1] ?? '')) {
      const named = /^\[:([a-z]+):\]/.exec(characters.slice(at, at + 12).join(''));
      const matches = classes.get(named?.[1] ?? '');
      if (named === null || matches === undefined) return undefined;
      tests.push((character) => matches.test(character));
      at += named[0].length - 1;
    } else if (first === '\\' || first === '$' || first === '`' || first === '"' || first === "'") {
      return undefined;
    } else if (characters[at + 1] === '-' && at + 2 < characters.length) {
      const last = characters[at + 2] ?? '';
      tests.push((character) => character >= first && character <= last);
      at += 2;
    } else tests.push((character) => character === first);
  }
  const wanted = negation === '';
  return (character) => tests.some((matches) => matches(character)) === wanted;
}

/** Whether the whole of `characters` matches. Takes time in proportion to the product of both lengths at most. */
export function matchesPattern(pattern: Pattern, characters: readonly string[]): boolean {
  let at = 0;
  let piece = 0;
  let star = -1;
  let resume = 0;
  while (at < characters.length) {
    const matcher = pattern[piece];
    if (matcher === '*') {
      star = piece;
      resume = at;
      piece += 1;
    } else if (matcher?.(characters[at] ?? '') === true) {
      at += 1;
      piece += 1;
    } else if (star !== -1) {
      resume += 1;
      at = resume;
      piece = star + 1;
    } else return false;
  }
  while (pattern[piece] === '*') piece += 1;
  return piece === pattern.length;
}
