/** Installs that may resolve other versions than those the project has locked. */
import { lockedCall, lockfilesOf, type PackageManager } from '../../knowledge/index.ts';
import type { Build, Command, FileChange, Install, Step } from '../build.ts';
import { baseName, directoryName, join } from '../files/path.ts';
import { chainOf, judgedInstalls, judgedStages, originOf } from '../query.ts';
import { foreignManagers } from './foreign-managers.ts';
import { workspaceLockfile } from './workspace-lockfile.ts';

export interface DriftingInstall {
  readonly install: Install;
  /** A lockfile of its manager is seen to be there. */
  readonly locked: boolean;
  /** The lockfile that the project has and the install does not get. */
  readonly leftBehind?: LeftBehindLockfile;
  /** The install that keeps to the lockfile and has failed where this one runs: `npm ci || npm install`. */
  readonly insteadOf?: Command;
  /** The call that would keep to the lockfile. */
  readonly frozenCall: string;
  /** Written out, or provided for a project that may have no lockfile. */
  readonly meant: boolean;
}

export interface LeftBehindLockfile {
  /** Its name. */
  readonly lockfile: string;
  /** Whose it is: a workspace has it at its root, above the project that is a member of it. */
  readonly of: 'project' | 'workspace';
  /** The copy that brings the manifest without it. */
  readonly manifest: FileChange;
}

/**
 * Installs for what ships that do not keep to a lockfile: they are not asked to, or it has stayed behind. Those by
 * another manager than that of the project have a query of their own.
 */
export function* driftingInstalls(build: Build): Iterable<DriftingInstall> {
  const foreign = new Set([...foreignManagers(build)].map(({ install }) => install));
  for (const install of judgedInstalls(build)) {
    if (!resolvesManifest(install) || foreign.has(install)) continue;
    const { frozen, lockfile, needsLockfile } = install;
    const takenOut = isTakenOut(install);
    const leftBehind = takenOut ? undefined : lockfileLeftBehind(install, build);
    const locked = lockfile === 'present';
    const frozenCall = lockedCall(install.manager, install.version) ?? install.manager;
    if (leftBehind === undefined && frozen === 'no' && (locked || takenOut || mayBeLocked(install, build))) {
      const failed = failedFirst(install);
      const insteadOf = failed?.frozen === 'yes' ? failed.command : undefined;
      const meant = takenOut || install.command.invocation?.frozen === false || (insteadOf !== undefined && !locked);
      yield { install, locked, frozenCall, meant, ...(insteadOf === undefined ? {} : { insteadOf }) };
    }
    if (leftBehind !== undefined && (frozen === 'no' || !needsLockfile))
      yield { install, locked, frozenCall, meant: false, leftBehind };
  }
}

/** Whether a command has deleted the lockfile that the project brought along: `rm package-lock.json && npm install`. */
function isTakenOut({ command, directory, manager, lockfile }: Install): boolean {
  if (lockfile !== 'absent' || directory === undefined || command.invocation?.noLockfile === true) return false;
  const names = managers.filter((each) => each === manager).flatMap(lockfilesOf);
  const removals = chainOf(command.step.stage)
    .flatMap(({ layers }) => layers.flatMap(({ changes }) => changes))
    .filter(({ kind }) => kind === 'removal');
  return names.some((name) => removals.some(({ path }) => path === join(directory, name)));
}

/**
 * Calls that put other versions in the place of those that the lockfile names: `npm audit fix`, `npm update` over what
 * `npm ci` has installed, `ncu -u`.
 */
export function* renewals(build: Build): Iterable<Command> {
  for (const stage of judgedStages(build))
    for (const { commands } of stage.steps)
      for (const command of commands) if (stage.reachable && (fixesAudit(command) || renews(command))) yield command;
}

const fixesAudit = ({ invocation, arguments: words }: Command): boolean =>
  invocation?.subcommand === 'audit' && words.includes('fix') && !words.includes('--dry-run');

/** Where it is the first install of its folder, it is told as one that drifts. */
function renews({ name, invocation, install, arguments: words }: Command): boolean {
  const [runs = name] = invocation?.operation === 'exec' ? invocation.packages : [];
  if (/^(?:npm-check-updates|ncu)(?:@.*)?$/.test(runs ?? ''))
    return words.some((word) => /^(?:-u|--upgrade)$/.test(word ?? ''));
  if (invocation === undefined || invocation.global || invocation.noTree || install === undefined) return false;
  const isLocked = install.lockfile === 'present' || install.follows?.needsLockfile === true;
  const isOver = install.follows !== undefined || install.adds.length > 0;
  return isLocked && isOver && /^(?:update|up|upgrade|udpate)$/.test(invocation.subcommand);
}

/** What the manifest asks for is resolved here, and not by an earlier install over which this one runs. */
const resolvesManifest = (install: Install): boolean =>
  install.node &&
  !completes(install) &&
  install.adds.length === 0 &&
  !mustRewriteLockfile(install) &&
  install.command.step.stage.reachable &&
  install.command.invocation?.operation === 'install' &&
  !install.command.invocation.offline;

/** bun takes the lockfile that `turbo prune` has cut for outdated and refuses it when frozen (oven-sh/bun#26973, vercel/turborepo#12816). */
function mustRewriteLockfile({ manager, directory, command }: Install): boolean {
  if (manager !== 'bun' || directory === undefined) return false;
  const { change } = command.step.before.rootfs.stat(join(directory, 'package.json'));
  return change !== undefined && originOf(change).content?.kind === 'pruned-workspace';
}

