/** The options that a shell is started with. */

/** Options of a POSIX shell, as `sh -eo pipefail -c` has them. */
export interface ShellOptions {
  /** `-c`: the first operand is the script. */
  readonly command: boolean;
  /** `-s`: the script is the standard input, whatever operands there are. */
  readonly input: boolean;
  readonly errexit: boolean;
  readonly pipefail: boolean;
  /** Index of the first operand. */
  readonly operands: number;
}

/** Reads the words after the name of a shell; undefined when one that matters is not known. */
export function shellOptions(words: readonly (string | undefined)[]): ShellOptions | undefined {
  const read = { command: false, input: false, errexit: false, pipefail: false };
  let at = 0;
  for (; at < words.length; at += 1) {
    const word = words[at];
    if (word === undefined) return read.command ? { ...read, operands: at } : undefined;
    if (word === '-' || word === '--') return { ...read, operands: at + 1 };
    if (word === '--rcfile' || word === '--init-file') at += 1;
    else if (!/^[-+]./.test(word)) break;
    else if (!word.startsWith('--')) {
      const set = word.startsWith('-');
      for (const letter of word.slice(1)) {
        if (letter === 'c') read.command = set;
        else if (letter === 's') read.input = set;
        else if (letter === 'e') read.errexit = set;
        else if (letter === 'o' || letter === 'O') {
          at += 1;
          if (words[at] === 'errexit') read.errexit = set;
          if (words[at] === 'pipefail') read.pipefail = set;
        }
      }
    }
  }
  return { ...read, operands: at };
}
