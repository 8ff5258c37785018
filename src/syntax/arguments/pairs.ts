/** ENV, LABEL and ARG. */
import { isSeparator } from '../blank.ts';
import type { Instruction, Pair } from '../instruction.ts';
import { mappedSpan } from '../source.ts';
import { type QuotedWord, splitQuoted } from '../word.ts';
import { type Draft, expandedWord, invalid } from './draft.ts';

/** Reads `NAME=value …` or `NAME value`. All pairs of one instruction see the environment before it. */
export function readPairs(draft: Draft, keyword: 'ENV' | 'LABEL'): Instruction {
  const words = splitQuoted(draft.logical.text, draft.head.rest, draft.escape);
  const [first] = words;
  if (first === undefined) {
    draft.refuse(draft.base.keywordSpan, `${keyword} needs at least one argument: ${keyword} NAME=value.`);
    return invalid(draft);
  }
  if (!first.text.includes('=')) return readLegacyPair(draft, keyword, first);
  const pairs: Pair[] = [];
  for (const word of words) {
    const equals = word.text.indexOf('=');
    const span = mappedSpan(draft.logical, word.start, word.end);
    if (equals === -1)
      draft.refuse(span, `${keyword} expects NAME=value here: ${JSON.stringify(word.text)} has no "=".`);
    else if (equals === 0) draft.refuse(span, `${keyword} expects a name before "=".`);
    else pairs.push(readPair(draft, word, equals));
  }
  const args = words.flatMap(({ text }) => {
    const equals = text.indexOf('=');
    return equals === -1 ? [] : [text.slice(0, equals), text.slice(equals + 1), '='];
  });
  if (pairs.length === 0) return invalid(draft, { args, json: false });
  return { ...draft.base, keyword, args, json: false, pairs };
}

/** `NAME value`, where the value is the rest of the line. */
function readLegacyPair(draft: Draft, keyword: 'ENV' | 'LABEL', first: QuotedWord): Instruction {
  const { logical, head } = draft;
  const { start, end } = head.rest;
  let nameEnd = start;
  while (nameEnd < end && !isSeparator(logical.text.charCodeAt(nameEnd))) nameEnd += 1;
  let valueStart = nameEnd;
  while (valueStart < end && isSeparator(logical.text.charCodeAt(valueStart))) valueStart += 1;
  if (valueStart === nameEnd) {
    const span = mappedSpan(logical, start, end);
    draft.refuse(span, `${keyword} needs a name and a value: write ${keyword} ${first.text}=value.`);
    return invalid(draft);
  }
  const name = expandedWord(draft, { start, end: nameEnd });
  const value = expandedWord(draft, { start: valueStart, end });
  const pair: Pair = { name, value, legacy: true, span: mappedSpan(logical, start, end) };
  return { ...draft.base, keyword, args: [name.raw, value.raw, ''], json: false, pairs: [pair] };
}

/** Reads `NAME` and `NAME=value`, any number of them. */
export function readArg(draft: Draft): Instruction {
  const words = splitQuoted(draft.logical.text, draft.head.rest, draft.escape);
  const args = words.map((word) => word.text);
  if (words.length === 0)
    draft.refuse(draft.base.keywordSpan, 'ARG needs at least one argument: ARG NAME or ARG NAME=default.');
  const pairs: Pair[] = [];
  for (const word of words) {
    const equals = word.text.indexOf('=');
    if (equals === 0) {
      const message = 'ARG expects a name before "=", without blanks: ARG NAME=default.';
      draft.refuse(mappedSpan(draft.logical, word.start, word.end), message);
    } else pairs.push(readPair(draft, word, equals));
  }
  if (pairs.length === 0) return invalid(draft, { args, json: false });
  return { ...draft.base, keyword: 'ARG', args, json: false, pairs };
}

function readPair(draft: Draft, word: QuotedWord, equals: number): Pair {
  const span = mappedSpan(draft.logical, word.start, word.end);
  const end = word.start + word.text.length;
  if (equals === -1) return { name: expandedWord(draft, { start: word.start, end }), legacy: false, span };
  const name = expandedWord(draft, { start: word.start, end: word.start + equals });
  const value = expandedWord(draft, { start: word.start + equals + 1, end });
  return { name, value, legacy: false, span };
}
