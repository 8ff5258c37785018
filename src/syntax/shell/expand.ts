/** What the words of a script come to when the shell expands them. */
import { expandBraces } from './brace.ts';
import type { ShellWord, ShellWordPart } from './command.ts';
import { compilePattern, matchesPattern, type Pattern, type PatternPiece } from './pattern.ts';

/** The text of a variable; null where it is certainly not set (it expands to nothing), undefined where it is not known. */
export type VariableLookup = (name: string) => string | null | undefined;

/** Longer values are not searched for patterns: every prefix of them would be tried. */
const longestSearched = 1_000;
/** The same where a pattern may begin at any character. */
const longestReplaced = 200;

/** Set by the shell itself when it starts or while it runs: not known, where nothing else sets them. */
const ownVariables: ReadonlySet<string> = new Set([
  ...[
    '_',
    'PWD',
    'OLDPWD',
    'IFS',
    'PPID',
    'OPTIND',
    'OPTARG',
    'REPLY',
    'RANDOM',
    'SRANDOM',
    'SECONDS',
    'LINENO',
    'UID',
    'EUID',
  ],
  ...['GROUPS', 'HOSTNAME', 'HOSTTYPE', 'MACHTYPE', 'OSTYPE', 'SHLVL', 'SHELL', 'BASH', 'BASHPID', 'BASH_VERSION'],
  ...[
    'BASH_SOURCE',
    'BASH_COMMAND',
    'FUNCNAME',
    'PIPESTATUS',
    'DIRSTACK',
    'EPOCHSECONDS',
    'EPOCHREALTIME',
    'HOME',
    'PATH',
  ],
]);

/** A variable's value; positional and special parameters are not known. */
export function valueOf(name: string, lookup: VariableLookup): string | null | undefined {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return undefined;
  const value = lookup(name);
  return value === null && ownVariables.has(name) ? undefined : value;
}

/**
 * The one text that a word comes to where it is not split: an assigned value, a redirect's target, a word of
 * `case` or `[[`. Undefined when a substitution, a glob, braces or an unknown variable stand in it. A `~` stays.
 */
export function expandShellWord(word: ShellWord, lookup: VariableLookup): string | undefined {
  let text = '';
  for (const part of word.parts) {
    const value = expandPart(part, lookup);
    if (value === undefined) return undefined;
    text += value;
  }
  return text;
}

export interface ExpandOptions {
  /** What becomes of `*`, `?` and `[…]`: `keep` leaves them as they are written. They make a word unknown otherwise. */
  readonly globs?: 'keep';
  /** `keep` for shells that do not know brace expansion (dash, busybox). */
  readonly braces?: 'keep';
}

/**
 * The words that a command gets for a word: none for an unquoted variable without a value, several for braces
 * and for an unquoted variable with blanks in it. Undefined when they are not known.
 */
