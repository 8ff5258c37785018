/** Loops over words that are known: their bodies run once for each word. */
import type { CaseGuard, Guard, LoopGuard, ShellCommand, ShellWord } from './command.ts';
import { expandShellWords } from './expand.ts';
import { baseName } from './wrapper.ts';

/** A loop over more words keeps its body as one. */
const mostRounds = 32;

/** The words that a loop goes through; undefined where they are not known, and where a round may be cut short. */
export function roundsOf(loop: LoopGuard, body: readonly ShellCommand[]): readonly ShellWord[] | undefined {
  if (loop.words === undefined || loop.variable === undefined) return undefined;
  if (body.some(mayLeave)) return undefined;
  const rounds: ShellWord[] = [];
  for (const word of loop.words) {
    for (const text of expandShellWords(word, () => undefined) ?? [undefined]) {
      if (text === undefined || rounds.length >= mostRounds) return undefined;
      rounds.push({ ...word, text, parts: [{ kind: 'literal', text, quoted: true }] });
    }
  }
  return rounds;
}

/** Whether a command may cut a round short, and the script goes on or ends with success. */
function mayLeave({ words: [first, status], guards }: ShellCommand): boolean {
  const name = baseName(first);
  if (name === 'break' || (name === 'continue' && status !== undefined)) return true;
  if (name !== 'exit' && name !== 'return') return false;
  const last = guards.at(-1);
  const afterFailure = last?.kind === 'status' && last.outcome === 'failure';
  return status === undefined ? !afterFailure : !/^[1-9]\d*$/.test(status.text ?? '');
}

/** What a loop does at the start of a round: it assigns the word to its variable. Stands in no script. */
export function startOfRound(loop: LoopGuard, word: ShellWord, first: ShellCommand, guard: Guard): ShellCommand {
  const at = first.guards.indexOf(loop);
  const assignment = { name: loop.variable ?? '', value: word, append: false, span: word.span };
  const { inner: _, ...rest } = first;
  return {
    ...rest,
    index: -1,
    words: [],
    effective: [],
    assignments: [assignment],
    environment: [assignment],
    redirects: [],
    guards: [...first.guards.slice(0, at), guard],
    pipeline: -1,
    scope: loop.scope ?? first.scope,
    span: word.span,
  };
}

/** Copies a command and its guards for one round, so that nothing of it is taken for that of another. */
export type Round = (command: ShellCommand) => ShellCommand;

export function newRound(loop: LoopGuard, guard: Guard): Round {
  const commands = memo<ShellCommand>();
  const guards = memo<Guard>();
  const tests = memo<readonly ShellCommand[]>();
  const words = memo<readonly ShellWord[]>();
  const subjects = memo<ShellWord>();
  const arms = memo<CaseGuard>();

  const commandOf = (original: ShellCommand): ShellCommand => {
    const at = original.guards.indexOf(loop);
    if (at === -1) return original;
    return commands(original, () => ({
      ...original,
      words: words(original.words, () => [...original.words]),
      guards: [...original.guards.slice(0, at), guard, ...original.guards.slice(at + 1).map(guardOf)],
    }));
  };
  const guardOf = (original: Guard): Guard => {
    if (original.kind === 'case') return armOf(original);
    if (original.kind !== 'status') return guards(original, () => ({ ...original }));
    return guards(original, () => ({ ...original, tests: tests(original.tests, () => original.tests.map(commandOf)) }));
  };
  const armOf = (original: CaseGuard): CaseGuard =>
    arms(original, () => ({
      ...original,
      subject: subjects(original.subject, () => ({ ...original.subject })),
      ...(original.previous === undefined ? {} : { previous: armOf(original.previous) }),
    }));
  return commandOf;
}

/** Copies each original once. */
function memo<Part extends object>(): (original: Part, copy: () => Part) => Part {
  const copies = new Map<Part, Part>();
  return (original, copy) => {
    const known = copies.get(original);
    if (known !== undefined) return known;
    const made = copy();
    copies.set(original, made);
    return made;
  };
}
