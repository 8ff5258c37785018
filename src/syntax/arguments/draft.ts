/** An instruction whose arguments are being read. */
import { type Stretch, splitAtBlanks } from '../blank.ts';
import type { Head, HeadFlag } from '../head.ts';
import type { Comment, Flag, Heredoc, InvalidInstruction, SyntaxFault, Word } from '../instruction.ts';
import { readJsonArray } from '../json-array.ts';
import { lex } from '../lexer.ts';
import { type Located, type MappedText, mappedSpan, type Span } from '../source.ts';
import { literalWord, readWord } from '../word.ts';

/** What every instruction has before its arguments are read. */
export interface DraftBase {
  readonly span: Span;
  readonly word: string;
  readonly keywordSpan: Span;
  readonly flags: readonly Flag[];
  readonly logical: MappedText;
  readonly heredocs: readonly Heredoc[];
  readonly comments: readonly Comment[];
  readonly emptyLines: readonly Located[];
  readonly onbuild?: true;
}

export interface Draft {
  readonly base: DraftBase;
  /** Upper case. */
  readonly keyword: string;
  readonly head: Head;
  readonly logical: MappedText;
  readonly escape: '\\' | '`';
  /** Notes something that BuildKit refuses. */
  refuse(at: Span, message: string, about?: SyntaxFault['about'], respelled?: SyntaxFault['respelled']): void;
}

/** Arguments as BuildKit's parser splits them. */
export interface Arguments {
  readonly args: readonly string[];
  readonly json: boolean;
}

export const noArguments: Arguments = Object.freeze({ args: Object.freeze([]), json: false });

export function invalid(draft: Draft, { args, json }: Arguments = noArguments): InvalidInstruction {
  return { ...draft.base, keyword: 'INVALID', args, json };
}

export interface ArgumentList extends Arguments {
  readonly words: readonly Stretch[];
}

/**
 * The arguments of COPY, ADD and VOLUME: a JSON array, else split at blanks. Undefined when the array
 * holds something that is no string, which is noted.
 */
export function readList(draft: Draft): ArgumentList | undefined {
  const { logical, head } = draft;
  const strings = readJsonArray(logical.text, head.rest.start, head.rest.end);
  if (strings === 'not-strings') return refuseArray(draft);
  if (strings !== undefined) return { args: strings.map((string) => string.text), json: true, words: strings };
  return readWords(draft);
}

/** The arguments split at blanks. */
export function readWords({ logical, head }: Draft): ArgumentList {
  const words = splitAtBlanks(logical.text, head.rest);
  return { args: words.map(({ start, end }) => logical.text.slice(start, end)), json: false, words };
}

export function refuseArray(draft: Draft): undefined {
  const { logical, head } = draft;
  const span = mappedSpan(logical, head.rest.start, head.rest.end);
  draft.refuse(span, `${draft.keyword} in JSON form takes strings only, each in double quotes.`);
  return undefined;
}

/** The words of a list, which BuildKit expands. */
export function expandedWords(draft: Draft, list: ArgumentList): readonly Word[] {
  return list.words.map((stretch, index) => expandedWord(draft, stretch, list.args[index]));
}

/** A word that BuildKit expands; one that it cannot expand is noted. */
export function expandedWord(draft: Draft, stretch: Stretch, raw?: string): Word {
  return checkedWord(draft, readWord(draft.logical, stretch, draft.escape, raw));
}

/** Notes a word that BuildKit cannot expand, whatever the variables are worth. */
export function checkedWord(draft: Draft, word: Word): Word {
  if (word.text !== undefined) return word;
  const { fault } = lex(word.raw, () => undefined, { escape: draft.escape });
  if (fault !== undefined) draft.refuse(word.span, `BuildKit cannot expand ${word.raw}: ${fault}.`);
  return word;
}

/** The part of a flag's text from `start` to `end`, in which BuildKit expands variables, or with `literal` does not. */
export function flagWord(draft: Draft, flag: PlacedText, start: number, end: number, literal = false): Word {
  const stretch = placeOf(flag, start, end);
  const raw = flag.text.slice(start, end);
  return literal ? literalWord(draft.logical, stretch, raw) : readWord(draft.logical, stretch, draft.escape, raw);
}

/** A text whose characters stand at `positions` of the logical line. */
export type PlacedText = Pick<HeadFlag, 'text' | 'positions' | 'end'>;

function placeOf({ positions, end: flagEnd }: PlacedText, start: number, end: number): Stretch {
  const from = positions[start] ?? flagEnd;
  return { start: from, end: end > start ? (positions[end - 1] ?? from) + 1 : from };
}

/** The place of all arguments, or of the keyword where there are none. */
export function argumentsSpan({ base, logical, head }: Draft): Span {
  return head.rest.start === head.rest.end ? base.keywordSpan : mappedSpan(logical, head.rest.start, head.rest.end);
}
