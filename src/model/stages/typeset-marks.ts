/** What a page has made of syntax: dashes, blanks and signs of typography, and line ends that are lost. */
import { type Located, mappedSpan } from '../../syntax/index.ts';
import type { Build, Step } from '../build.ts';
import { remembered } from '../remembered.ts';
import { ownSteps } from '../state/word-values.ts';

export interface TypesetMark extends Located {
  readonly step: Step;
  readonly kind: 'dash' | 'line-end' | 'entity' | 'blank';
  /** What stands there: of a dash the option, of an entity the sign that is meant. */
  readonly text: string;
  /** What is meant, to be written in its place. */
  readonly meant: string;
}

/** The first of each kind of an instruction. */
export const typesetMarks: (build: Build) => readonly TypesetMark[] = remembered(
  (build) => build.stages,
  (build) =>
    build.stages.flatMap((stage) => [...ownSteps(stage)].flatMap((step) => [...marksOf(step, build.file.escape)])),
);

const read = new Set(['RUN', 'COPY', 'ADD', 'ENV', 'CMD', 'ENTRYPOINT', 'WORKDIR', 'EXPOSE']);

function* marksOf(step: Step, escape: string): Iterable<TypesetMark> {
  const { instruction } = step;
  const { logical, json, keyword } = instruction;
  if (json || !read.has(keyword)) return;
  const seen = new Set<string>();
  for (const { start, text } of bareWords(logical.text, escape)) {
    const mark = markIn(text, escape);
    if (mark === undefined || seen.has(mark.kind) || (mark.kind === 'dash' && isSaid(logical.text.slice(0, start))))
      continue;
    if (keyword === 'ENV' && mark.kind !== 'line-end') continue;
    seen.add(mark.kind);
    const from = start + mark.at;
    yield { step, ...mark, span: mappedSpan(logical, from, from + mark.length) };
  }
}

type Mark = Pick<TypesetMark, 'kind' | 'text' | 'meant'> & { readonly at: number; readonly length: number };

function markIn(word: string, escape: string): Mark | undefined {
  if (word.startsWith(`${escape} `) && /^[A-Za-z&|-]/.test(word.slice(2)))
    return { kind: 'line-end', text: word.slice(2), meant: `${escape}\n  `, at: 0, length: 2 };
  const dashes = /^[–—]{1,2}(?=[a-z])/.exec(word)?.[0];
  if (dashes !== undefined) {
    const long = /^..?[a-z]{2}/.test(word);
    const meant = long ? '--' : '-';
    return { kind: 'dash', text: word, meant, at: 0, length: dashes.length };
  }
  const sign = signs.get(word);
  if (sign !== undefined) return { kind: 'entity', text: word, meant: sign, at: 0, length: word.length };
  const at = word.search(/[\u00a0\u2002\u2003\u2009\u200b]/);
  return at === -1 ? undefined : { kind: 'blank', text: word.slice(0, at), meant: ' ', at, length: 1 };
}

const signs: ReadonlyMap<string, string> = new Map([
  ['&amp;&amp;', '&&'],
  ['&amp;', '&'],
  ['&gt;', '>'],
  ['&gt;&gt;', '>>'],
  ['&lt;', '<'],
]);

/** A command that prints its words stands before it. */
function isSaid(before: string): boolean {
  const start = Math.max(...[';', '&', '|'].map((sign) => before.lastIndexOf(sign))) + 1;
  return /\b(?:echo|printf)\s/.test(before.slice(start));
}

/** Words without quotes, up to a comment of the shell; an escaped blank is a part of its word. */
function* bareWords(text: string, escape: string): Iterable<{ readonly start: number; readonly text: string }> {
  const words = escape === '`' ? /(?:[^\s`"']|`.)+|["']/gs : /(?:[^\s\\"']|[\u00a0\u2002\u2003\u2009]|\\.)+|["']/gs;
  for (let word = words.exec(text); word !== null; word = words.exec(text)) {
    const [found] = word;
    if (found === '"' || found === "'") {
      const end = text.indexOf(found, word.index + 1);
      if (end === -1) return;
      words.lastIndex = end + 1;
      continue;
    }
    if (found.startsWith('#')) return;
    yield { start: word.index, text: found };
  }
}
