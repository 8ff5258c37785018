/** Lists in braces that a shell leaves as they are: one word with braces in it. */
import { readsBraces } from '../../knowledge/index.ts';
import { expandShellWords, type Located, type ShellWord } from '../../syntax/index.ts';
import type { Build } from '../build.ts';
import { dialectIn } from './shell-tests.ts';
import { type WrittenCommand, writtenRuns } from './written-runs.ts';

export interface WholeBrace extends Located {
  readonly word: ShellWord;
  readonly shell: 'dash' | 'busybox';
  /** What bash makes of it; absent where variables are in it. */
  readonly words?: readonly string[];
}

/** Each once, where it is known which shell reads it. */
export function* wholeBraces(build: Build): Iterable<WholeBrace> {
  for (const { commands, script } of writtenRuns(build)) {
    if (!script.text.text.includes('{')) continue;
    const seen = new Set<ShellWord>();
    for (const command of commands) {
      const shell = dialectIn(command);
      if ((shell !== 'dash' && shell !== 'busybox') || readsBraces(command.name)) continue;
      for (const word of wordsOf(command)) {
        if (seen.has(word) || !hasList(word)) continue;
        seen.add(word);
        const words = expandShellWords(word, () => undefined, { globs: 'keep' });
        yield { span: word.span, word, shell, ...(words === undefined ? {} : { words }) };
      }
    }
  }
}

/** Arguments, and what `for` goes through. */
const wordsOf = ({ shell }: WrittenCommand): readonly ShellWord[] => [
  ...shell.guards.flatMap((guard) => (guard.kind === 'loop' ? (guard.words ?? []) : [])),
  ...shell.effective.slice(1),
];

/** Options are read by the program. */
const hasList = ({ parts, raw }: ShellWord): boolean =>
  !raw.startsWith('-') && parts.some((part) => part.kind === 'brace' && /,|\.\./.test(part.text));
