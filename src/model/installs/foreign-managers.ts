/** Installs by another package manager than the one that the project declares or has locked its packages with. */
import { declaredManager, lockfilesOf, majorOf, type PackageManager } from '../../knowledge/index.ts';
import type { Build, Command, Install } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { baseName, directoryName, join } from '../files/path.ts';
import { perStageAlone } from '../per-stage.ts';
import { chainOf, installsOf, judgedStages, originOf } from '../query.ts';
import { supplyOf } from '../run/command-calls.ts';

export interface ForeignManager {
  readonly install: Install;
  /** `pnpm@9.15.9` of package.json; absent where only a lockfile tells. */
  readonly declared?: string;
  /** The lockfile of another manager, where the project has none of this one. */
  readonly lockfile?: string;
  /** Yarn 1 of the base image runs where a later one is declared. */
  readonly classic?: true;
}

/** Only where the build context shows the project, and nothing chooses the manager by what is there. */
export const foreignManagers = (build: Build): readonly ForeignManager[] => managersIn(build, judgedStages(build));

const managersIn = perStageAlone<ForeignManager>(function* (stage, build) {
  for (const install of installsOf(stage)) {
    const { command, directory, manager, adds } = install;
    const { invocation, step, shell } = command;
    if (!install.node || directory === undefined || !step.stage.reachable) continue;
    if (invocation?.manager !== manager || invocation.operation !== 'install' || adds.length > 0) continue;
    if (command.runs !== 'always' || shell.guards.length > 0 || invocation.subcommand === 'bootstrap') continue;
    // What stops for want of a lockfile is told as such.
    if (install.needsLockfile && install.lockfile === 'absent') continue;
    const found = judge(install, directory, build);
    if (found !== undefined) yield found;
  }
});

function judge(install: Install, directory: string, build: Build): ForeignManager | undefined {
  const { command } = install;
  const { rootfs } = command.step.before;
  const path = join(directory, 'package.json');
  const { presence, change } = rootfs.stat(path);
  const content = presence === 'present' && change !== undefined ? originOf(change).content : undefined;
  if (content?.kind !== 'context') return undefined;
  const folder = projectFolder(content.path, content.entry);
  if (folder === undefined) return undefined;
  const text = textAt(path, rootfs, build);
  const said = text === undefined ? undefined : declaredManager(text);
  const declared = said === undefined ? undefined : `${said.manager}@${said.version}`;
  if (said?.manager === install.manager)
    return declared !== undefined && (majorOf(said.version) ?? 1) >= 2 && runsClassic(install, build)
      ? { install, declared, classic: true }
      : undefined;
  const stands = (name: string): boolean => /^(?:file|ignored)$/.test(build.context.stat(join(folder, name)));
  const own = managerNames.filter((each) => each === install.manager).flatMap(lockfilesOf);
  if (own.some((name) => build.context.stat(join(folder, name)) !== 'absent')) return undefined;
  const other = managerNames.filter((each) => each !== install.manager).flatMap(lockfilesOf);
  const lockfile = other.find(stands);
  if (declared === undefined && lockfile === undefined) return undefined;
  return {
    install,
    ...(declared === undefined ? {} : { declared }),
    ...(lockfile === undefined ? {} : { lockfile }),
  };
}

const managerNames: readonly PackageManager[] = ['npm', 'yarn', 'pnpm', 'bun'];

/** The folder of the build context whose package.json it is. */
function projectFolder(path: string, entry: 'file' | 'directory' | 'unknown'): string | undefined {
  if (entry === 'directory') return path;
  if (baseName(path) !== 'package.json') return undefined;
  return path.includes('/') ? directoryName(path) : '';
}

/**
 * Images of Node.js bring Yarn 1, which stops at `packageManager` (measured: 1.22.22) unless .yarnrc.yml names the
 * program of another version.
 */
function runsClassic({ manager, directory, command }: Install, build: Build): boolean {
  const { stage, before, after } = command.step;
  const root = chainOf(stage)[0]?.base;
  if (manager !== 'yarn' || command.name !== 'yarn' || directory === undefined) return false;
  if (root?.kind !== 'image' || root.facts?.tools.includes('yarn') !== true) return false;
  if (['corepack', 'yarn'].some((name) => before.managers.has(name) || after.managers.has(name))) return false;
  const settings = join(directory, '.yarnrc.yml');
  const text = textAt(settings, before.rootfs, build);
  const named =
    before.rootfs.stat(settings).presence === 'absent' ? false : text === undefined || /yarnPath/.test(text);
  return !named && !chainOf(stage).some(({ steps }) => steps.some(({ commands }) => commands.some(mayBringYarn)));
}

const mayBringYarn = (command: Command): boolean => supplyOf.yarn(command) === 'other' || command.name === 'corepack';
