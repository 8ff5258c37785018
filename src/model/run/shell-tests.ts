/** The tests of RUNs: `[ … ]`, `test …` and `[[ … ]]`, wherever they stand. */
import { type Located, type ShellCommand, type ShellWord, shebangOf } from '../../syntax/index.ts';
import type { Build } from '../build.ts';
import { remembered } from '../remembered.ts';
import { dialectOf, type ShellDialect } from './dialects.ts';
import { type WrittenCommand, type WrittenRun, writtenRuns } from './written-runs.ts';

export interface ShellTest extends Located {
  readonly run: WrittenRun;
  readonly kind: '[' | 'test' | '[[';
  readonly shell: ShellCommand;
  /** Between the brackets. */
  readonly operands: readonly ShellWord[];
  /** Its last word is the bracket that it needs. */
  readonly closed: boolean;
  /** Undefined where the shell is not known, and for `sh` of an unknown image. */
  readonly dialect: Exclude<ShellDialect, 'sh'> | undefined;
}

/** In the order of the file. */
export const shellTests: (build: Build) => readonly ShellTest[] = remembered(
  (build) => build.stages,
  (build) => writtenRuns(build).flatMap(testsOf),
);

export const testsOf: (run: WrittenRun) => readonly ShellTest[] = remembered(
  (run) => run,
  (run) => [...testsIn(run)],
);

function* testsIn(run: WrittenRun): Iterable<ShellTest> {
  if (run.script.interpreter !== 'posix') return;
  const seen = new Set<ShellCommand>();
  for (const command of run.commands) {
    for (const guard of command.shell.guards)
      if (guard.kind === 'status')
        for (const test of guard.tests) {
          if (test.index !== -1 || seen.has(test)) continue;
          seen.add(test);
          const found = testOf(test, command);
          if (found !== undefined) yield found;
        }
    const found = testOf(command.shell, command);
    if (found !== undefined) yield found;
  }
}

function testOf(shell: ShellCommand, command: WrittenCommand): ShellTest | undefined {
  const negated = shell.index === -1 && shell.words[0]?.text === '!';
  const words = negated ? shell.words.slice(1) : shell.effective;
  const kind = words[0]?.text;
  if (kind !== '[' && kind !== 'test' && kind !== '[[') return undefined;
  const bracket = kind === '[' ? ']' : ']]';
  const closed = kind === 'test' || words.at(-1)?.text === bracket;
  const operands = words.slice(1, closed && kind !== 'test' ? -1 : undefined);
  return { run: command.run, kind, shell, operands, closed, dialect: knownDialect(command), span: shell.span };
}

function knownDialect(command: WrittenCommand): ShellTest['dialect'] {
  const dialect = dialectIn(command);
  return dialect === 'sh' ? undefined : dialect;
}

/** The shell that reads a command: that of the RUN, or the one that the command around it names. */
export function dialectIn({ run, holder }: WrittenCommand): ShellDialect | undefined {
  const { step, script, instruction } = run;
  if (holder !== undefined) {
    const [program] = holder.shell.effective;
    if (program?.text === 'eval') return dialectIn(holder);
    return program?.text === undefined ? undefined : replacedOr(dialectOf([program.text], step.stage.base), run);
  }
  const [heredoc] = instruction.heredocs;
  const shebang = script.text === heredoc?.body ? shebangOf(script.text.text) : undefined;
  return replacedOr(dialectOf(shebang ?? step.before.shell, step.stage.base), run);
}

/** Where an instruction puts another program in the place of /bin/sh, dash is not known to be there. */
const replacedOr = (dialect: ShellDialect | undefined, { step }: WrittenRun): ShellDialect | undefined =>
  dialect === 'dash' && step.before.rootfs.stat('/bin/sh').change !== undefined ? undefined : dialect;
