/** Source frames: lines of the file with the place underlined. */
import type { Source, Span } from '../syntax/index.ts';
import { harmless } from './harmless.ts';
import { displayWidth, graphemesOf, printableAscii } from './width.ts';

export interface FrameStyle {
  /** The underline. */
  readonly mark: (text: string) => string;
  /** The gutter. */
  readonly faint: (text: string) => string;
  /** Columns that a line of the frame may take. */
  readonly columns: number;
}

/** Lines of a place that are shown before the rest is left out. */
const mostLines = 4;

const tab = '    ';

/** The lines of the place, the first and the last underlined; long places are cut after a few lines. */
export function sourceFrame(at: Span, source: Source, style: FrameStyle): string[] {
  const first = Math.min(Math.max(at.line, 1), source.lineStarts.length);
  const end = at.endColumn === 1 && at.endLine > at.line ? at.endLine - 1 : at.endLine;
  const last = Math.max(first, Math.min(end, source.lineStarts.length));
  const shown = last - first <= mostLines ? last : first + mostLines - 1;
  const gutter = String(shown).length;
  const room = style.columns - gutter - 5;
  const lines: string[] = [];
  for (let line = first; line <= shown; line += 1) {
    const text = lineText(source, line);
    const from = line === at.line ? at.column - 1 : text.length - text.trimStart().length;
    const to = line === at.endLine ? at.endColumn - 1 : text.trimEnd().length;
    const { visible, start, width } = visiblePart(text, from, Math.max(to, from + 1), room);
    lines.push(`  ${style.faint(`${String(line).padStart(gutter)} |`)} ${harmless(visible)}`.trimEnd());
    if (line === first || line === last)
      lines.push(`  ${' '.repeat(gutter)} ${style.faint('|')} ${' '.repeat(start)}${style.mark('^'.repeat(width))}`);
  }
  if (shown < last) lines.push(`  ${' '.repeat(gutter)} ${style.faint(`| … ${last - shown} more lines`)}`);
  return lines;
}

/** A line without its end. A byte order mark is kept, so that columns stay true. */
export function lineText(source: Source, line: number): string {
  const start = source.lineStarts[line - 1] ?? source.text.length;
  const next = source.lineStarts[line];
  return source.text.slice(start, next === undefined ? undefined : next - 1).replace(/\r$/, '');
}

/** The start of a line as it is printed, for a place that has no frame of its own; at most `limit` UTF-16 units are read. */
export function lineStart(source: Source, line: number, limit: number): string {
  const cells = printed(lineText(source, line).trimStart().slice(0, limit));
  // What is harmless character by character may not be so as a whole.
  return harmless(cells.map(({ text }) => text).join('')).trimEnd();
}

interface Cell {
  readonly text: string;
  readonly width: number;
}

function printed(text: string): Cell[] {
  // A character alone is harmless here.
  if (printableAscii.test(text)) return Array.from(text, (character) => ({ text: character, width: 1 }));
  return Array.from(graphemesOf(text), (grapheme) => {
    const shown = grapheme === '\t' ? tab : grapheme === '\ufeff' ? '' : harmless(grapheme);
    return { text: shown, width: displayWidth(shown) };
  });
}

const widthOf = (cells: readonly Cell[]): number => cells.reduce((sum, { width }) => sum + width, 0);

/**
 * A line as it is printed, cut to the room, and where in it the underline goes, in terminal columns. Only what lies
 * near the place is looked at: many findings on one very long line stay cheap.
 */
function visiblePart(
  text: string,
  from: number,
  to: number,
  room: number,
): { visible: string; start: number; width: number } {
  const reach = room * 4;
  const windowStart = characterStart(text, Math.max(0, from - reach));
  const placeStart = characterStart(text, Math.min(from, text.length));
  const placeEnd = characterStart(text, Math.min(to, text.length, placeStart + reach));
  const before = printed(text.slice(windowStart, placeStart));
  const marked = printed(text.slice(placeStart, placeEnd).trimEnd());
  const after = printed(text.slice(placeStart, placeEnd + reach)).slice(marked.length);
  const crowded = widthOf(before) + widthOf(marked) > room && widthOf(before) > room / 2;
  const head = windowStart > 0 || crowded ? withoutStart(before, Math.floor(room / 4)) : before;
  const start = widthOf(head);
  const whole = [...head, ...marked, ...after];
  return {
    visible: widthOf(whole) > room ? `${startOf(whole, room - 1)}…` : textOf(whole).trimEnd(),
    start,
    width: Math.max(1, Math.min(widthOf(marked), room - start)),
  };
}

const textOf = (cells: readonly Cell[]): string => cells.map(({ text }) => text).join('');

/** An offset that does not lie inside a surrogate pair. */
function characterStart(text: string, offset: number): number {
  const code = text.charCodeAt(offset);
  const before = text.charCodeAt(offset - 1);
  return code >= 0xdc00 && code <= 0xdfff && before >= 0xd800 && before <= 0xdbff ? offset - 1 : offset;
}

/** The last cells that fit, after an ellipsis. */
function withoutStart(cells: readonly Cell[], room: number): readonly Cell[] {
  let width = 1;
  let first = cells.length;
  while (first > 0 && width + (cells[first - 1]?.width ?? 0) <= room) {
    first -= 1;
    width += cells[first]?.width ?? 0;
  }
  return [{ text: '…', width: 1 }, ...cells.slice(first)];
}

function startOf(cells: readonly Cell[], room: number): string {
  let width = 0;
  const fitting: Cell[] = [];
  for (const cell of cells) {
    width += cell.width;
    if (width > room) break;
    fitting.push(cell);
  }
  return textOf(fitting);
}
