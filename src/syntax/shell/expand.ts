/** What the words of a script come to when the shell expands them. */
import { expandBraces } from './brace.ts';
import type { ShellWord, ShellWordPart } from './command.ts';
import { changeCase, removeMatch, replaceMatches, slice } from './parameter.ts';
import { compilePattern, type Pattern, type PatternPiece } from './pattern.ts';

/** The text of a variable; null where it is certainly not set (it expands to nothing), undefined where it is not known. */
export type VariableLookup = (name: string) => string | null | undefined;

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

/** Characters that variables may add to a word: with those that double again and again there would be no end. */
const mostAdded = 4_096;

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
export const expandShellWord = (word: ShellWord, lookup: VariableLookup): string | undefined =>
  expandParts(word.parts, lookup);

function expandParts(parts: readonly ShellWordPart[], lookup: VariableLookup): string | undefined {
  let text = '';
  let added = 0;
  for (const part of parts) {
    const value = expandPart(part, lookup);
    if (value === undefined) return undefined;
    if (part.kind !== 'literal') added += value.length;
    if (added > mostAdded) return undefined;
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
  let added = 0;
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
    if (part.kind === 'parameter') added += text.length;
    if (added > mostAdded) return undefined;
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
  const parts = operand?.parts ?? [];
  switch (operator) {
    case '#':
    case '##':
    case '%':
    case '%%': {
      const pattern = patternOf(parts, lookup);
      return pattern && removeMatch(value, operator, pattern);
    }
    case '/':
    case '//':
    case '/#':
    case '/%': {
      const between = parts.findIndex((part) => part.kind === 'literal' && !part.quoted && part.text === '/');
      const pattern = patternOf(between === -1 ? parts : parts.slice(0, between), lookup);
      const replacement = between === -1 ? '' : expandParts(parts.slice(between + 1), lookup);
      return pattern && replacement !== undefined ? replaceMatches(value, operator, pattern, replacement) : undefined;
    }
    case ':': {
      const range = expandParts(parts, lookup);
      return range === undefined ? undefined : slice(value, range);
    }
    case '^':
    case '^^':
    case ',':
    case ',,':
      return operand === undefined ? changeCase(value, operator) : undefined;
    default:
      return undefined;
  }
}

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
