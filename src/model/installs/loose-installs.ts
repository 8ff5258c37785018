/** Installs of other ecosystems than Node.js that do not keep to what the project has locked. */
import { lockedCall } from '../../knowledge/index.ts';
import type { Build, FileChange, Install } from '../build.ts';
import { baseName, directoryName, join } from '../files/path.ts';
import { judgedInstalls, originOf } from '../query.ts';

export interface LooseInstall {
  readonly install: Install;
  /** The call in two words: `composer update`. */
  readonly call: string;
  /** The manifest by whose ranges the versions are chosen. */
  readonly manifest: string;
  /** The lockfile that the project has: it is passed over, or does not come along. Absent where none is seen. */
  readonly lockfile?: string;
  /** The copy that brings the manifest and leaves the lockfile behind. */
  readonly broughtWithout?: FileChange;
  /**
   * The call that keeps to the lockfile always. This one does as long as the lockfile fits the manifest, and resolves
   * versions anew when it does not.
   */
  readonly keepsAlways?: string;
}

export function* looseInstalls(build: Build): Iterable<LooseInstall> {
  const installs = [...judgedInstalls(build)].filter(({ node }) => !node);
  const locked = lastLocked(installs);
  for (const [index, install] of installs.entries()) {
    const { directory, reads, locks, command, updates } = install;
    const [manifest] = reads;
    if (directory === undefined || manifest === undefined || !command.step.stage.reachable) continue;
    const particulars = { install, call: [command.name, command.arguments[0]].join(' '), manifest: baseName(manifest) };
    if (updates === true) {
      // Over what is installed already it moves versions all the same.
      const lockfile = install.lockfile === 'absent' ? undefined : locks?.map(baseName)[0];
      if (install.manifest !== 'absent') yield { ...particulars, ...(lockfile === undefined ? {} : { lockfile }) };
      continue;
    }
    const keepsAlways = lockedCall(install.manager);
    if (install.lockfile === 'present' && install.frozen === 'no' && install.follows === undefined && keepsAlways)
      yield { ...particulars, keepsAlways };
    if (install.lockfile !== 'absent' || install.needsLockfile || install.offline || install.frozen === 'yes') continue;
    const found = leftBehind(install, build);
    // A later install of the same project has the lockfile: the first one only warms up.
    if (found !== undefined && (locked.get(projectOf(install)) ?? -1) <= index) yield { ...particulars, ...found };
  }
}

const projectOf = ({ manager, directory, command }: Install): string =>
  `${command.step.stage.index} ${manager} ${directory ?? ''}`;

/** The last install of each project that has, or may have, its lockfile, by stage and project. */
function lastLocked(installs: readonly Install[]): ReadonlyMap<string, number> {
  return new Map(
    [...installs.entries()]
      .filter(([, { lockfile }]) => lockfile !== 'absent')
      .map(([at, install]) => [projectOf(install), at]),
  );
}

/** The lockfile stands beside the manifest in the context, as its listing says or as another COPY names it. */
function leftBehind(
  { reads, locks, command }: Install,
  build: Build,
): Required<Pick<LooseInstall, 'lockfile' | 'broughtWithout'>> | undefined {
  const [path = ''] = reads;
  const { presence, change } = command.step.before.rootfs.stat(path);
  if (presence !== 'present' || change === undefined) return undefined;
  const { content } = originOf(change);
  if (content?.kind !== 'context' || baseName(content.path) !== baseName(path)) return undefined;
  const folder = content.path.includes('/') ? directoryName(content.path) : '';
  const lockfile = (locks ?? []).map(baseName).find((name) => stands(join(folder, name), build));
  return lockfile === undefined ? undefined : { lockfile, broughtWithout: change };
}

function stands(path: string, { context, stages }: Build): boolean {
  const entry = context.stat(path);
  if (entry !== 'unknown') return entry === 'file' || entry === 'ignored';
  return stages.some(({ layers }) =>
    layers.some(({ changes }) => changes.some(({ content }) => content?.kind === 'context' && content.path === path)),
  );
}
