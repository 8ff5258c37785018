/** The head of an instruction: its keyword and its leading `--flags`. */
import { isSeparator, isSpace, type Stretch, trimmed } from './blank.ts';

/**
 * A leading `--name` or `--name=value` with quotes and escapes removed. BuildKit reads flags byte by byte
 * and takes each for a Latin-1 character; here characters outside ASCII stay what they are.
 */
export interface HeadFlag extends Stretch {
  readonly text: string;
  /** For each character of `text` its offset in the line. */
  readonly positions: readonly number[];
}

/** Offsets in the logical line. */
export interface Head {
  readonly keyword: Stretch;
  readonly flags: readonly HeadFlag[];
  /** What follows the flags, without white space around it. */
  readonly rest: Stretch;
}

/** Splits a logical line, or what follows ONBUILD in one, as BuildKit's `splitCommand` does. */
export function readHead(text: string, start: number, end: number, escape: string): Head {
  const line = trimmed(text, start, end);
  let at = line.start;
  while (at < line.end && !isSeparator(text.charCodeAt(at))) at += 1;
  const keyword = { start: line.start, end: at };
  while (at < line.end && isSeparator(text.charCodeAt(at))) at += 1;
  const flags: HeadFlag[] = [];
  for (;;) {
    while (at < line.end && isAsciiSpace(text.charCodeAt(at))) at += 1;
    if (!text.startsWith('--', at) || at + 1 >= line.end) break;
    const flag = readFlag(text, at, line.end, escape);
    at = flag.end;
    // A bare `--` ends the flags and is no argument.
    if (flag.text === '--') break;
    flags.push(flag);
  }
  return { keyword, flags, rest: trimmed(text, at, line.end) };
}

function readFlag(text: string, start: number, end: number, escape: string): HeadFlag {
  const positions: number[] = [];
  let value = '';
  let quote = '';
  let at = start;
  for (; at < end; at += 1) {
    const character = text[at] ?? '';
    if (quote === '' && endsFlag(text.charCodeAt(at))) break;
    if (character === quote) {
      quote = '';
      continue;
    }
    if (quote === '' && (character === '"' || character === "'")) {
      quote = character;
      continue;
    }
    if (character === escape) {
      if (at + 1 === end) continue;
      at += 1;
    }
    value += text[at] ?? '';
    positions.push(at);
  }
  return { text: value, positions, start, end: at };
}

function isAsciiSpace(code: number): boolean {
  return code < 0x80 && isSpace(code);
}

/** The last byte of U+0085 and U+00A0 is white space to BuildKit. */
function endsFlag(code: number): boolean {
  return isAsciiSpace(code) || code === 0x85 || code === 0xa0;
}
