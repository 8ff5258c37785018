/** Heredocs: `<<NAME` words of a line, and the bodies below it. */
import { isSpace } from './blank.ts';
import type { Heredoc } from './instruction.ts';
import { lex } from './lexer.ts';
import { lineEnd } from './line.ts';
import { joinStretches, type MappedText, mappedSpan, offsetAt, type Source } from './source.ts';

/** A word that opens a heredoc. */
export interface HeredocOpener {
  readonly name: string;
  readonly expand: boolean;
  readonly chomp: boolean;
  readonly fd: number;
}

export interface PlacedOpener extends HeredocOpener {
  /** Offsets of the word in the line, the end exclusive. */
  readonly start: number;
  readonly end: number;
}

const nothingSet = (): null => null;
const descriptor = /^\d*/;
const quote = /['"]/g;

/**
 * The heredocs that a logical line opens. They are lexed as shell words with `\` as the escape, whatever
 * the file says; a line that cannot be lexed opens none.
 */
export function heredocsIn(line: string): readonly PlacedOpener[] {
  if (!line.includes('<<')) return [];
  const { words = [] } = lex(line, nothingSet, { escape: '\\', quotes: 'keep', keepEscapes: true, keepUnset: true });
  const openers: PlacedOpener[] = [];
  for (const { text, start, end } of words) {
    const opener = readOpener(text);
    if (opener !== undefined) openers.push({ ...opener, start, end });
  }
  return openers;
}

/** Reads one word: `<<NAME`, `<<-NAME`, `<<"NAME"`, `3<<NAME`; undefined when it opens no heredoc. */
export function readOpener(word: string): HeredocOpener | undefined {
  const digits = descriptor.exec(word)?.[0] ?? '';
  if (!word.startsWith('<<', digits.length)) return undefined;
  const chomp = word[digits.length + 2] === '-';
  let nameAt = digits.length + (chomp ? 3 : 2);
  while (nameAt < word.length && isSpace(word.charCodeAt(nameAt)) && word.charCodeAt(nameAt) < 0x80) nameAt += 1;
  const delimiter = word.slice(nameAt);
  if (delimiter === '' || delimiter.includes('<')) return undefined;
  const [name, second] = lex(delimiter, nothingSet, { escape: '\\', keepUnset: true }).words ?? [];
  const kept = lex(delimiter, nothingSet, { escape: '\\', quotes: 'keep', keepUnset: true }).words ?? [];
  if (name === undefined || second !== undefined || kept.length !== 1) return undefined;
  const expand = quotesIn(name.text) === quotesIn(kept[0]?.text ?? '');
  return { name: name.text, expand, chomp, fd: Number.parseInt(digits || '0', 10) };
}

function quotesIn(text: string): number {
  return text.match(quote)?.length ?? 0;
}

/** Finds the lines that end heredocs, each in logarithmic time after the first. */
export interface Terminators {
  /** The index of the first line from `line` on that is `opener`'s name, tabs before it allowed where it chomps. */
  find(opener: HeredocOpener, line: number): number | undefined;
}

export function createTerminators(source: Source): Terminators {
  const exact = new Map<string, number[]>();
  const chomped = new Map<string, number[]>();
  let read = false;
  const readLines = () => {
    read = true;
    for (let line = 0; line < source.lineStarts.length; line += 1) {
      const text = source.text.slice(source.lineStarts[line], lineEnd(source, line));
      addTo(exact, text, line);
      addTo(chomped, withoutTabs(text), line);
    }
  };
  return {
    find(opener, line) {
      if (!read) readLines();
      return firstFrom((opener.chomp ? chomped : exact).get(opener.name) ?? [], line);
    },
  };
}

function addTo(lines: Map<string, number[]>, text: string, line: number): void {
  const known = lines.get(text);
  if (known === undefined) lines.set(text, [line]);
  else known.push(line);
}

function firstFrom(sorted: readonly number[], least: number): number | undefined {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return sorted[low];
}

function withoutTabs(text: string): string {
  let at = 0;
  while (text[at] === '\t') at += 1;
  return text.slice(at);
}

/** The lines of a file that are the body of a heredoc, 0-based, the line of its terminator not among them. */
export interface BodyLines {
  readonly opener: PlacedOpener;
  readonly first: number;
  readonly end: number;
}

/** `logical`: the line that opens it, in a source that holds the body, too. */
export function createHeredoc({ opener, first, end: endLine }: BodyLines, logical: MappedText): Heredoc {
  const { source } = logical;
  const { name, expand, chomp, fd } = opener;
  const start = offsetAt(source, first + 1, 1);
  const end = offsetAt(source, endLine + 1, 1);
  return {
    name,
    expand,
    chomp,
    fd,
    span: mappedSpan(logical, opener.start, opener.end),
    content: source.text.slice(start, end),
    body: bodyBetween(source, start, end, chomp),
  };
}

function bodyBetween(source: Source, start: number, end: number, chomp: boolean): MappedText {
  if (!chomp) return joinStretches(source, [{ start, end }]);
  const lines: { start: number; end: number }[] = [];
  let at = start;
  while (at < end) {
    while (at < end && source.text[at] === '\t') at += 1;
    const lineFeed = source.text.indexOf('\n', at);
    const next = lineFeed === -1 || lineFeed >= end ? end : lineFeed + 1;
    lines.push({ start: at, end: next });
    at = next;
  }
  return joinStretches(source, lines.length === 0 ? [{ start, end }] : lines);
}
