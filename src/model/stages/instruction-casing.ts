/** Keywords that are not written as the others of the file are. */
import type { Build, Located } from '../build.ts';

export interface OddKeyword extends Located {
  readonly word: string;
  /** As it would be written like the others. */
  readonly expected: string;
  /** Capital and small letters in one word. */
  readonly mixed: boolean;
}

/** As BuildKit counts: from the first FROM on, capitals where both are equally many. */
export function* oddKeywords({ file }: Build): Iterable<OddKeyword> {
  const first = file.instructions.findIndex(({ keyword }) => keyword === 'FROM');
  const counted = (first === -1 ? [] : file.instructions.slice(first)).filter(({ keyword }) => keyword !== 'INVALID');
  const small = counted.filter(({ word }) => word === word.toLowerCase()).length;
  const capital = counted.filter(({ word }) => word === word.toUpperCase()).length;
  for (const { word, keywordSpan } of counted) {
    const expected = small > capital ? word.toLowerCase() : word.toUpperCase();
    const mixed = word !== word.toLowerCase() && word !== word.toUpperCase();
    if (word !== expected) yield { span: keywordSpan, word, expected, mixed };
  }
}
