/** Packages that a Dockerfile adds to a project by name, beside what its lockfile holds. */
import { packageWord } from '../../knowledge/index.ts';
import type { Build, Command, FileChange, Located, Stage } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { join } from '../files/path.ts';
import { perStageAlone } from '../per-stage.ts';
import { judgedStages, shippedTrees, targetOver } from '../query.ts';
import { movingPackages, wordOf } from './moving-packages.ts';

export interface StrayDependencies {
  readonly command: Command;
  readonly manager: string;
  /** As written, variables expanded. */
  readonly packages: readonly string[];
  readonly first: Located;
  /** Their versions are said; what they depend on is resolved in each build all the same. */
  readonly pinned: boolean;
  /** `project`: what a shipped image is built with; `nothing`: a folder without a project in a stage that does not ship. */
  readonly into: 'image' | 'project' | 'nothing';
  /** It may not run, or keep to what a manifest says that cannot be read. */
  readonly doubtful: boolean;
}

/** Those without a version first; of a package that the manifest names, its range and the lockfile hold. */
export function* strayDependencies(build: Build): Iterable<StrayDependencies> {
  for (const { kind, command, call, packages: named } of movingPackages(build)) {
    const packages = kind === 'dependency' ? named.filter((word) => !isInManifest(word, command, build)) : [];
    const [first] = packages;
    if (first !== undefined) yield describe(command, call.manager, packages, false, build);
  }
  for (const { command, manager, packages } of pinnedAdditions(build, judgedStages(build)))
    yield describe(command, manager, packages, true, build);
}

const pinnedAdditions = perStageAlone<Pick<StrayDependencies, 'command' | 'manager' | 'packages'>>(function* ({
  steps,
}) {
  for (const { commands } of steps)
    for (const command of commands) {
      const { invocation: call } = command;
      if (call?.operation !== 'add' || call.global) continue;
      const versions = call.packages.map((word) => packageWord(word)?.version);
      const packages = call.packages.filter((_, at) => versions[at] === 'exact' || versions[at] === 'range');
      if (packages.length > 0 && !versions.includes('moving')) yield { command, manager: call.manager, packages };
    }
});

const describe = (
  command: Command,
  manager: string,
  packages: readonly string[],
  pinned: boolean,
  build: Build,
): StrayDependencies => ({
  command,
  manager,
  packages,
  first: wordOf(command, packages[0] ?? ''),
  pinned,
  into: isShipped(command, build) ? 'image' : hasProject(command) ? 'project' : 'nothing',
  doubtful: command.runs !== 'always' || command.shell.guards.length > 0 || mayKeepToRange(command, manager, build),
});

const hasProject = ({ step, install }: Command): boolean =>
  step.stage.reachable && install !== undefined && install.manifest !== 'absent';

/** Only yarn adds the newest whatever the manifest says (measured: npm 11, yarn 1.22, pnpm 9.15). */
function mayKeepToRange({ install, step }: Command, manager: string, build: Build): boolean {
  if (manager === 'yarn' || install === undefined || install.manifest === 'absent') return false;
  const { directory } = install;
  return directory === undefined || textAt(join(directory, 'package.json'), step.before.rootfs, build) === undefined;
}

/** `npm install express` keeps to the range of a manifest that has it, and to the lockfile, as pnpm does. */
function isInManifest(word: string, { install, step }: Command, build: Build): boolean {
  if (install?.directory === undefined || install.manager === 'yarn') return false;
  const manifest = textAt(join(install.directory, 'package.json'), step.before.rootfs, build);
  return manifest?.includes(`"${word}"`) === true;
}

/** The stage itself ships, or the tree of packages goes into one that does. */
function isShipped({ step, install }: Command, build: Build): boolean {
  if (targetOver(build, step.stage) !== undefined) return true;
  const path = install?.directory === undefined ? undefined : join(install.directory, 'node_modules');
  return path !== undefined && shippedTrees(build).some(({ change }) => comesFrom(change, path, step.stage));
}

function comesFrom(change: FileChange, path: string, stage: Stage): boolean {
  for (let at: FileChange | undefined = change; at !== undefined; at = at.source)
    if (at.step.stage === stage && at.path === path) return true;
  return false;
}
