/**
 * Variable expansion of Dockerfile words, after BuildKit's lexer.
 *
 * All pairs of one ENV, LABEL or ARG line are expanded against the environment before that line:
 * `ENV A=1 B=$A` gives B what A was before. That is for the caller to keep to, and so is the scope of ARG.
 */
import type { Instruction, Word } from './instruction.ts';
import { type Lookup, lex, type VariableReference } from './lexer.ts';
import { type MappedText, mappedSpan, offsetAt, type Span } from './source.ts';

export type { Lookup, VariableReference } from './lexer.ts';

export interface ExpansionOptions {
  /** The escape character of the file; always `\` in a heredoc body. */
  readonly escape: '\\' | '`';
  /** Quotes are ordinary characters: so it is in the heredoc bodies of COPY and ADD. */
  readonly literalQuotes?: boolean;
}

export interface Expansion {
  /** Variables replaced, quotes and escapes removed; absent when an unknown variable decides, or with a fault. */
  readonly text?: string;
  /** `text` split at the blanks that stand outside quotes, those inside values too. EXPOSE alone does so. */
  readonly words?: readonly string[];
  /** The variables named, in order, those inside operands too. */
  readonly references: readonly VariableReference[];
  /** What BuildKit would stop with: a bad substitution, an open quote, `${x:?message}` of a missing x. */
  readonly fault?: string;
  /** `text` would be known, were it not so long or so deep. */
  readonly isTooLong?: true;
}

/** Expands `raw`. `lookup` answers null for a variable that is not set, undefined for one that is not known. */
export function expand(raw: string, lookup: Lookup, options: ExpansionOptions): Expansion {
  const { text, words, references, fault, isTooLong } = lex(raw, lookup, {
    escape: options.escape,
    quotes: options.literalQuotes === true ? 'literal' : 'remove',
  });
  return {
    references,
    ...(text === undefined ? {} : { text }),
    ...(words === undefined ? {} : { words: words.map((word) => word.text) }),
    ...(fault === undefined ? {} : { fault }),
    ...(isTooLong && { isTooLong }),
  };
}

/** The text that `raw` expands to; undefined when it is not known or BuildKit would stop at it. */
export function expandWord(raw: string, lookup: Lookup, options: ExpansionOptions): string | undefined {
  return expand(raw, lookup, options).text;
}

/** The words that `raw` expands to, as EXPOSE splits them; undefined as for `expandWord`. */
export function expandWords(raw: string, lookup: Lookup, options: ExpansionOptions): readonly string[] | undefined {
  return expand(raw, lookup, options).words;
}

/**
 * Where a variable stands in the file. `word` is a word of `instruction`. In the string of a JSON array
 * and in a flag with quotes, where offsets differ, it is the place of the whole word.
 */
export function referenceSpan(instruction: Instruction, word: Word, reference: VariableReference): Span {
  const { logical } = instruction;
  const start = indexOfOffset(logical, offsetAt(logical.source, word.span.line, word.span.column));
  const written = logical.text.slice(start, start + word.raw.length);
  if (written !== word.raw) return word.span;
  return mappedSpan(logical, start + reference.start, start + reference.end);
}

/** The index of the character of `mapped` that comes from `offset`, or the first after it. Offsets only grow. */
function indexOfOffset(mapped: MappedText, offset: number): number {
  let low = 0;
  let high = mapped.text.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((mapped.offsets[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
