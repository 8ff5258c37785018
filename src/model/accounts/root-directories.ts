/**
 * Directories that certainly belong to root: made by root in this Dockerfile, and touched by nothing since that
 * may give them away. As measured (fixtures/oracle/owner-*): WORKDIR makes them for the user in force, COPY for
 * its --chown, else for root, and neither changes the owner of a directory that is there.
 */
import { baseAccounts, changesAccount, isOwnDirectory } from '../../knowledge/index.ts';
import { type Located, wrappersOf } from '../../syntax/index.ts';
import type { Command, FileChange, Stage, Step } from '../build.ts';
import { isUntouched } from '../files/base-files.ts';
import { directoryName, isGlob, relativeTo, resolve, splitGlob } from '../files/path.ts';
import { accountCallOf, fileEffectsOf } from '../run/command-calls.ts';
import { operands } from '../run/operands.ts';

/** By path, what made it. */
export type RootDirectories = ReadonlyMap<string, Located>;

/** More are not followed. */
const mostDirectories = 200;

/** Whether a base image is known well enough to say which directories it does not bring. */
export function startsKnown({ base }: Stage): boolean {
  if (base.kind === 'scratch') return true;
  return base.kind === 'image' && baseAccounts(base.reference.familiar, base.reference.tag, base.facts) !== undefined;
}

/** The directories of root after a step with its changes, from those before it. */
export function rootDirectoriesAfter(
  step: Step,
  changes: readonly FileChange[],
  before: RootDirectories,
): RootDirectories {
  const { instruction } = step;
  switch (instruction.keyword) {
    case 'WORKDIR': {
      const path = step.after.workdir;
      return path !== undefined && step.before.user.identity === 'root' ? withMade(before, path, step, step) : before;
    }
    case 'COPY':
    case 'ADD': {
      if (instruction.chown === undefined && instruction.chmod === undefined && instruction.from === undefined)
        return copied(step, changes, before);
      return withoutBelow(
        before,
        changes.map(({ path }) => path),
        false,
      );
    }
    case 'RUN':
      return step.before.user.identity === 'non-root' && !step.commands.some(changesUser) ? before : ran(step, before);
    default:
      return before;
  }
}

/** Whether a command runs as another user than the instruction does (sudo, su, gosu). */
export const changesUser = ({ shell, name }: Command): boolean =>
  changesAccount(name) || wrappersOf(shell).some(({ text }) => changesAccount(text));

/** A directory and those above it that were not there before. */
function withMade(before: RootDirectories, path: string, step: Step, at: Located): RootDirectories {
  const after = new Map(before);
  for (let each = path; isOwnDirectory(each); each = directoryName(each)) {
    if (!isUntouched(step.before.rootfs.stat(each)) || comesWithBase(each, step)) break;
    if (after.size < mostDirectories && !after.has(each)) after.set(each, at);
  }
  return after;
}

function comesWithBase(path: string, { stage }: Step): boolean {
  let root = stage;
  while (root.base.kind === 'stage') root = root.base.stage;
  const workdir = root.base.kind === 'image' ? root.base.facts?.workdir : undefined;
  return workdir !== undefined && relativeTo(path, workdir) !== undefined;
}

function copied(step: Step, changes: readonly FileChange[], before: RootDirectories): RootDirectories {
  let after = before;
  for (const { path, content } of changes) {
    const directory = content?.kind === 'context' && content.entry !== 'file' ? path : directoryName(path);
    after = content?.kind === 'context' || content?.kind === 'text' ? withMade(after, directory, step, step) : after;
  }
  return after;
}

function ran(step: Step, before: RootDirectories): RootDirectories {
  let after = before;
  for (const command of step.commands) {
    if (command.name === 'mkdir' && command.runs === 'always' && step.before.user.identity === 'root')
      after = afterMkdir(command, after);
    else after = withoutBelow(after, givenAway(command), true);
  }
  return after;
}

function afterMkdir(command: Command, before: RootDirectories): RootDirectories {
  if (changesUser(command) || command.arguments.some((word) => word === undefined || /^(?:-\w*m|--mode)/.test(word)))
    return before;
  let after = before;
  for (const word of operands(command.arguments)) {
    if (word === undefined || isGlob(word) || (command.workdir === undefined && !word.startsWith('/'))) continue;
    after = withMade(after, resolve(command.workdir ?? '/', word), command.step, command);
  }
  return after;
}

/** The paths whose owner or rights a command may change, with all below them; undefined for any. */
function givenAway(command: Command): readonly string[] | undefined {
  const { name, workdir } = command;
  if (name === undefined) return command.shell.effective.length === 0 ? [] : undefined;
  const call = accountCallOf(command);
  if (call !== undefined)
    return [...call.users.map((user) => `/home/${user}`), ...(call.home === undefined ? [] : [call.home])];
  const owns = ownership.has(name);
  if (!owns && !moves.has(name)) {
    const harmless = command.invocation !== undefined || command.shell.inner !== undefined;
    return harmless || fileEffectsOf(command) !== 'anything' ? [] : undefined;
  }
  const words = operands(command.arguments);
  if (words.includes(undefined) || (owns && words.length < 2)) return undefined;
  return words.flatMap((word) => {
    if (word === undefined) return [];
    if (workdir === undefined && !word.startsWith('/')) return ['/'];
    const path = resolve(workdir ?? '/', word);
    return [isGlob(path) ? splitGlob(path).directory : path];
  });
}

const ownership = new Set(['chown', 'chmod', 'chgrp', 'setfacl', 'chcon']);
const moves = new Set(
  'rm unlink rmdir mv cp ln install rsync touch tee git curl wget tar unzip find xargs umask'.split(' '),
);

/** `at`: a path itself goes, too, and not only what is below it. */
function withoutBelow(before: RootDirectories, paths: readonly string[] | undefined, at: boolean): RootDirectories {
  if (paths === undefined) return new Map();
  if (paths.length === 0 || before.size === 0) return before;
  const gone = (path: string): boolean =>
    paths.some((each) => {
      const rest = relativeTo(each, path);
      return rest !== undefined && (at || rest !== '');
    });
  return new Map([...before].filter(([path]) => !gone(path)));
}
