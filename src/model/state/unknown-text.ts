/** Texts of which only a part is known. */
import { expandShellWord, type ShellWord } from '../../syntax/index.ts';
import type { Lookup } from './environment.ts';

/** Stands for text that is not known, such as the value of a variable: U+FFFC, the object replacement character. */
export const unknownText = '\uFFFC';

/** The text of a shell word, with U+FFFC for every part whose value is not known. */
export function renderWord(word: ShellWord, lookup: Lookup): string {
  if (word.text !== undefined) return word.text;
  return word.parts
    .map((part) => {
      if (part.kind === 'literal' || part.kind === 'glob' || part.kind === 'brace') return part.text;
      if (part.kind === 'substitution') return unknownText;
      return expandShellWord({ ...word, parts: [part] }, lookup) ?? unknownText;
    })
    .join('');
}
