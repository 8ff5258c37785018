/** What a COPY of a directory of the build context brings that was not meant to come along. */
import { credentialFile } from '../../knowledge/index.ts';
import type { Build, Content, FileChange, Stage, Step } from '../build.ts';
import { namesIn } from '../files/context-walk.ts';
import { credentialInContext } from '../files/credential.ts';
import { isLeftOut } from '../files/left-out.ts';
import { baseName, directoryName, join, relativeTo } from '../files/path.ts';
import { perStageAlone } from '../per-stage.ts';
import { originOf } from '../query.ts';
import { remembered } from '../remembered.ts';
import { readsRepository } from './repository-readers.ts';

export type StowawayKind = 'dependencies' | 'repository' | 'environment' | 'credential';

/** A file or folder of the context that a COPY takes along. */
export interface Stowaway {
  /** Relative to the context root. */
  readonly path: string;
  readonly kind: StowawayKind;
  /** Where it lands, absolute. */
  readonly destination: string;
  /** `seen`: it is there; `expected`: an install beside its package.json makes it, and nothing keeps it out. */
  readonly certainty: 'seen' | 'expected';
  /** .dockerignore keeps out the one of this name in the root of the context: by a pattern for the root only, or for all, and takes this one back. */
  readonly meant?: 'in-root' | 'taken-back';
}

/** A COPY or ADD that takes a directory of the build context. */
export interface DirectoryTake {
  readonly step: Step;
  readonly change: FileChange;
  /** The directory, relative to the context root; `''` for the whole of it. */
  readonly path: string;
  readonly stowaways: readonly Stowaway[];
}

/** Every COPY and ADD of a directory out of a known context, in the order of the file. */
export const directoryTakes: (build: Build) => readonly DirectoryTake[] = remembered(
  (build) => build.stages,
  (build) => {
    const takes = build.context.root === undefined ? [] : takesIn(build, build.stages);
    const brings = takes.some(({ stowaways }) => stowaways.some(isRepository));
    if (!brings || !readsRepository(build)) return takes;
    return takes.map((take) => ({ ...take, stowaways: take.stowaways.filter((each) => !isRepository(each)) }));
  },
);

/** What a build reads is no stowaway. */
const isRepository = ({ kind }: Stowaway): boolean => kind === 'repository';

const takesIn = perStageAlone<DirectoryTake>(takesOf);

function* takesOf(stage: Stage, build: Build): Iterable<DirectoryTake> {
  for (const { step, changes } of stage.layers)
    for (const change of changes) {
      const { content } = change;
      if (content?.kind !== 'context' || content.entry !== 'directory' || change.source !== undefined) continue;
      if (step.instruction.keyword === 'RUN') continue;
      const stowaways = [...stowawaysIn(content, change, build)].map((each) => withRoot(each, build));
      yield { step, change, path: content.path, stowaways };
    }
}

type Taken = Extract<Content, { kind: 'context' }>;

function* stowawaysIn(content: Taken, change: FileChange, build: Build): Iterable<Stowaway> {
  const { context } = build;
  const landsAt = (path: string): string => join(change.path, relativeTo(content.path, path) ?? '');
  const own = join(content.path, 'node_modules');
  const told = new Set<string>();
  for (const { path, directory, siblings } of namesIn(content.path, content.without, context)) {
    const kind = kindOf(path, directory, build);
    if (kind !== undefined) yield { path, kind, destination: landsAt(path), certainty: 'seen' };
    told.add(path);
    if (baseName(path) !== 'package.json' || siblings.includes('node_modules')) continue;
    const modules = join(directoryName(path), 'node_modules');
    if (context.ignores(modules) !== false || isLeftOut(content.without, modules) || hasPlugAndPlay(path, build))
      continue;
    told.add(modules);
    yield { path: modules, kind: 'dependencies', destination: landsAt(modules), certainty: 'expected' };
  }
  for (const modules of modulesInstalledBelow(content, change)) {
    if (told.has(modules) || context.ignores(modules) !== false || isLeftOut(content.without, modules)) continue;
    if (hasPlugAndPlay(modules, build)) continue;
    told.add(modules);
    yield { path: modules, kind: 'dependencies', destination: landsAt(modules), certainty: 'expected' };
  }
  if (told.has(own) || context.ignores(own) !== false || isLeftOut(content.without, own) || hasPlugAndPlay(own, build))
    return;
  if (hasManifest(content, change))
    yield { path: own, kind: 'dependencies', destination: landsAt(own), certainty: 'expected' };
}

/** The folders below that the stage installs packages in, other than its own. */
function* modulesInstalledBelow(content: Taken, { step, path: destination }: FileChange): Iterable<string> {
  for (const directory of installDirectories(step.stage)) {
    const below = relativeTo(destination, directory);
    if (below !== undefined && below !== '') yield join(join(content.path, below), 'node_modules');
  }
}

/** Where the steps of a stage install packages of Node.js. */
const installDirectories: (stage: Stage) => ReadonlySet<string> = remembered(
  (stage) => stage.steps,
  ({ steps }) =>
    new Set(
      steps.flatMap(({ commands }) =>
        commands.flatMap(({ install }) =>
          install?.node && install.directory !== undefined ? [install.directory] : [],
        ),
      ),
    ),
);

/** A folder that no .dockerignore names. */
const anyFolder = 'some-other-folder';

function withRoot(stowaway: Stowaway, { context }: Build): Stowaway {
  const name = baseName(stowaway.path);
  if (stowaway.path === name || context.ignores(name) !== true) return stowaway;
  return { ...stowaway, meant: context.ignores(join(anyFolder, name)) === true ? 'taken-back' : 'in-root' };
}

/** Yarn resolves packages by a file of its project then, and an install makes no node_modules folder. */
function hasPlugAndPlay(path: string, { context }: Build): boolean {
  for (let at = path; at !== ''; ) {
    at = at.includes('/') ? directoryName(at) : '';
    if (['.pnp.cjs', '.pnp.js'].some((name) => context.stat(join(at, name)) === 'file')) return true;
  }
  return false;
}

/** Whether the manifest of the folder has come before it, as it does where packages are installed first. */
function hasManifest({ path }: Taken, { path: destination, step }: FileChange): boolean {
  const { change } = step.before.rootfs.stat(join(destination, 'package.json'));
  const origin = change === undefined ? undefined : originOf(change).content;
  return origin?.kind === 'context' && origin.path === join(path, 'package.json');
}

function kindOf(path: string, directory: boolean, build: Build): StowawayKind | undefined {
  const name = baseName(path);
  if (directory) return name === 'node_modules' ? 'dependencies' : name === '.git' ? 'repository' : undefined;
  const file = credentialFile(path);
  if (file === undefined) return undefined;
  if (file.kind === 'dotenv') return 'environment';
  return credentialInContext(path, build.context) === undefined ? undefined : 'credential';
}
