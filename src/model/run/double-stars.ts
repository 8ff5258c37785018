/** `**` that a shell reads as `*`. */
import { readsPatterns } from '../../knowledge/index.ts';
import type { Located, ShellWord } from '../../syntax/index.ts';
import type { Build } from '../build.ts';
import { dialectIn } from './shell-tests.ts';
import { type WrittenCommand, type WrittenRun, writtenRuns } from './written-runs.ts';

export interface DoubleStar extends Located {
  readonly shell: 'sh' | 'bash';
  /** The pattern as the shell reads it. */
  readonly single: string;
}

export function* doubleStars(build: Build): Iterable<DoubleStar> {
  for (const run of writtenRuns(build)) {
    if (!run.script.text.text.includes('**/') || isSwitchedOn(run)) continue;
    const seen = new Set<ShellWord>();
    for (const command of run.commands) {
      const dialect = dialectIn(command);
      if (dialect === undefined || dialect === 'ksh') continue;
      for (const word of wordsOf(command)) {
        if (seen.has(word) || !goesDeep(word)) continue;
        seen.add(word);
        const single = word.raw.replaceAll('**', '*');
        yield { span: word.span, shell: dialect === 'bash' ? 'bash' : 'sh', single };
      }
    }
  }
}

/** `shopt -s globstar`, `bash -O globstar`, `set -o globstar`, in SHELL too. */
const isSwitchedOn = ({ script, step }: WrittenRun): boolean =>
  script.text.text.includes('globstar') || step.before.shell?.some((word) => word.includes('globstar')) === true;

/** What the shell makes file names of: arguments, and what `for` goes through. */
function* wordsOf({ name, shell }: WrittenCommand): Iterable<ShellWord> {
  for (const guard of shell.guards) if (guard.kind === 'loop') yield* guard.words ?? [];
  if (name === undefined || readsPatterns(name)) return;
  let previous = '';
  for (const word of shell.effective.slice(1)) {
    // A pattern after a long option is meant for the program.
    if (!previous.startsWith('--')) yield word;
    previous = word.text ?? '';
  }
}

/** `**` as a whole folder name, with more to come after it: at the end it takes no more than `*` does. */
const goesDeep = ({ parts }: ShellWord): boolean =>
  parts.some((part, at) => {
    if (part.kind !== 'glob' || part.text !== '**') return false;
    const [before, after] = [parts[at - 1], parts[at + 1]];
    const starts = before === undefined || before.kind !== 'literal' || before.text.endsWith('/');
    return starts && after?.kind === 'literal' && after.text.startsWith('/') && !after.quoted;
  });
