/** Installs that may resolve other versions than those the project has locked. */
import { lockfilesOf } from '../knowledge/index.ts';
import type { Build, FileChange, Install } from './build.ts';
import { baseName, directoryName, join } from './path.ts';
import { installsIn, originOf } from './query.ts';

export interface DriftingInstall {
  readonly install: Install;
  /** The lockfile that the project has and the install does not get. */
  readonly leftBehind?: LeftBehindLockfile;
}

export interface LeftBehindLockfile {
  /** Its name. */
  readonly lockfile: string;
  /** The copy that brings the manifest without it. */
  readonly manifest: FileChange;
}

/** Installs for what ships that do not keep to a lockfile: they are not asked to, or it has stayed behind. */
export function* driftingInstalls(build: Build): Iterable<DriftingInstall> {
  for (const install of installsIn(build)) {
    if (!resolvesManifest(install)) continue;
    const { frozen, lockfile, needsLockfile } = install;
    const leftBehind = lockfileLeftBehind(install, build);
    if (leftBehind === undefined && frozen === 'no' && lockfile !== 'absent') yield { install };
    if (leftBehind !== undefined && (frozen === 'no' || !needsLockfile)) yield { install, leftBehind };
  }
}

/** What the manifest asks for is resolved here, and not by an earlier install over which this one runs. */
const resolvesManifest = ({ node, follows, adds, command }: Install): boolean =>
  node &&
  (follows === undefined || follows.command.invocation?.operation === 'fetch') &&
  adds.length === 0 &&
  command.step.stage.reachable &&
  command.invocation?.operation === 'install' &&
  !command.invocation.offline;

function lockfileLeftBehind(install: Install, build: Build): LeftBehindLockfile | undefined {
  const { command, directory, manager, lockfile } = install;
  const { invocation, step } = command;
  if (lockfile !== 'absent' || directory === undefined || invocation === undefined) return undefined;
  if (invocation.noLockfile || invocation.manager !== manager) return undefined;
  const { presence, change: manifest } = step.before.rootfs.stat(join(directory, 'package.json'));
  if (presence !== 'present' || manifest === undefined) return undefined;
  const names = lockfilesOf(invocation.manager);
  const missed = names.find((name) => isPassedBy(manifest, name) || isBeside(originOf(manifest), name, build));
  return missed === undefined ? undefined : { lockfile: missed, manifest };
}

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
  if (stands !== 'unknown') return stands === 'file';
  return build.stages.some(({ layers }) =>
    layers.some(({ changes }) =>
      changes.some(({ content: other }) => other?.kind === 'context' && other.path === path),
    ),
  );
}
