/** Instructions with one value (USER, WORKDIR, STOPSIGNAL, MAINTAINER) or a list of values (EXPOSE, VOLUME). */
import type { Instruction } from '../instruction.ts';
import { mappedSpan } from '../source.ts';
import { literalWord } from '../word.ts';
import { type Draft, expandedWord, expandedWords, invalid, readList, readWords } from './draft.ts';

export function readValue(draft: Draft, keyword: 'USER' | 'WORKDIR' | 'STOPSIGNAL' | 'MAINTAINER'): Instruction {
  const { rest } = draft.head;
  const raw = draft.logical.text.slice(rest.start, rest.end);
  if (raw === '') {
    draft.refuse(draft.base.keywordSpan, `${keyword} needs exactly one argument.`);
    return invalid(draft);
  }
  const value = keyword === 'MAINTAINER' ? literalWord(draft.logical, rest, raw) : expandedWord(draft, rest);
  return { ...draft.base, keyword, args: [raw], json: false, value };
}

export function readExpose(draft: Draft): Instruction {
  const list = readWords(draft);
  const { args, json } = list;
  if (args.length === 0) {
    draft.refuse(draft.base.keywordSpan, 'EXPOSE needs at least one argument, a port.');
    return invalid(draft, list);
  }
  return { ...draft.base, keyword: 'EXPOSE', args, json, values: expandedWords(draft, list) };
}

export function readVolume(draft: Draft): Instruction {
  const list = readList(draft);
  if (list === undefined) return invalid(draft);
  const { args, json } = list;
  if (args.length === 0) {
    draft.refuse(draft.base.keywordSpan, 'VOLUME needs at least one argument, a path.');
    return invalid(draft, list);
  }
  for (const [index, { start, end }] of list.words.entries())
    if (args[index]?.trim() === '')
      draft.refuse(mappedSpan(draft.logical, start, end), 'VOLUME needs a path that is not empty.');
  return { ...draft.base, keyword: 'VOLUME', args, json, values: expandedWords(draft, list) };
}
