/** A Node.js project inside an image: its manifest, its configuration, the version of its package manager. */
import {
  declaredManager,
  developmentPackages,
  type Invocation,
  installLinksFolders,
  installRunsScripts,
  lockfileManagerVersion,
  lockfilesOf,
  majorOf,
  manifestTakesMember,
  namesMembers,
  type PackageManager,
  pnpmNamesMembers,
  pnpmTakesMember,
  yarnNodeLinker,
} from '../../knowledge/index.ts';
import type { DependencyTree, FileStat, Install, Presence, Ternary } from '../build.ts';
import { directoryName, join, relativeTo } from '../files/path.ts';
import type { RunWorld } from './run.ts';

export interface Project {
  readonly directory: string | undefined;
  readonly manifest: Presence;
  /** Text of package.json, when it can be read. */
  readonly manifestText: string | undefined;
  /** Texts of the .npmrc files in effect, nearest first. */
  readonly config: readonly string[];
}

export function projectAt(directory: string | undefined, world: RunWorld): Project {
  if (directory === undefined) return { directory, manifest: 'unknown', manifestText: undefined, config: [] };
  const manifest = world.stat(join(directory, 'package.json'));
  const configs = [join(directory, '.npmrc'), join(world.home, '.npmrc')].map((path) =>
    textOf(world.stat(path), world),
  );
  return {
    directory,
    manifest: manifest.presence,
    manifestText: textOf(manifest, world),
    config: configs.filter((text) => text !== undefined),
  };
}

/** Content of a file of which it is known what it holds. */
export function textOf(stat: FileStat, world: RunWorld): string | undefined {
  const { content } = stat.change ?? {};
  if (stat.presence === 'absent') return undefined;
  if (content?.kind === 'text') return content.text;
  if (content?.kind === 'context' && content.entry !== 'directory') return world.around.context.read(content.path);
  return undefined;
}

/** The nearest file of that name in `directory` or above it, as package managers look for workspace roots. */
export function findUpward(name: string, directory: string, world: RunWorld): FileStat {
  let doubtful: FileStat | undefined;
  for (let at = directory; ; at = directoryName(at)) {
    const found = world.stat(join(at, name));
    if (found.presence === 'present') return found;
    if (found.presence === 'unknown') doubtful ??= found;
    if (at === '/') return doubtful ?? { presence: 'absent' };
  }
}

/**
 * The lockfile that an install in `directory` keeps to or writes. One above it is that of another project unless a
 * workspace takes the directory in: npm and yarn look for its root, pnpm for pnpm-workspace.yaml
 * (https://docs.npmjs.com/cli/using-npm/workspaces, https://pnpm.io/workspaces).
 */
export function lockfileFor(manager: PackageManager, directory: string, world: RunWorld): Presence {
  const manifest = world.stat(join(directory, 'package.json')).presence;
  const own = manifest === 'present';
  let best: Presence = 'absent';
  for (let at = directory; ; at = directoryName(at)) {
    if (at === directory || !own || !isProjectOfItsOwn(manager, at, world))
      for (const name of lockfilesOf(manager)) {
        const { presence } = world.stat(join(at, name));
        // Of a folder with a manifest that is not seen it is not known whether one above it is its own.
        const isSeen = at === directory || manifest !== 'unknown';
        if (presence === 'present' && isSeen) return presence;
        if (presence !== 'absent') best = 'unknown';
      }
    if (at === '/') return best;
  }
}

/** The root of the workspace that takes a project as its member, where that is read; its packages lie there. */
export function workspaceRoot(
  { manager, directory: told, version }: Invocation,
  directory: string,
  world: RunWorld,
): string | undefined {
  // With --prefix npm looks no further, and up to version 7 it never does.
  if (manager === 'npm' && (told !== undefined || (majorOf(version ?? world.managers.get('npm')) ?? 8) < 8))
    return undefined;
  if (world.stat(join(directory, 'package.json')).presence !== 'present') return undefined;
  // Yarn 2 and later stops at a lockfile, and pnpm at the first workspace.
  if (manager === 'yarn' && world.stat(join(directory, 'yarn.lock')).presence !== 'absent') return undefined;
  const isPnpm = manager === 'pnpm';
  const takes = isPnpm ? pnpmTakesMember : manifestTakesMember;
  for (let at = directory; at !== '/'; ) {
    at = directoryName(at);
    const text = textOf(world.stat(join(at, isPnpm ? 'pnpm-workspace.yaml' : 'package.json')), world);
    if (text !== undefined && takes(text, relativeTo(at, directory) ?? '')) return at;
    if (text !== undefined && isPnpm) return undefined;
  }
  return undefined;
}