export function expandShellWords(
  word: ShellWord,
  lookup: VariableLookup,
  options: ExpandOptions = {},
): readonly string[] | undefined {
  if (word.text !== undefined) return [word.text];
  let heads: readonly string[] = [''];
  const finished: string[] = [];
  let present = false;
  for (const part of word.parts) {
    if (part.kind === 'brace' && options.braces !== 'keep') {
      const texts = expandBraces(part.text);
      if (texts === undefined || heads.length * texts.length > 1_000) return undefined;
      heads = heads.flatMap((head) => texts.map((text) => head + text));
      present = true;
      continue;
    }
    const text = isKept(part, options) ? part.text : expandPart(part, lookup);
    if (text === undefined) return undefined;
    if (part.kind !== 'parameter' || part.quoted) {
      heads = heads.map((head) => head + text);
      present = true;
      continue;
    }
    const fields = text.split(/[ \t\n]+/);
    if (fields.length > 1 && heads.length > 1) return undefined;
    if (/[*?[]/.test(text) && options.globs !== 'keep') return undefined;
    const [first = '', ...others] = fields;
    const last = others.pop();
    heads = heads.map((head) => head + first);
    present ||= first !== '';
    if (last === undefined) continue;
    if (present) finished.push(...heads);
    finished.push(...others);
    heads = [last];
    present = last !== '';
  }
  return present ? [...finished, ...heads] : finished;
}

const isKept = (
  part: ShellWordPart,
  options: ExpandOptions,
): part is ShellWordPart & { readonly kind: 'glob' | 'brace' } =>
  (part.kind === 'glob' && options.globs === 'keep') || (part.kind === 'brace' && options.braces === 'keep');

function expandPart(part: ShellWordPart, lookup: VariableLookup): string | undefined {
  if (part.kind === 'literal') return part.text;
  if (part.kind !== 'parameter') return undefined;
  const value = valueOf(part.name, lookup);
  const { operator, operand } = part;
  if (operator === undefined) return value === null ? '' : value;
  switch (operator) {
    case '-':
    case '=':
      return value === null ? expandOperand(operand, lookup) : value;
    case ':-':
    case ':=':
      return value === null || value === '' ? expandOperand(operand, lookup) : value;
    case '+':
      return value === undefined ? emptyOperand(operand) : value === null ? '' : expandOperand(operand, lookup);
    case ':+':
      if (value === undefined) return emptyOperand(operand);
      return value === null || value === '' ? '' : expandOperand(operand, lookup);
    case '?':
      return value ?? undefined;
    case ':?':
      return value === null || value === '' ? undefined : value;
    case 'length':
      return value === undefined ? undefined : String([...(value ?? '')].length);
    default:
      return value === undefined ? undefined : transform(value ?? '', operator, operand, lookup);
  }
}

const expandOperand = (operand: ShellWord | undefined, lookup: VariableLookup): string | undefined =>
  operand === undefined ? '' : expandShellWord(operand, lookup);

/** `${NAME:+}` is empty whatever NAME is. */
const emptyOperand = (operand: ShellWord | undefined): string | undefined =>
  operand === undefined || operand.text === '' ? '' : undefined;

function transform(
  value: string,
  operator: string,
  operand: ShellWord | undefined,
  lookup: VariableLookup,
): string | undefined {
  switch (operator) {
    case '#':
    case '##':
    case '%':
    case '%%':
      return removeMatch(value, operator, patternOf(operand?.parts ?? [], lookup));
    case '/':
    case '//':
    case '/#':
    case '/%':
      return replaceMatches(value, operator, operand?.parts ?? [], lookup);
    case ':':
      return slice(value, operand, lookup);
    case '^':
    case ',':
      return operand === undefined ? changeCase(value.slice(0, 1), operator) + value.slice(1) : undefined;
    case '^^':
    case ',,':
      return operand === undefined ? changeCase(value, operator) : undefined;
    default:
      return undefined;
  }
}

const changeCase = (text: string, operator: string): string =>
  operator.startsWith('^') ? text.toUpperCase() : text.toLowerCase();

/** The pattern that parts make: quoted text stands for itself, values of unquoted variables are patterns, too. */
export function patternOf(parts: readonly ShellWordPart[], lookup: VariableLookup): Pattern | undefined {
  const pieces: PatternPiece[] = [];
  for (const part of parts) {
    if (part.kind === 'glob') pieces.push({ glob: part.text });
    else {
      const text = expandPart(part, lookup);
      if (text === undefined) return undefined;
      if (part.kind === 'parameter' && !part.quoted && /[*?[\\]/.test(text)) return undefined;
      pieces.push({ literal: text });
    }
  }
  return compilePattern(pieces);
}

function removeMatch(
  value: string,
  operator: '#' | '##' | '%' | '%%',
  pattern: Pattern | undefined,
): string | undefined {
  const characters = [...value];
  if (pattern === undefined || characters.length > longestSearched) return undefined;
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

function replaceMatches(
  value: string,
  operator: string,
  parts: readonly ShellWordPart[],
  lookup: VariableLookup,
): string | undefined {
  const between = parts.findIndex((part) => part.kind === 'literal' && !part.quoted && part.text === '/');
  const pattern = patternOf(between === -1 ? parts : parts.slice(0, between), lookup);
  const characters = [...value];
  if (pattern === undefined || characters.length > longestReplaced) return undefined;
  let replacement = '';
  for (const part of between === -1 ? [] : parts.slice(between + 1)) {
    const text = expandPart(part, lookup);
    // In bash 5.2 and later an unquoted `&` stands for what matched, in earlier versions for itself.
    if (text === undefined || text.includes('&')) return undefined;
    replacement += text;
  }
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

function slice(value: string, operand: ShellWord | undefined, lookup: VariableLookup): string | undefined {
  const text = operand === undefined ? undefined : expandShellWord(operand, lookup);
  const match = /^\s*\(?(-?\d{1,9})\)?\s*(?::\s*(-?\d{1,9})\s*)?$/.exec(text ?? '');
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
