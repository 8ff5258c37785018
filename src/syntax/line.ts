/** Physical lines. Only LF ends one; carriage returns before it belong to the line end. */
import { isSpace } from './blank.ts';
import type { Source } from './source.ts';

/** Bytes that a line may have, its line feed not counted: the buffer of Go's bufio.Scanner less one. */
export const mostLineBytes = 65_535;

/** The offset where the text of a line ends: before its line feed and the carriage returns there. */
export function lineEnd(source: Source, line: number): number {
  const start = source.lineStarts[line] ?? source.text.length;
  const next = source.lineStarts[line + 1];
  let end = next === undefined ? source.text.length : next - 1;
  while (end > start && source.text.charCodeAt(end - 1) === 0x0d) end -= 1;
  return end;
}

/** The offset of the first character of a line that is no white space, or its end. */
export function lineIndent(source: Source, line: number, end: number): number {
  let at = source.lineStarts[line] ?? source.text.length;
  while (at < end && isSpace(source.text.charCodeAt(at))) at += 1;
  return at;
}

/**
 * Where the continuation character of a line stands, -1 without one: the last character but for blanks
 * and tabs, and not after another of its kind, whether or not that one is escaped itself.
 */
export function continuationAt(text: string, start: number, end: number, escape: string): number {
  let at = end - 1;
  while (at >= start && (text[at] === ' ' || text[at] === '\t')) at -= 1;
  if (at < start || text[at] !== escape) return -1;
  return at > start && text[at - 1] === escape ? -1 : at;
}

/** Whether a line has more bytes in UTF-8 than BuildKit reads. */
export function isTooLong(source: Source, line: number): boolean {
  const start = source.lineStarts[line] ?? 0;
  const next = source.lineStarts[line + 1];
  const end = next === undefined ? source.text.length : next - 1;
  if ((end - start) * 3 <= mostLineBytes) return false;
  let bytes = 0;
  for (let at = start; at < end; at += 1) {
    const code = source.text.charCodeAt(at);
    // Each half of a surrogate pair counts two of its four bytes.
    bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3;
  }
  return bytes > mostLineBytes;
}
