/** Words of unbash's tree as `ShellWord`s. */
import { type MappedText, mappedSpan } from '../source.ts';
import type { Assignment, Expansion, ShellWord, ShellWordPart } from './command.ts';
import type {
  AssignmentNode,
  DoubleQuotedChild,
  HereDoc,
  ParameterExpansionPart,
  WordNode,
  WordPart,
} from './unbash.ts';

/** The text that the positions of a tree belong to. */
export interface Reading {
  readonly text: MappedText;
  /** In order. Single quotes do not protect them. */
  readonly expansions: readonly Expansion[];
}

export function wordFrom(node: WordNode, reading: Reading): ShellWord {
  const parts = node.parts?.flatMap((part) => partsFrom(part, false, reading)) ?? plainParts(node);
  return wordOf(node.text, parts, node.pos, node.end, reading);
}

export function wordOf(
  raw: string,
  parts: readonly ShellWordPart[],
  start: number,
  end: number,
  reading: Reading,
): ShellWord {
  const text = literalText(parts);
  return { raw, ...(text === undefined ? {} : { text }), parts, span: mappedSpan(reading.text, start, end) };
}

/** The text of parts that are all literal. */
export function literalText(parts: readonly ShellWordPart[]): string | undefined {
  let text = '';
  for (const part of parts) {
    if (part.kind !== 'literal') return undefined;
    text += part.text;
  }
  return text;
}

function plainParts(node: WordNode): readonly ShellWordPart[] {
  if (node.text === '') return [];
  return [{ kind: 'literal', text: node.value, quoted: node.text.includes('\\') }];
}

function partsFrom(part: WordPart | DoubleQuotedChild, quoted: boolean, reading: Reading): readonly ShellWordPart[] {
  switch (part.type) {
    case 'Literal':
      return [{ kind: 'literal', text: part.value, quoted: quoted || part.text.includes('\\') }];
    case 'SingleQuoted':
      return reading.expansions.length === 0
        ? [{ kind: 'literal', text: part.value, quoted: true }]
        : splitAtExpansions(part.pos + 1, part.pos + 1 + part.value.length, reading);
    case 'AnsiCQuoted':
      return [{ kind: 'literal', text: part.value, quoted: true }];
    case 'DoubleQuoted':
    case 'LocaleString':
      if (part.parts.length === 0) return [{ kind: 'literal', text: '', quoted: true }];
      return part.parts.flatMap((child) => partsFrom(child, true, reading));
    case 'SimpleExpansion':
      return [{ kind: 'parameter', name: part.text.slice(1), quoted }];
    case 'ParameterExpansion':
      return [parameterFrom(part, quoted, reading)];
    case 'Glob':
    case 'ExtendedGlob':
      return [{ kind: 'glob', text: part.text }];
    case 'BraceExpansion':
      return [{ kind: 'brace', text: part.text }];
    case 'CommandExpansion':
    case 'ProcessSubstitution':
    case 'ArithmeticExpansion':
      return [{ kind: 'substitution', text: part.text }];
  }
}

/** Single-quoted text that an outer shell has expanded already: `sh -c "echo '$TOKEN'"`. */
function splitAtExpansions(start: number, end: number, reading: Reading): readonly ShellWordPart[] {
  const { text, expansions } = reading;
  const parts: ShellWordPart[] = [];
  let from = start;
  for (let at = firstAfter(expansions, start); at < expansions.length; at += 1) {
    const expansion = expansions[at];
    if (expansion === undefined || expansion.end > end) break;
    if (expansion.start > from)
      parts.push({ kind: 'literal', text: text.text.slice(from, expansion.start), quoted: true });
    parts.push(expansion.part.kind === 'parameter' ? { ...expansion.part, quoted: true } : expansion.part);
    from = expansion.end;
  }
  if (from < end || parts.length === 0) parts.push({ kind: 'literal', text: text.text.slice(from, end), quoted: true });
  return parts;
}

