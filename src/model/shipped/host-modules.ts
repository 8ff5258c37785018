/** Packages of the host that a COPY of the build context brings into an image. */
import type { Build, DependencyTree, Install, Stage, Step } from '../build.ts';
import { type DirectoryTake, directoryTakes, type Stowaway } from '../context/context-exposure.ts';
import { directoryName, join } from '../files/path.ts';
import { changesOf, numberOf } from '../query.ts';
import { remembered } from '../remembered.ts';

export interface HostModules {
  readonly take: DirectoryTake;
  /** The `node_modules` folder of the context. */
  readonly modules: Stowaway;
  /** The tree that was installed before at the same place, and is overwritten. */
  readonly overwrites?: DependencyTree;
  /** An install that comes after in the same stage and starts from what the host left. */
  readonly before?: Install;
}

/**
 * `node_modules` folders that are in the context and reach an image: over packages installed there, under an install
 * that keeps what it finds, or in place of one. What is deleted before the install does not matter then.
 */
export const hostModules: (build: Build) => readonly HostModules[] = remembered(
  (build) => build.stages,
  (build) => [...findModules(build)],
);

function* findModules(build: Build): Iterable<HostModules> {
  for (const take of directoryTakes(build))
    for (const modules of take.stowaways) {
      if (modules.kind !== 'dependencies' || modules.certainty !== 'seen') continue;
      const overwrites = treeBefore(take.step, modules.destination);
      const before = installAfter(take.step, modules.destination);
      if (overwrites === undefined && before !== undefined && startsAnew(before, modules.destination, take.step))
        continue;
      if (overwrites === undefined && before === undefined && !isProject(take.step, modules.destination)) continue;
      yield {
        take,
        modules,
        ...(overwrites === undefined ? {} : { overwrites }),
        ...(before === undefined ? {} : { before }),
      };
    }
}

/** A COPY or ADD that brings what none above it does. */
export interface FirstTake {
  readonly take: DirectoryTake;
  /** What comes in with it for the first time; packages of the host that meet an install are spoken of elsewhere. */
  readonly fresh: readonly Stowaway[];
}

/** The first of the COPY and ADD instructions to bring each stowaway, in the order of the file. */
export const firstTakes: (build: Build) => readonly FirstTake[] = remembered(
  (build) => build.stages,
  (build) => {
    const told = new Set(hostModules(build).map(({ modules }) => modules.path));
    const found: FirstTake[] = [];
    for (const take of directoryTakes(build)) {
      const fresh = take.stowaways.filter(({ path }) => !told.has(path));
      for (const { path } of fresh) told.add(path);
      if (fresh.length > 0) found.push({ take, fresh });
    }
    return found;
  },
);

/** Whether packages are installed before or after where the folder lands, so that those of a host get among them. */
export const meetsInstall = ({ step }: DirectoryTake, { destination }: Stowaway): boolean =>
  treeBefore(step, destination) !== undefined || installsOver(installAfter(step, destination), step);

/**
 * Whether a folder of the context is a project that comes over the packages installed for it or for its workspace
 * (`after`), or to an install that starts from what it brings (`before`).
 */
export function projectTaken({ path, step, stowaways }: DirectoryTake): 'after' | 'before' | undefined {
  if (path === '') return undefined;
  const folders = stowaways.filter(({ kind }) => kind === 'dependencies').map(({ destination }) => destination);
  if (folders.some((folder) => isProject(step, folder) && installedFor(step, directoryName(folder)))) return 'after';
  return folders.some((folder) => installsOver(nextInstall(step, directoryName(folder)), step)) ? 'before' : undefined;
}

/** The next install in the folder or, for a workspace, above it. */
function nextInstall(step: Step, folder: string): Install | undefined {
  for (let at = folder; at !== '/' && at !== ''; at = directoryName(at)) {
    const found = installAfter(step, join(at, 'node_modules'));
    if (found !== undefined) return found;
  }
  return undefined;
}

const installsOver = (install: Install | undefined, since: Step): boolean =>
  install !== undefined &&
  !(install.directory !== undefined && startsAnew(install, join(install.directory, 'node_modules'), since));

/** `npm ci` deletes the folder first, and so may a command before the install: `rm -rf node_modules && npm install`. */
function startsAnew({ command }: Install, folder: string, since: Step): boolean {
  const { manager, subcommand, frozen } = command.invocation ?? {};
  if (subcommand === 'ci' || (manager === 'npm' && frozen === true)) return true;
  const { steps } = command.step.stage;
  return steps
    .slice(steps.indexOf(since) + 1, steps.indexOf(command.step) + 1)
    .some((step) =>
      changesOf(step).some(({ kind, runs, path }) => kind === 'removal' && runs === 'always' && path === folder),
    );
}

/** Whether packages are installed in the folder or, for a workspace, above it. */
function installedFor(step: Step, folder: string): boolean {
  for (let at = folder; ; at = directoryName(at)) {
    if (treeBefore(step, join(at, 'node_modules')) !== undefined) return true;
    if (at === '/' || at === '') return false;
  }
}

/** Whether the folder that holds `path` is worked in: the working directory, or a workspace member whose manifest came first. */
function isProject(step: Step, path: string): boolean {
  const folder = directoryName(path);
  return (
    step.stage.result.workdir === folder || step.before.rootfs.stat(join(folder, 'package.json')).presence === 'present'
  );
}

function treeBefore(step: Step, path: string): DependencyTree | undefined {
  const { content } = step.before.rootfs.under(path).findLast((change) => change.path === path) ?? {};
  return content?.kind === 'dependencies' ? content.tree : undefined;
}

/** The next install into the folder that holds `path`, in the steps of the stage after `step`. */
function installAfter(step: Step, path: string): Install | undefined {
  const number = numberOf(step);
  return installsByDirectory(step.stage)
    .get(directoryName(path))
    ?.find((install) => numberOf(install.command.step) > number);
}

/** The installs of a stage in order, by the directory of their manifest. */
const installsByDirectory: (stage: Stage) => ReadonlyMap<string, readonly Install[]> = remembered(
  (stage) => stage.steps,
  ({ steps }) => {
    const found = new Map<string, Install[]>();
    for (const { install } of steps.flatMap(({ commands }) => commands)) {
      if (install?.directory === undefined) continue;
      const known = found.get(install.directory);
      if (known === undefined) found.set(install.directory, [install]);
      else known.push(install);
    }
    return found;
  },
);
