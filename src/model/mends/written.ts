/** The text of a file as it stands at a place. */
import type { Span } from '../../syntax/index.ts';
import { offsetAt, type ShellWord } from '../../syntax/index.ts';
import type { Build } from '../build.ts';

/** Line ends as the file has them. */
export function writtenAt({ file: { source } }: Build, { line, column, endLine, endColumn }: Span): string {
  return source.text.slice(offsetAt(source, line, column), offsetAt(source, endLine, endColumn));
}

/** What stands between two places. */
export const between = (first: Span, second: Span): Span => ({
  line: first.endLine,
  column: first.endColumn,
  endLine: second.line,
  endColumn: second.column,
});

/** Whether a word of a shell stands in the file as the shell reads it: not inside quotes of an outer shell or of JSON. */
export const isWrittenOut = (word: ShellWord, build: Build): boolean => writtenAt(build, word.span) === word.raw;
