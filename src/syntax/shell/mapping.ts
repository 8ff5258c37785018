/** Texts made from other texts, each character still knowing its place in the file. */
import type { MappedText, Source } from '../source.ts';

/** Collects pieces of mapped text. */
export interface Assembly {
  readonly length: () => number;
  /** Adds `text.slice(start, end)` with its places. */
  readonly copy: (text: MappedText, start: number, end: number) => void;
  /** Adds characters that stand for the one place `offset` of the file. */
  readonly put: (characters: string, offset: number) => void;
  readonly finish: () => MappedText;
}

export function assemble(source: Source): Assembly {
  const pieces: string[] = [];
  const offsets: number[] = [];
  let after = 0;
  return {
    length: () => offsets.length,
    copy: (text, start, end) => {
      pieces.push(text.text.slice(start, end));
      for (let at = start; at < end && at < text.text.length; at += 1)
        offsets.push(text.offsets[at] ?? source.text.length);
      after = (offsets.at(-1) ?? after - 1) + 1;
    },
    put: (characters, offset) => {
      pieces.push(characters);
      for (let at = 0; at < characters.length; at += 1) offsets.push(offset);
      after = offset + 1;
    },
    finish: () => {
      offsets.push(Math.min(after, source.text.length));
      return { text: pieces.join(''), offsets, source };
    },
  };
}

/** The offset in the file of a character of `text`. */
export const fileOffset = (text: MappedText, at: number): number => text.offsets[at] ?? text.source.text.length;

/**
 * Adds `value`, which is `text.slice(start, end)` with some backslashes and escaped newlines taken out,
 * with the place of each character. Where `value` is not of that form, all of it gets the place of `start`.
 */
export function copyUnescaped(assembly: Assembly, text: MappedText, start: number, end: number, value: string): void {
  const written = text.text;
  const kept: number[] = [];
  let at = start;
  for (const character of value.split('')) {
    while (written[at] === '\\' && written[at + 1] === '\n' && character !== '\\' && at < end) at += 2;
    if (written[at] === '\\' && written[at + 1] === character && at + 1 < end) at += 1;
    if (written[at] !== character || at >= end) {
      assembly.put(value, fileOffset(text, start));
      return;
    }
    kept.push(at);
    at += 1;
  }
  for (const index of kept) assembly.copy(text, index, index + 1);
}

/** The text without the carriage returns before line feeds, which a shell script in a CRLF file has. */
export function withoutCarriageReturns(text: MappedText): MappedText {
  if (!text.text.includes('\r\n')) return text;
  const assembly = assemble(text.source);
  let start = 0;
  for (let at = text.text.indexOf('\r\n'); at !== -1; at = text.text.indexOf('\r\n', start)) {
    assembly.copy(text, start, at);
    start = at + 1;
  }
  assembly.copy(text, start, text.text.length);
  return assembly.finish();
}