function firstAfter(expansions: readonly Expansion[], start: number): number {
  let low = 0;
  let high = expansions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((expansions[middle]?.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

function parameterFrom(part: ParameterExpansionPart, quoted: boolean, reading: Reading): ShellWordPart {
  const { operation, prefix } = part;
  const plain = { kind: 'parameter', name: part.parameter, quoted } as const;
  if (prefix === '!') return { ...plain, operator: operation?.type === 'Names' ? 'names' : 'indirect' };
  if (part.index !== undefined) return { ...plain, operator: 'index', operand: wordFrom(part.index, reading) };
  if (prefix === '#') return { ...plain, operator: 'length' };
  if (operation === undefined) return plain;
  switch (operation.type) {
    case 'Default':
    case 'Remove':
    case 'Transform':
      return { ...plain, operator: operation.operator, operand: wordFrom(operation.operand, reading) };
    case 'CaseModification':
      return operation.operand === undefined
        ? { ...plain, operator: operation.operator }
        : { ...plain, operator: operation.operator, operand: wordFrom(operation.operand, reading) };
    case 'Replace': {
      const pattern = wordFrom(operation.pattern, reading).parts.map(quotedSlash);
      const replacement = wordFrom(operation.replacement, reading).parts;
      return { ...plain, operator: operation.operator, operand: pair(pattern, replacement, '/', operation, reading) };
    }
    case 'Slice': {
      const offset = wordFrom(operation.offset, reading).parts;
      if (operation.length === undefined)
        return { ...plain, operator: ':', operand: pair(offset, [], '', operation, reading) };
      const length = wordFrom(operation.length, reading).parts;
      return { ...plain, operator: ':', operand: pair(offset, length, ':', operation, reading) };
    }
    case 'Names':
      return { ...plain, operator: 'names' };
    case 'Unknown':
      return { ...plain, operator: operation.operator };
  }
}

/** An escaped slash in a pattern is marked as quoted, so that the unquoted one parts pattern and replacement. */
const quotedSlash = (part: ShellWordPart): ShellWordPart =>
  part.kind === 'literal' && part.text === '/' ? { ...part, quoted: true } : part;

function pair(
  first: readonly ShellWordPart[],
  second: readonly ShellWordPart[],
  separator: string,
  operation: { readonly operatorEnd: number; readonly end: number },
  reading: Reading,
): ShellWord {
  const between: readonly ShellWordPart[] =
    separator === '' ? [] : [{ kind: 'literal', text: separator, quoted: false }];
  const raw = reading.text.text.slice(operation.operatorEnd, operation.end);
  return wordOf(raw, [...first, ...between, ...second], operation.operatorEnd, operation.end, reading);
}

export function assignmentFrom(node: AssignmentNode, reading: Reading): Assignment {
  const { value } = node;
  const array = value.type === 'ArrayValue';
  const raw = reading.text.text.slice(value.pos, value.end);
  const elements = array ? value.elements.flatMap((element) => wordFrom(element, reading).parts) : [];
  const word = array
    ? wordOf(raw, [{ kind: 'substitution', text: raw }, ...elements], value.pos, value.end, reading)
    : wordFrom(value, reading);
  const span = mappedSpan(reading.text, node.pos, node.end);
  return { name: node.name, value: word, append: node.append === true || node.index !== undefined, span };
}

/** `NAME=value` written as a word, as `env` and `export "NAME=value"` take it. */
export function assignmentInWord(word: ShellWord): Assignment | undefined {
  const [first, ...rest] = word.parts;
  if (first?.kind !== 'literal') return undefined;
  const name = /^[A-Za-z_][A-Za-z0-9_]*(?==)/.exec(first.text)?.[0];
  if (name === undefined) return undefined;
  const parts = [{ ...first, text: first.text.slice(name.length + 1) }, ...rest];
  const text = literalText(parts);
  const prefixed = word.raw.startsWith(`${name}=`);
  const { span } = word;
  const value: ShellWord = {
    raw: prefixed ? word.raw.slice(name.length + 1) : word.raw,
    ...(text === undefined ? {} : { text }),
    parts,
    span: prefixed ? { ...span, column: span.column + name.length + 1 } : span,
  };
  return { name, value, append: false, span };
}

/** The body of a here-document: what the command reads, with the leading tabs of `<<-` taken out. */
export function heredocWord(node: HereDoc, reading: Reading): ShellWord {
  const { body } = node;
  const chomp = node.operator === '<<-';
  const quoted = node.delimiter?.quoted === true;
  const written: readonly ShellWordPart[] =
    quoted || body.parts === undefined
      ? [{ kind: 'literal', text: quoted ? body.text : unescapeHeredoc(body.text), quoted: true }]
      : body.parts.flatMap((part) => partsFrom(part, true, reading));
  return wordOf(body.text, chomp ? withoutLeadingTabs(written) : written, body.pos, body.end, reading);
}

/** Takes out the backslashes that mean something in an unquoted here-document. */
export const unescapeHeredoc = (text: string): string =>
  text.replace(/\\([$`\\]|\n)/g, (_, escaped: string) => (escaped === '\n' ? '' : escaped));

function withoutLeadingTabs(parts: readonly ShellWordPart[]): readonly ShellWordPart[] {
  let atLineStart = true;
  return parts.map((part) => {
    if (part.kind !== 'literal') {
      atLineStart = false;
      return part;
    }
    const text = (atLineStart ? part.text.replace(/^\t+/, '') : part.text).replace(/\n\t+/g, '\n');
    if (part.text !== '') atLineStart = part.text.endsWith('\n');
    return { ...part, text };
  });
}