/** Runs over what an earlier install has resolved: `npm ci || npm install` does not, as the first has failed then. */
const completes = (install: Install): boolean =>
  install.follows !== undefined &&
  install.follows.command.invocation?.operation !== 'fetch' &&
  failedFirst(install) === undefined;

/** The earlier install of the same folder that must have failed for this one to run. */
function failedFirst({ follows, command }: Install): Install | undefined {
  const failed = command.shell.guards.some(
    (guard) =>
      guard.kind === 'status' &&
      guard.outcome === 'failure' &&
      follows !== undefined &&
      guard.tests.includes(follows.command.shell),
  );
  return failed ? follows : undefined;
}

/** Where no lockfile is seen: neither a clone brings the project, nor the context without one, and none was taken out. */
function mayBeLocked({ command, directory, manager, lockfile }: Install, build: Build): boolean {
  if (lockfile === 'absent')
    return (
      directory !== undefined && command.invocation?.noLockfile !== true && comesAlone(directory, command.step, build)
    );
  if (directory === undefined) return true;
  const { before, after } = command.step;
  const { rootfs } = before;
  const names = managers.filter((each) => each === manager).flatMap(lockfilesOf);
  const place = join(directory, 'package.json');
  // A project may be cloned or generated by the RUN that installs it.
  const change = rootfs.stat(place).change ?? after.rootfs.stat(place).change;
  if (change === undefined) return true;
  const { content, path } = originOf(change);
  const takenOut =
    content?.kind === 'pruned-workspace' &&
    names.some((name) => rootfs.stat(join(directory, name)).presence === 'absent');
  if (takenOut || content?.kind === 'output') return false;
  if (content?.kind !== 'context') return true;
  const folder = baseName(path) === 'package.json' ? directoryName(content.path) : content.path;
  if (baseName(path) !== 'package.json' && path !== directory) return true;
  return names.some((name) => build.context.stat(join(folder, name)) !== 'absent');
}

/** Whether a COPY names the manifest and no lockfile, of a context that nothing is known of. */
function comesAlone(directory: string, { before: { rootfs } }: Step, build: Build): boolean {
  const { presence, change } = rootfs.stat(join(directory, 'package.json'));
  if (presence !== 'present' || change === undefined) return false;
  const { content } = originOf(change);
  return (
    content?.kind === 'context' &&
    baseName(content.path) === 'package.json' &&
    build.context.stat(content.path) === 'unknown'
  );
}

function lockfileLeftBehind(install: Install, build: Build): LeftBehindLockfile | undefined {
  const { command, directory, manager, lockfile } = install;
  const { invocation, step } = command;
  if (lockfile !== 'absent' || directory === undefined || invocation === undefined) return undefined;
  if (invocation.noLockfile || invocation.manager !== manager) return undefined;
  const { presence, change: manifest } = step.before.rootfs.stat(join(directory, 'package.json'));
  if (presence !== 'present' || manifest === undefined) return undefined;
  const missed = (name: string): boolean => isPassedBy(manifest, name) || isBeside(originOf(manifest), name, build);
  const own = lockfilesOf(invocation.manager).find(missed);
  if (own !== undefined) return { lockfile: own, of: 'project', manifest };
  // A project that has locked with another manager: its lockfile is the one that is not heeded.
  const { rootfs } = step.before;
  const other = managers
    .flatMap(lockfilesOf)
    .find((name) => missed(name) && rootfs.stat(join(directory, name)).presence === 'absent');
  if (other !== undefined) return { lockfile: other, of: 'project', manifest };
  const { content } = originOf(manifest);
  if (content?.kind !== 'context' || baseName(content.path) !== 'package.json') return undefined;
  const shared = workspaceLockfile(content.path.includes('/') ? directoryName(content.path) : '', build);
  return shared === undefined ? undefined : { lockfile: shared, of: 'workspace', manifest };
}

const managers: readonly PackageManager[] = ['npm', 'yarn', 'pnpm', 'bun'];

/** Whether a stage that the manifest is copied out of has the lockfile of the project beside it. */
function isPassedBy(manifest: FileChange, name: string): boolean {
  for (let { source } = manifest; source !== undefined; source = source.source) {
    const { presence, change } = source.step.stage.result.rootfs.stat(join(folderOf(source), name));
    if (presence === 'present' && change !== undefined && originOf(change).content?.kind === 'context') return true;
  }
  return false;
}

/** The folder that the manifest stands in; the change may be that of the folder itself. */
const folderOf = ({ path }: FileChange): string => (baseName(path) === 'package.json' ? directoryName(path) : path);

/** Whether the build context holds the lockfile beside the manifest, as its listing says or as another COPY names it. */
function isBeside({ content }: FileChange, name: string, build: Build): boolean {
  if (content?.kind !== 'context' || baseName(content.path) !== 'package.json') return false;
  const path = join(directoryName(content.path), name);
  const stands = build.context.stat(path);
  if (stands !== 'unknown') return stands === 'file' || stands === 'ignored';
  return build.stages.some(({ layers }) =>
    layers.some(({ changes }) =>
      changes.some(({ content: other }) => other?.kind === 'context' && other.path === path),
    ),
  );
}
