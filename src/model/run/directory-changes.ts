/** cd in RUN. */
import type { Located } from '../../syntax/index.ts';
import { resolve } from '../files/path.ts';
import { perRun, type WrittenCommand, type WrittenRun } from './written-runs.ts';

export interface DirectoryChange extends Located {
  readonly command: WrittenCommand;
  /** As it is written. */
  readonly directory: string;
  /** The working directory that the next instruction has. */
  readonly workdir?: string;
  /** `nothing`: the RUN ends with it; `all` that the RUN does is done there; else a `part` of it. */
  readonly holdsFor: 'nothing' | 'all' | 'part';
}

/** The first cd of each RUN, or the one in vain. */
export const directoryChanges = perRun<DirectoryChange>(function* (run) {
  const changes = run.commands.filter(({ name, shell }) => name === 'cd' && !shell.words.some(isSudo));
  const last = changes.at(-1);
  const vain = last !== undefined && isVain(last, run) ? last : undefined;
  const command = vain ?? changes[0];
  if (command === undefined) return;
  const { workdir } = run.step.before;
  yield {
    span: command.span,
    command,
    directory: command.shell.effective
      .slice(1)
      .filter(({ raw }) => !/^-[LPe@]+$/.test(raw))
      .map(({ raw }) => raw)
      .join(' '),
    ...(workdir === undefined ? {} : { workdir }),
    holdsFor: vain !== undefined ? 'nothing' : changes.length === 1 && isFirst(command, run) ? 'all' : 'part',
  };
});

const isSudo = ({ text }: { readonly text?: string }): boolean => text === 'sudo';

/** Nothing comes after it, and it does not go back to where the RUN began. */
function isVain(command: WrittenCommand, { commands, step }: WrittenRun): boolean {
  const { shell, holder } = command;
  if (commands.at(-1) !== command || holder !== undefined || shell.within !== undefined) return false;
  if (shell.scope.length > 0 || shell.guards.some(({ kind }) => kind !== 'status')) return false;
  const target = command.arguments.find((word) => word === undefined || !word.startsWith('-') || word === '-');
  if (target === undefined || target === '' || target === '-' || target.startsWith('~')) return false;
  const { workdir } = step.before;
  // `cd api && make && cd ..` goes back.
  const isOnly = commands.filter(({ name }) => /^(?:cd|pushd)$/.test(name ?? '')).length === 1;
  if (!target.startsWith('/')) return isOnly ? target !== '.' : !/^\.\.?(?:\/|$)/.test(target);
  const directory = resolve('/', target);
  return directory !== '/' && directory !== workdir && workdir?.startsWith(`${directory}/`) !== true;
}

/** Before it stands nothing but `set` and the like. */
const isFirst = (command: WrittenCommand, { commands }: WrittenRun): boolean =>
  command.holder === undefined &&
  command.shell.scope.length === 0 &&
  command.shell.guards.length === 0 &&
  commands.slice(0, commands.indexOf(command)).every(({ name }) => name === 'set' || name === 'export');
