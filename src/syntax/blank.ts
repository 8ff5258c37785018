/** What BuildKit takes for blanks. It uses two notions: Unicode white space to trim, ASCII blanks to split. */

/** Go's `unicode.IsSpace`: unlike `\s` in JavaScript it has U+0085 and not U+FEFF. */
export function isSpace(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** Tab, vertical tab, form feed, carriage return and blank: what separates words. */
export function isSeparator(code: number): boolean {
  return code === 0x20 || code === 0x09 || (code >= 0x0b && code <= 0x0d);
}

/** A stretch of a text: offsets, the end exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** `text.slice(start, end)` without white space around it, as a stretch. */
export function trimmed(text: string, start: number, end: number): Stretch {
  let from = start;
  let to = end;
  while (from < to && isSpace(text.charCodeAt(from))) from += 1;
  while (to > from && isSpace(text.charCodeAt(to - 1))) to -= 1;
  return { start: from, end: to };
}

/** The words of a trimmed stretch, split at ASCII blanks; quotes mean nothing. */
export function splitAtBlanks(text: string, { start, end }: Stretch): readonly Stretch[] {
  const words: Stretch[] = [];
  let at = start;
  while (at < end) {
    const from = at;
    while (at < end && !isSeparator(text.charCodeAt(at))) at += 1;
    words.push({ start: from, end: at });
    while (at < end && isSeparator(text.charCodeAt(at))) at += 1;
  }
  return words;
}
