/** Flags and operands of a command's words. An undefined word is not known. */
import { remembered } from '../remembered.ts';

/** Arguments that are no flags; `--` ends the flags. `valued`: flags that take the next word. */
export function operands(
  words: readonly (string | undefined)[],
  valued: ReadonlySet<string> = noFlags,
): (string | undefined)[] {
  const found: (string | undefined)[] = [];
  let ended = false;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (!ended && word === '--') ended = true;
    else if (!ended && word !== undefined && word.startsWith('-') && word !== '-') {
      if (valued.has(word)) at += 1;
    } else found.push(word);
  }
  return found;
}

export const noFlags: ReadonlySet<string> = new Set();

/** The value of a flag given as `-o x`, `-ox` (short) or `--output=x`. */
export function flagValue(words: readonly (string | undefined)[], ...names: readonly string[]): string | undefined {
  for (const [at, word] of words.entries()) {
    if (word === undefined) continue;
    for (const name of names) {
      if (word === name) return words[at + 1];
      if (name.startsWith('--') && word.startsWith(`${name}=`)) return word.slice(name.length + 1);
      if (!name.startsWith('--') && word.startsWith(name) && word.length > 2) return word.slice(2);
    }
  }
  return undefined;
}

/** Whether one of the short flags in `letters`, alone or among others, or one of the long ones is given. */
export function hasFlag(words: readonly (string | undefined)[], letters: string, ...long: readonly string[]): boolean {
  return flagsIn(words).some((word) =>
    word.startsWith('--') ? long.includes(word) : [...word.slice(1)].some((letter) => letters.includes(letter)),
  );
}

/** The words of a call that are flags: asked for with each of its operands. */
const flagsIn: (words: readonly (string | undefined)[]) => readonly string[] = remembered(
  (words) => words,
  (words) => {
    const end = words.indexOf('--');
    return words.slice(0, end === -1 ? words.length : end).flatMap((word) => (word?.startsWith('-') ? [word] : []));
  },
);
