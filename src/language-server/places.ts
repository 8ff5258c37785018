/** Places as the protocol has them: lines and UTF-16 columns from 0. */
import type { Position, Range, TextEdit } from 'vscode-languageserver';
import type { Position as Place } from '../outline/index.ts';
import type { Edit, Span } from '../syntax/index.ts';

export const rangeOf = ({ line, column, endLine, endColumn }: Span): Range => ({
  start: { line: line - 1, character: column - 1 },
  end: { line: endLine - 1, character: endColumn - 1 },
});

export const placeOf = ({ line, character }: Position): Place => ({ line: line + 1, column: character + 1 });

/** New lines end as those of the text do. */
export const textEditOf = ({ at, text }: Edit, ending: string): TextEdit => ({
  range: rangeOf(at),
  newText: text.replaceAll(/\r?\n/g, ending),
});

/** What most lines of a text end with. */
export function endingOf(text: string): '\n' | '\r\n' {
  const all = text.split('\n').length - 1;
  return (text.split('\r\n').length - 1) * 2 > all ? '\r\n' : '\n';
}

/** Whether two ranges have a place in common; their ends count. */
export const meets = (one: Range, other: Range): boolean =>
  !isBefore(one.end, other.start) && !isBefore(other.end, one.start);

const isBefore = (one: Position, other: Position): boolean =>
  one.line < other.line || (one.line === other.line && one.character < other.character);

/** The lines in which two texts differ, as one edit; undefined when they are the same. */
export function editBetween(before: string, after: string): TextEdit | undefined {
  if (before === after) return undefined;
  const old = before.split('\n');
  const made = after.split('\n');
  let start = 0;
  while (start < old.length - 1 && start < made.length - 1 && old[start] === made[start]) start += 1;
  let tail = 0;
  while (tail < old.length - start - 1 && tail < made.length - start - 1 && old.at(-1 - tail) === made.at(-1 - tail))
    tail += 1;
  const last = old.length - 1 - tail;
  return {
    range: { start: { line: start, character: 0 }, end: { line: last, character: (old[last] ?? '').length } },
    newText: made.slice(start, made.length - tail).join('\n'),
  };
}
