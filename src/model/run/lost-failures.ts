/** Scripts in heredocs that go on after a command has failed. */
import { doesTheWork, succeedsAnyway } from '../../knowledge/index.ts';
import { type Located, type ShellScript, shellOptions } from '../../syntax/index.ts';
import type { Build } from '../build.ts';
import { commandTitle } from './command-title.ts';
import { type WrittenCommand, type WrittenRun, writtenRuns } from './written-runs.ts';

export interface LostFailure extends Located {
  /** Name and subcommand: `npm ci`. */
  readonly name: string;
  /** The command that decides in its place. */
  readonly last: Located & { readonly name?: string };
  /** The last one succeeds whatever has happened: the build certainly goes on. */
  readonly certain: boolean;
}

/** The last such command of each script. */
export function* lostFailures(build: Build): Iterable<LostFailure> {
  for (const run of writtenRuns(build)) {
    if (run.instruction.heredocs.length === 0) continue;
    for (const { script, holder } of scriptsIn(run)) {
      const found = lostIn(
        script,
        run.commands.filter((command) => command.holder === holder),
      );
      if (found !== undefined) yield found;
    }
  }
}

/** The heredoc as a script of its own, and those that a shell is given. */
function* scriptsIn({
  script,
  instruction,
  commands,
}: WrittenRun): Iterable<{ script: ShellScript; holder?: WrittenCommand }> {
  if (instruction.heredocs.some(({ body }) => body === script.text)) yield { script };
  for (const holder of commands) {
    const { inner, redirects } = holder.shell;
    if (inner !== undefined && redirects.some(({ heredoc }) => heredoc !== undefined)) yield { script: inner, holder };
  }
}

function lostIn(script: ShellScript, commands: readonly WrittenCommand[]): LostFailure | undefined {
  if (script.interpreter !== 'posix' || script.errexit || script.fault !== undefined) return undefined;
  if (commands.some(handlesFailure)) return undefined;
  const last = commands.findLast(({ shell }) => shell.within === undefined);
  if (last === undefined) return undefined;
  const at = commands.findLastIndex(
    (command) => command !== last && isLost(command) && doesTheWork(command.name ?? '', command.arguments),
  );
  const lost = commands[at];
  const lostName = lost === undefined ? undefined : titleOf(lost);
  if (lost === undefined || lostName === undefined) return undefined;
  const { shell, name, arguments: words } = last;
  const lastName = titleOf(last);
  const certain = shell.guards.length === 0 && name !== undefined && succeedsAnyway(name, words);
  return {
    span: lost.span,
    name: lostName,
    last: { span: last.span, ...(lastName === undefined ? {} : { name: lastName }) },
    certain,
  };
}

const titleOf = (command: WrittenCommand): string | undefined =>
  doesTheWork(command.name ?? '', command.arguments) ? commandTitle(command) : command.name;

/** `set -e` further down, `trap … ERR`. */
const handlesFailure = ({ name, arguments: words }: WrittenCommand): boolean =>
  name === 'trap' || (name === 'set' && shellOptions(words)?.errexit === true);

const isLost = ({ shell }: WrittenCommand): boolean =>
  (shell.failure === 'open' || shell.failure === 'skips') &&
  shell.within === undefined &&
  shell.guards.every(({ kind }) => kind !== 'function');