/** Whether the folder holds a project, as its manifest tells, and takes in none of the folders below. */
function isProjectOfItsOwn(manager: PackageManager, directory: string, world: RunWorld): boolean {
  if (manager === 'pnpm' && world.stat(join(directory, 'pnpm-workspace.yaml')).presence !== 'absent') return false;
  const manifest = textOf(world.stat(join(directory, 'package.json')), world);
  return manifest !== undefined && namesMembers(manifest) === false;
}

/** Whether the manifest names development packages; a workspace root speaks for itself only. */
export function hasDevelopmentPackages(project: Project): Ternary {
  return project.manifestText === undefined ? 'unknown' : developmentPackages(project.manifestText);
}

/** Whether an install needs more of a project than its manifest: it runs scripts of it, or links folders of it. */
export function needsSource({ manager, ignoreScripts }: Invocation, project: Project, world: RunWorld): boolean {
  const { directory, manifestText } = project;
  if (manager === 'pnpm' && directory !== undefined) {
    const workspace = textOf(findUpward('pnpm-workspace.yaml', directory, world), world);
    if (workspace !== undefined && pnpmNamesMembers(workspace)) return true;
  }
  if (manifestText === undefined) return false;
  return installLinksFolders(manifestText) || (!ignoreScripts && installRunsScripts(manifestText));
}

/**
 * The version of the manager that a call runs: what the Dockerfile chose, else `packageManager` of the
 * manifest, else what the lockfile or the configuration shows, else what the base image brings.
 */
export function managerVersion(invocation: Invocation, project: Project, world: RunWorld): string | undefined {
  const { manager } = invocation;
  const chosen = world.managers.get(manager);
  const declared = project.manifestText === undefined ? undefined : declaredManager(project.manifestText);
  if (declared?.manager === manager && (chosen === undefined || chosen === 'latest' || manager !== 'npm'))
    return declared.version;
  if (chosen !== undefined && chosen !== 'latest' && /\d/.test(chosen)) return chosen;
  const { directory } = project;
  if (directory === undefined) return undefined;
  for (const name of lockfilesOf(manager)) {
    const text = textOf(findUpward(name, directory, world), world);
    const version = text === undefined ? undefined : lockfileManagerVersion(name, text);
    if (version !== undefined) return version;
  }
  return manager === 'yarn' ? yarnVersion(invocation, directory, chosen, world) : undefined;
}

/** Yarn 2+ shows by its own configuration file or flags; images of Node.js bring yarn 1. */
function yarnVersion(
  invocation: Invocation,
  directory: string,
  chosen: string | undefined,
  world: RunWorld,
): string | undefined {
  if (invocation.operation === 'focus' || invocation.berry) return '>=2';
  const config = findUpward('.yarnrc.yml', directory, world);
  if (config.presence === 'present') return '>=2';
  if (invocation.classic) return '1';
  const floats = chosen !== undefined || world.managers.has('corepack') || config.change !== undefined;
  return floats ? undefined : '1';
}

/** Yarn 2+ without `nodeLinker: node-modules` writes no node_modules. */
export function nodeLinker(install: Install, world: RunWorld): 'pnp' | 'node-modules' | 'unknown' {
  if (install.manager !== 'yarn' || install.directory === undefined) return 'node-modules';
  const text = textOf(findUpward('.yarnrc.yml', install.directory, world), world);
  if (text === undefined && bringsLoader(findUpward('.pnp.cjs', install.directory, world))) return 'pnp';
  return text === undefined ? 'unknown' : yarnNodeLinker(text);
}

/** The loader of Plug'n'Play is checked in, and is copied by its name: `.pnp.cjs`, `.pnp.*`. */
const bringsLoader = ({ presence, change }: FileStat): boolean =>
  presence === 'present' || (change?.content?.kind === 'context-glob' && change.content.pattern.includes('.pnp'));

/** The dependencies that an install left at a path, as they stand there now. */
export function treeAt(path: string, world: RunWorld): DependencyTree | undefined {
  for (const { path: at, content } of world.under(path).toReversed())
    if (at === path && content?.kind === 'dependencies') return content.tree;
  return undefined;
}
