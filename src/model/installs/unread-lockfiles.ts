/** Installs by a release of pnpm that does not read the lockfile of the project. */
import { declaredManager, majorOf, type UnreadLockfile, unreadPnpmLockfile } from '../../knowledge/index.ts';
import type { Build, Install } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { join } from '../files/path.ts';
import { perStageAlone } from '../per-stage.ts';
import { installsOf, judgedStages } from '../query.ts';

export interface UnreadByManager extends UnreadLockfile {
  readonly install: Install;
  /** Absent for the newest one. */
  readonly major?: number;
  /** Frozen it stops; else it passes over the lockfile, and resolves all versions anew. */
  readonly stops: boolean;
}

/** Only where the release and the text of the lockfile are known. */
export const unreadLockfiles = (build: Build): readonly UnreadByManager[] => unreadIn(build, judgedStages(build));

const unreadIn = perStageAlone<UnreadByManager>(function* (stage, build) {
  for (const install of installsOf(stage)) {
    const { command, directory, manager, lockfile, frozen } = install;
    if (manager !== 'pnpm' || directory === undefined || lockfile !== 'present' || !stage.reachable) continue;
    if (command.invocation?.operation !== 'install' || command.runs !== 'always') continue;
    const release = releaseOf(install, directory, build);
    const text = textAt(join(directory, 'pnpm-lock.yaml'), command.step.before.rootfs, build);
    if (release === undefined || text === undefined) continue;
    const unread = unreadPnpmLockfile(text, release);
    if (unread === undefined) continue;
    const isNewest = release === newest;
    yield { ...unread, install, stops: frozen === 'yes', ...(isNewest ? {} : { major: release }) };
  }
});

const newest = Number.POSITIVE_INFINITY;

/** pnpm 10 and later, and corepack, fetch the release that package.json declares; earlier ones go on by themselves. */
function releaseOf({ command }: Install, directory: string, build: Build): number | undefined {
  const { before, after } = command.step;
  const chosen = command.invocation?.version ?? before.managers.get('pnpm') ?? after.managers.get('pnpm');
  const manifest = textAt(join(directory, 'package.json'), before.rootfs, build);
  if (chosen === undefined || manifest === undefined) return undefined;
  const release = chosen === 'latest' ? newest : majorWritten(chosen);
  if (release === undefined) return undefined;
  const declared = declaredManager(manifest);
  const isSwitched = release >= 10 || before.managers.has('corepack') || after.managers.has('corepack');
  return isSwitched && declared !== undefined ? majorOf(declared.version) : release;
}

/** `8`, `8.15.9`, `^8`, `8.x`, `latest-8`; none of a range that is open. */
const majorWritten = (version: string): number | undefined => {
  const [, major] = /^(?:[\^~=v]|latest-|next-)?(\d+)(?:\.[\dx*.]+)?$/.exec(version) ?? [];
  return major === undefined ? undefined : Number(major);
};
