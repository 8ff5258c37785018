/** Packages of the host that a COPY of the build context brings into an image. */
import type { Build, DependencyTree, Install, Step } from './build.ts';
import { type DirectoryTake, directoryTakes, type Stowaway } from './context-exposure.ts';
import { directoryName } from './path.ts';

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
 * that keeps what it finds, or in place of one. `npm ci` deletes the folder first, so that it does not matter then.
 */
export function* hostModules(build: Build): Iterable<HostModules> {
  for (const take of directoryTakes(build))
    for (const modules of take.stowaways) {
      if (modules.kind !== 'dependencies' || modules.certainty !== 'seen') continue;
      const overwrites = treeBefore(take.step, modules.destination);
      const before = installAfter(take.step, modules.destination);
      if (overwrites === undefined && before?.command.invocation?.subcommand === 'ci') continue;
      const used = overwrites ?? before ?? take.step.stage.result.workdir === directoryName(modules.destination);
      if (used === false) continue;
      yield {
        take,
        modules,
        ...(overwrites === undefined ? {} : { overwrites }),
        ...(before === undefined ? {} : { before }),
      };
    }
}

function treeBefore(step: Step, path: string): DependencyTree | undefined {
  const { content } = step.before.rootfs.under(path).findLast((change) => change.path === path) ?? {};
  return content?.kind === 'dependencies' ? content.tree : undefined;
}

/** The next install into the folder that holds `path`, in the steps of the stage after `step`. */
function installAfter(step: Step, path: string): Install | undefined {
  const { steps } = step.stage;
  for (const later of steps.slice(steps.indexOf(step) + 1))
    for (const { install } of later.commands) if (install?.directory === directoryName(path)) return install;
  return undefined;
}
