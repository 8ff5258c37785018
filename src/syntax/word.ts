/** Words of instructions: what BuildKit expands, with its place. */
import { isSpace, type Stretch } from './blank.ts';
import type { Word } from './instruction.ts';
import { lex } from './lexer.ts';
import { type MappedText, mappedSpan } from './source.ts';

const nothingKnown = (): undefined => undefined;
const special = /[$'"\\`\ufeff]/;
const noReferences: readonly string[] = Object.freeze([]);

/** The word that stands at a stretch of a logical line; `raw` where BuildKit reads it otherwise than it is written. */
export function readWord(logical: MappedText, { start, end }: Stretch, escape: '\\' | '`', raw?: string): Word {
  const written = raw ?? logical.text.slice(start, end);
  const span = mappedSpan(logical, start, end);
  if (!special.test(written)) return { raw: written, text: written, references: noReferences, span };
  const { text, references } = lex(written, nothingKnown, { escape });
  const names = [...new Set(references.map((reference) => reference.name))];
  if (names.length > 0 || text === undefined) return { raw: written, references: names, span };
  return { raw: written, text, references: noReferences, span };
}

/** A word in which nothing is expanded: a string of an exec form. */
export function literalWord(logical: MappedText, { start, end }: Stretch, text: string): Word {
  return { raw: text, text, references: noReferences, span: mappedSpan(logical, start, end) };
}

/** A word of ENV, LABEL or ARG. `text` lacks an escape character at the very end, which BuildKit drops. */
export interface QuotedWord extends Stretch {
  readonly text: string;
}

/** Splits at blanks outside quotes, as ENV, LABEL and ARG are; quotes and escapes are kept. */
export function splitQuoted(text: string, { start, end }: Stretch, escape: string): readonly QuotedWord[] {
  const words: QuotedWord[] = [];
  let at = start;
  while (at < end) {
    if (isSpace(text.charCodeAt(at))) {
      at += 1;
      continue;
    }
    const from = at;
    let quote = '';
    let loneEscape = false;
    for (; at < end && (quote !== '' || !isSpace(text.charCodeAt(at))); at += 1) {
      const character = text[at] ?? '';
      if (character === escape && quote !== "'") {
        if (at + 1 < end) at += 1;
        else loneEscape = true;
      } else if (character === quote) quote = '';
      else if (quote === '' && (character === '"' || character === "'")) quote = character;
    }
    const word = text.slice(from, loneEscape ? at - 1 : at);
    if (word !== '') words.push({ text: word, start: from, end: at });
  }
  return words;
}
