/**
 * BuildKit's `frontend/dockerfile/shell` lexer: expands variables, removes quotes and escapes, and splits
 * into words. It is the one that finds heredocs, too, which is why quirks of its word splitting are kept.
 *
 * Variables have three states: a string, null (not set) and undefined (not known). What depends on an
 * unknown one is unknown.
 */
import { readPattern, replaceMatches, withoutPrefix, withoutSuffix } from './pattern.ts';
import { createSplitter, type LexedWord, type OpenWord } from './split.ts';

/** What a variable is worth: its text, null when it is not set, undefined when that is not known. */
export type Lookup = (name: string) => string | null | undefined;

/** A variable named in a text: offsets of `$NAME` or `${…}` in it, the end exclusive. */
export interface VariableReference {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** `:-`, `-`, `:+`, `+`, `:?`, `?`, `#`, `##`, `%`, `%%`, `/`, `//`; absent for `$NAME` and `${NAME}`. */
  readonly operator?: string;
}

export interface Lexed {
  /** Absent when not known. */
  readonly text?: string;
  /** `text` split at blanks outside quotes. Absent when not known. */
  readonly words?: readonly LexedWord[];
  readonly references: readonly VariableReference[];
  /** Why BuildKit would stop here. */
  readonly fault?: string;
  /** It would be known, were it not so long or so deep. */
  readonly isTooLong?: true;
}

export interface LexOptions {
  readonly escape: '\\' | '`';
  /** `remove` unless said: `keep` leaves quotes in the result, `literal` takes them for ordinary characters. */
  readonly quotes?: 'remove' | 'keep' | 'literal';
  readonly keepEscapes?: boolean;
  /** A variable that is not set stays as it is written. */
  readonly keepUnset?: boolean;
}

/** A piece of the result, undefined when it is not known. */
type Piece = string | undefined;

/** `${a:-${b:-…}}` deeper than this is not followed: the result is unknown. */
const deepest = 100;

/** Characters that variables may add to a text: with those that double again and again there would be no end. */
const mostAdded = 4_096;
/** Characters that `${a/b/c}` may make at worst. */
const mostReplaced = 1_000_000;

const nameStart = /[\p{L}\p{Nd}_]/u;
const digit = /\p{Nd}/u;
const specialParameters = '@*#?-$!0';

