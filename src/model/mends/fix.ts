/** What mends a fault of a Dockerfile. */
import type { Edit, Span } from '../../syntax/index.ts';
import type { Command, Located } from '../build.ts';
import { isArrayWord } from '../query.ts';

/** All of its parts together, or none. */
export interface Fix {
  /** What it does, as a command without a full stop: `Name the stage build`. */
  readonly says: string;
  /** `safe`: the image that comes out is the same or better, and the build cannot break by it. */
  readonly safety: 'safe' | 'unsafe';
  readonly edits: readonly Edit[];
  /** A file that it makes, where none is: its path from the root of the build context, and its text. */
  readonly creates?: { readonly path: string; readonly text: string };
}

/** Text put in behind a place. */
export const behind = ({ endLine, endColumn }: Span, text: string): Edit => ({
  at: { line: endLine, column: endColumn, endLine, endColumn },
  text,
});

/** Text put in before a place. */
export const before = ({ line, column }: Span, text: string): Edit => ({
  at: { line, column, endLine: line, endColumn: column },
  text,
});

/** A word put in behind one of a command: in a JSON array it is in quotes. */
export const wordBehind = ({ step }: Command, word: Located, added: string): Edit =>
  behind(word.span, isArrayWord(step.instruction, word) ? `, ${JSON.stringify(added)}` : ` ${added}`);

/** A word of a command made another one: in a JSON array it is in quotes. */
export const wordAs = ({ step }: Command, word: Located, text: string): Edit => ({
  at: word.span,
  text: isArrayWord(step.instruction, word) ? JSON.stringify(text) : text,
});
