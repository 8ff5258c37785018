/**
 * Text and places in it.
 *
 * Every position that leaves `src/syntax` is 1-based, in UTF-16 units, with an exclusive end. It is
 * converted from offsets once, here.
 */

/** A stretch of a file: 1-based lines and UTF-16 columns, the end exclusive. */
export interface Span {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Anything that stands somewhere in the file, or in another file of its project. */
export interface Located {
  readonly span: Span;
  /** The other file that `span` is a place of. */
  readonly elsewhere?: Elsewhere;
}

export interface Elsewhere {
  /** As reports show it. */
  readonly path: string;
  /** The line as it stands there, without the blanks around it. */
  readonly words: string;
}

/** Text to put in the place of what stands at `at`; an empty place is where it is put in. */
export interface Edit {
  readonly at: Span;
  readonly text: string;
}

/** The text of one file, or of some lines of it, with the table that turns offsets into lines and columns. */
export interface Source {
  readonly text: string;
  /** Offset of the first character of each line. Only LF ends a line, as in BuildKit. */
  readonly lineStarts: readonly number[];
  /** How many lines of the file stand above its first one. */
  readonly linesAbove: number;
}

/** Builds the line table of `text`, the first line of which has so many above it. */
export function createSource(text: string, linesAbove = 0): Source {
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  return { text, lineStarts, linesAbove };
}

/**
 * Whole lines of a file as a source of their own: places in it are those in the file, and what is made of it hangs on
 * nothing else, so that it is the same where other lines change. Lines and the end are 0-based, the end exclusive.
 */
export function linesOf(file: Source, first: number, end: number): Source {
  const start = file.lineStarts[first] ?? file.text.length;
  const character = file.text.charAt(start);
  // Joined, it is a text of its own: a slice would keep the whole file.
  const text = [character, file.text.slice(start + character.length, file.lineStarts[end])].join('');
  return createSource(text, file.linesAbove + first);
}

/** The 0-based index in `source` of the line that holds `offset`; offsets past the end belong to the last line. */
export function lineIndexAt(source: Source, offset: number): number {
  let low = 0;
  let high = source.lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((source.lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The place of the characters from `start` up to, not including, `end`. */
export function spanOf(source: Source, start: number, end: number): Span {
  const first = lineIndexAt(source, start);
  const last = lineIndexAt(source, end);
  return {
    line: source.linesAbove + first + 1,
    column: start - (source.lineStarts[first] ?? 0) + 1,
    endLine: source.linesAbove + last + 1,
    endColumn: end - (source.lineStarts[last] ?? 0) + 1,
  };
}

/** The offset of a 1-based line and column. */
export function offsetAt(source: Source, line: number, column: number): number {
  return (source.lineStarts[line - 1 - source.linesAbove] ?? source.text.length) + column - 1;
}

/**
 * Text that was put together from pieces of the file (continuation lines joined, comments dropped)
 * and still knows where each character comes from.
 */
export interface MappedText {
  readonly text: string;
  /** Offset in `source` of each character of `text`, and of its end as the last entry. */
  readonly offsets: ArrayLike<number>;
  readonly source: Source;
}

/** The place in the file of `text.slice(start, end)`. */
export function mappedSpan(mapped: MappedText, start: number, end: number): Span {
  const from = mapped.offsets[start] ?? mapped.source.text.length;
  const to = end > start ? (mapped.offsets[end - 1] ?? from) + 1 : from;
  return spanOf(mapped.source, from, Math.min(to, mapped.source.text.length));
}

/** A part of a mapped text, with its mapping. */
export function mappedSlice(mapped: MappedText, start: number, end: number): MappedText {
  const offsets = new Uint32Array(end - start + 1);
  for (let at = start; at <= end; at += 1) offsets[at - start] = mapped.offsets[at] ?? mapped.source.text.length;
  return { text: mapped.text.slice(start, end), offsets, source: mapped.source };
}

/** Stretches of the file, given as offsets, put together in order. */
export function joinStretches(source: Source, stretches: readonly { start: number; end: number }[]): MappedText {
  let length = 0;
  for (const { start, end } of stretches) length += end - start;
  const offsets = new Uint32Array(length + 1);
  let text = '';
  let index = 0;
  for (const { start, end } of stretches) {
    text += source.text.slice(start, end);
    for (let at = start; at < end; at += 1) {
      offsets[index] = at;
      index += 1;
    }
  }
  offsets[index] = stretches.at(-1)?.end ?? 0;
  return { text, offsets, source };
}