export function lex(source: string, lookup: Lookup, options: LexOptions): Lexed {
  const { escape, quotes = 'remove', keepUnset = false } = options;
  const references: VariableReference[] = [];
  // A byte order mark at the start is skipped, as Go's text/scanner does.
  let at = source.charCodeAt(0) === 0xfeff ? 1 : 0;
  let keepEscapes = options.keepEscapes ?? false;
  let depth = 0;
  let failed = false;
  let fault: string | undefined;
  let isTooLong = false;
  const longest = source.length + mostAdded;
  const openWord: OpenWord = { text: '', start: 0 };

  const top = lexUntil(undefined, keepEscapes, false);
  if (failed && fault !== undefined) return { references, fault };
  if (isTooLong) return { references, isTooLong };
  return top.text === undefined ? { references } : { text: top.text, words: top.words, references };

  function fail(message?: string): undefined {
    fault ??= message;
    failed = true;
    return undefined;
  }

  function failModifier(modifier: string): undefined {
    return fail(`unsupported modifier (${modifier}) in substitution`);
  }

  function lexUntil(
    stop: string | undefined,
    raw: boolean,
    pattern: boolean,
  ): { text: Piece; words: readonly LexedWord[] } {
    const outerEscapes = keepEscapes;
    keepEscapes = raw;
    let text: Piece = '';
    const { words, addWhole, addSplit, endWord } = createSplitter(openWord);
    while (at < source.length && !failed) {
      const start = at;
      const character = source[at] ?? '';
      if (character === stop) {
        at += 1;
        endWord(start);
        keepEscapes = outerEscapes;
        return { text, words };
      }
      if (character === '$') {
        const value = lexDollar();
        text = joined(text, value);
        // What is not known any more need not be split.
        if (text !== undefined) addSplit(value ?? '', start);
      } else if (character === '<') {
        const piece = lexLess();
        text = joined(text, piece);
        addWhole(piece, start);
      } else if (quotes !== 'literal' && (character === "'" || character === '"')) {
        const piece = character === "'" ? lexSingleQuoted(pattern) : lexDoubleQuoted(pattern);
        text = joined(text, piece);
        addWhole(piece ?? '', start);
      } else if (character === escape) {
        const escaped = source[at + 1] ?? '';
        const piece = (keepEscapes ? character : '') + escaped;
        at += 2;
        text = joined(text, piece);
        addWhole(piece, start);
      } else {
        at += 1;
        text = joined(text, character);
        addSplit(character, start);
      }
    }
    keepEscapes = outerEscapes;
    if (!failed && stop !== undefined) fail(`unexpected end of statement while looking for matching ${stop}`);
    endWord(source.length);
    return { text: failed ? undefined : text, words };
  }

  /** `<<` swallows the blanks after it, so that `<< EOF` is one word. */
  function lexLess(): string {
    const start = at;
    at += 1;
    if (source[at] !== '<') return '<';
    at += 1;
    while (source[at] === ' ' || source[at] === '\t' || source[at] === '\r') at += 1;
    return source.slice(start, at);
  }

  function lexSingleQuoted(pattern: boolean): Piece {
    const end = source.indexOf("'", at + 1);
    if (end === -1) {
      at = source.length;
      return fail('unexpected end of statement while looking for matching single-quote');
    }
    const inner = source.slice(at + 1, end);
    at = end + 1;
    const kept = pattern ? inner.replaceAll(escape, escape + escape) : inner;
    return quotes === 'keep' ? `'${kept}'` : kept;
  }

  function lexDoubleQuoted(pattern: boolean): Piece {
    let text: Piece = quotes === 'keep' ? '"' : '';
    at += 1;
    while (at < source.length && !failed) {
      const character = source[at] ?? '';
      if (character === '"') {
        at += 1;
        return quotes === 'keep' ? joined(text, '"') : text;
      }
      if (character === '$') {
        text = joined(text, lexDollar());
        continue;
      }
      at += 1;
      if (character !== escape) {
        text = joined(text, character);
        continue;
      }
      const next = source[at];
      if (next === undefined) break;
      if (next === '"' || next === '$' || next === escape) {
        at += 1;
        text = joined(text, (keepEscapes ? character : '') + next);
      } else text = joined(text, keepEscapes && (quotes !== 'keep' || pattern) ? character + character : character);
    }
    return fail('unexpected end of statement while looking for matching double-quote');
  }

  function lexDollar(): Piece {
    const start = at;
    at += 1;
    if (source[at] !== '{') {
      const name = lexName();
      if (name === '') return '$';
      references.push({ name, start, end: at });
      const value = lookup(name);
      return value === null ? (keepUnset ? `$${name}` : '') : value;
    }
    at += 1;
    const first = source[at];
    if (first === undefined) return fail("syntax error: missing '}'");
    if (first === '{' || first === '}' || first === ':') return fail('syntax error: bad substitution');
    depth += 1;
    if (depth > deepest) isTooLong = true;
    const value = depth > deepest ? fail() : lexBraces(start);
    depth -= 1;
    return value;
  }

  function lexBraces(start: number): Piece {
    const name = lexName();
    const opening = source[at] ?? '';
    at += 1;
    const index = references.length;
    const note = (operator?: string) => {
      const reference = { name, start, end: at };
      references.splice(index, 0, operator === undefined ? reference : { ...reference, operator });
    };
    if (opening === '}') {
      note();
      const value = lookup(name);
      return value === null ? (keepUnset ? `\${${name}}` : '') : value;
    }
    if (opening === '/') {
      const all = source[at] === '/';
      if (all) at += 1;
      const pattern = lexOperand('/', true, true, "syntax error: missing '/' in ${}");
      const replacement = lexOperand('}', true, false, "syntax error: missing '}'");
      note(all ? '//' : '/');
      if (failed) return undefined;
      const value = lookup(name);
      if (value === null && keepUnset) return known([pattern, replacement], (p, r) => `\${${name}/${p}/${r}}`);
      return known([pattern, replacement, value ?? (value === null ? '' : undefined)], (p, r, v) =>
        replaced(p, r, v, all),
      );
    }
    if (opening === '') return fail("syntax error: missing '}'");
    const colon = opening === ':' ? ':' : '';
    const sign = colon === '' ? opening : (source[at] ?? '');
    if (colon !== '') at += sign.length;
    const trims = sign === '#' || sign === '%';
    const unsupported = sign === '' || !'+-?#%'.includes(sign);
    if ((trims && colon !== '') || (unsupported && colon === '')) return failModifier(colon + sign);
    const longest = trims && source[at] === sign;
    const word = lexOperand('}', trims, trims, "syntax error: missing '}'");
    note(colon + sign + (longest ? sign : ''));
    if (failed) return undefined;
    const value = lookup(name);
    if (value === null && keepUnset) return known([word], (w) => `\${${name}${colon}${sign}${w}}`);
    if (unsupported) return failModifier(colon + sign);
    return substitute(name, sign, colon !== '', value, word);
  }

  function lexOperand(stop: string, raw: boolean, pattern: boolean, unterminated: string): Piece {
    if (failed) return undefined;
    const { text } = lexUntil(stop, raw, pattern);
    if (failed && fault !== undefined && at >= source.length) fault = unterminated;
    return text;
  }

  function substitute(name: string, sign: string, nullIsUnset: boolean, value: Piece | null, word: Piece): Piece {
    if (value === undefined) return undefined;
    const missing = value === null || (nullIsUnset && value === '');
    if (sign === '-') return missing ? word : (value ?? '');
    if (sign === '+') return missing ? '' : word;
    if (sign === '?') {
      if (!missing) return value ?? '';
      const standing = value === null ? 'is not allowed to be unset' : 'is not allowed to be empty';
      return fail(`${name}: ${word === undefined || word === '' ? standing : word}`);
    }
    return known([word], (operand) => {
      const longest = operand.startsWith(sign);
      const pattern = readPattern(longest ? operand.slice(1) : operand);
      if (pattern === undefined) return fail(`invalid pattern (${operand}) in substitution`);
      const trim = sign === '%' ? withoutSuffix : withoutPrefix;
      return trim(pattern, value ?? '', longest);
    });
  }

  function replaced(patternText: string, replacement: string, value: string, all: boolean): Piece {
    const pattern = readPattern(patternText);
    if (pattern === undefined) return fail(`invalid pattern (${patternText}) in substitution`);
    // Go reads `$name` in the replacement of `//` as a group of the match.
    if (all && replacement.includes('$')) return undefined;
    if (replacement.length * (value.length + 1) > mostReplaced) return undefined;
    return replaceMatches(pattern, value, replacement, all);
  }

  function joined(left: Piece, right: Piece): Piece {
    if (left === undefined || right === undefined) return undefined;
    if (left.length + right.length > longest) {
      isTooLong = true;
      return undefined;
    }
    return left + right;
  }

  function lexName(): string {
    const start = at;
    const first = characterAt(at);
    if (digit.test(first)) while (digit.test(characterAt(at))) at += characterAt(at).length;
    else if (first !== '' && specialParameters.includes(first)) at += 1;
    else while (nameStart.test(characterAt(at))) at += characterAt(at).length;
    return source.slice(start, at);
  }

  function characterAt(index: number): string {
    const code = source.codePointAt(index);
    return code === undefined ? '' : String.fromCodePoint(code);
  }
}

/** `combine` over pieces that are all known, else unknown. */
function known(pieces: readonly Piece[], combine: (...texts: string[]) => Piece): Piece {
  const texts = pieces.filter((piece) => piece !== undefined);
  return texts.length === pieces.length ? combine(...texts) : undefined;
}
