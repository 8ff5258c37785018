/** How much room text takes on a terminal, and how prose is broken to fit. */
import { harmlessStart } from './harmless.ts';

/** All of one column each, and what it shows by itself. */
export const printableAscii = /^[\x20-\x7e]*$/;

/** East Asian Width W and F (Unicode 16, UAX #11), and what terminals show as emoji (UTS #51). */
const wide =
  /^(?:\p{Emoji_Presentation}|\p{Emoji}\ufe0f|[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18dff}\u{1aff0}-\u{1b2ff}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}])/u;

const combining = /^\p{M}+$/u;

let segmenter: Intl.Segmenter | undefined;

/** What a reader takes for one character, in order. */
export function* graphemesOf(text: string): Generator<string> {
  if (printableAscii.test(text)) {
    yield* text;
    return;
  }
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  for (const { segment } of segmenter.segment(text)) yield segment;
}

/** Columns that `text` takes; control and format characters have to be made visible before. */
export function displayWidth(text: string): number {
  if (printableAscii.test(text)) return text.length;
  let width = 0;
  for (const grapheme of graphemesOf(text)) width += wide.test(grapheme) ? 2 : combining.test(grapheme) ? 0 : 1;
  return width;
}

/** The longest start of `text` that is at most `room` columns wide. */
export function cut(text: string, room: number): string {
  let width = 0;
  let end = 0;
  for (const grapheme of graphemesOf(text)) {
    width += displayWidth(grapheme);
    if (width > room) break;
    end += grapheme.length;
  }
  return text.slice(0, end);
}

/** `text` when it fits, else its start and an ellipsis. */
export function shortened(text: string, room: number): string {
  return displayWidth(text) > room ? `${cut(text, room - 1)}…` : text;
}

/**
 * Breaks prose at blanks so that no line is wider than `columns`, when its words allow it. The first line starts
 * with `lead`, the others with `hanging`.
 */
export function wrap(text: string, columns: number, lead: string, hanging: string = lead): string[] {
  const lines: string[] = [];
  let line = lead;
  let width = displayWidth(lead);
  let hasText = lead.trim() !== '';
  for (const word of text.split(' ')) {
    const wordWidth = displayWidth(word);
    const blank = line.endsWith(' ') || line === '' ? '' : ' ';
    if (hasText && width + blank.length + wordWidth > columns) {
      lines.push(line.trimEnd());
      line = hanging + harmlessStart(word);
      width = displayWidth(line);
    } else {
      line += blank + word;
      width += blank.length + wordWidth;
    }
    hasText = true;
  }
  lines.push(line.trimEnd());
  return lines;
}
