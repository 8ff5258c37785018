/** Scripts of package.json that call a program of a development package where only production packages are installed. */
import {
  comesAsOptionalPeer,
  firstTool,
  hooksForDevelopment,
  manifestScript,
  onlyForDevelopment,
  productionPackages,
  toolChoices,
} from '../../knowledge/index.ts';
import type { ShellCommand } from '../../syntax/index.ts';
import type { Build, Command, DependencyTree, Rootfs, Stage, Step } from '../build.ts';
import { directoryTakes } from '../context/context-exposure.ts';
import { textAt } from '../files/context-text.ts';
import { join } from '../files/path.ts';
import { perStageAlone } from '../per-stage.ts';
import { chainOf, isBasedOn, isForgiven } from '../query.ts';
import { calledScript } from '../run/called-project.ts';
import { isMadeForDevelopers } from '../shipped/made-for-developers.ts';
import { type CalledTool, calledTools } from '../start/called-tools.ts';
import { manifestText } from '../start/manifest-script.ts';
import { installScripts } from './install-scripts.ts';

export interface UninstalledTool {
  readonly command: Command;
  /** The script of package.json. */
  readonly caller: string;
  /** What does not come to its end: the build, or the install that runs the script. */
  readonly ends: 'build' | 'install';
  readonly program: string;
  /** The development package that brings it. */
  readonly package: string;
  /** The production packages that are there instead. */
  readonly tree: DependencyTree;
}

/** Calls of scripts in stages on a known image, whose tree of packages certainly has no development packages. */
export const uninstalledTools = perStageAlone<UninstalledTool>(function* (stage, build) {
  const root = chainOf(stage)[0]?.base;
  if (!stage.reachable || root?.kind !== 'image' || root.facts === undefined) return;
  for (const step of stage.steps) {
    for (const command of step.commands) yield* toolOf(command, build);
    for (const command of step.commands) yield* toolOfInstall(command, build);
  }
});

export interface SupposedTool {
  readonly command: Command;
  readonly script: string;
  readonly tree: DependencyTree;
}

/** Scripts that mostly call programs of development packages, by their names. */
const workshop = /^(?:build|compile|lint|test|type-?check)(?:$|[:_-])/;

/**
 * Calls of scripts of which only the name is known, as no package.json is at hand, where production packages alone are;
 * the first of each stage. None where packages are named, which may be what the script needs.
 */
export const supposedTools = perStageAlone<SupposedTool>(function* (stage, build) {
  if (!stage.reachable || chainOf(stage).some(({ steps }) => steps.some(namesPackages))) return;
  for (const { commands } of stage.steps)
    for (const command of commands) {
      const { script, folder } = calledScript(command, build) ?? {};
      if (script === undefined || folder === undefined || !workshop.test(script)) continue;
      if (command.runs !== 'always' || command.shell.guards.length > 0 || isForgiven(command)) continue;
      if (textAt(join(folder, 'package.json'), command.step.before.rootfs, build) !== undefined) continue;
      const tree = treeFor(command, folder);
      if (tree?.development !== 'no') continue;
      yield { command, script, tree };
      return;
    }
});

const namesPackages = ({ commands }: Step): boolean =>
  commands.some(({ invocation }) => (invocation?.packages.length ?? 0) > 0);

export interface UnstartableScript extends Omit<CalledTool, 'folder' | 'isFetched'> {
  /** `fetch`: npx downloads it. */
  readonly ends: 'start' | 'fetch';
  readonly target: Stage;
  /** The production packages that are there instead. */
  readonly tree: DependencyTree;
}

/** Scripts and programs with which ship targets start, where the tree that ships has production packages alone; the first of each. */
export function* unstartableScripts(build: Build): Iterable<UnstartableScript> {
  for (const target of build.targets) {
    const chain = chainOf(target);
    const root = chain[0]?.base;
    if (root?.kind !== 'image' || root.facts === undefined || isMadeForDevelopers(build, target)) continue;
    for (const called of calledTools(target, build)) {
      const { folder, isFetched, package: name, ...tool } = called;
      const manifest = manifestText(folder, target, build);
      if (manifest === undefined || !onlyForDevelopment(manifest).has(name)) continue;
      const tree = treeIn(target.result.rootfs, folder);
      if (tree?.development !== 'no' || !isOfProject(tree, folder, manifest, build)) continue;
      if (namesPackage(chain, name) || hostModulesIn(target, folder, build)) continue;
      if (comesAllTheSame(name, manifest, tree, build)) continue;
      yield { ...tool, package: name, target, tree, ends: isFetched ? 'fetch' : 'start' };
      break;
    }
  }
}

function* toolOf(command: Command, build: Build): Iterable<UninstalledTool> {
  if (command.invocation?.operation !== 'run' || command.runs !== 'always') return;
  if (command.shell.guards.length > 0 || isForgiven(command)) return;
  const { script, folder } = calledScript(command, build) ?? {};
  if (script === undefined || folder === undefined) return;
  const manifest = textAt(join(folder, 'package.json'), command.step.before.rootfs, build);
  if (manifest === undefined) return;
  const tool = firstTool(manifestScript(manifest, script) ?? '');
  if (tool === undefined || !onlyForDevelopment(manifest).has(tool.package) || bringsPackage(command, tool.package))
    return;
  if (hostModulesIn(command.step.stage, folder, build)) return;
  const tree = treeFor(command, folder);
  if (tree?.development !== 'no' || !isOfProject(tree, folder, manifest, build)) return;
  if (!comesAllTheSame(tool.package, manifest, tree, build))
    yield { command, caller: `script ${script}`, ends: 'build', ...tool, tree };
}

/** The first program that an install of production packages looks for in vain, as a script of the manifest calls it. */
function* toolOfInstall(command: Command, build: Build): Iterable<UninstalledTool> {
  const { install } = command;
  if (install?.development !== 'no' || install.declaresDevelopment === 'unknown') return;
  if (command.invocation?.workspaces.length !== 0) return;
  for (const { name, text, folder, manifest } of installScripts(command, build)) {
    if (folder !== install.directory) continue;
    const tools = toolChoices(text);
    const tool = tools.at(-1);
    const tree: DependencyTree = { install, development: 'no' };
    const isMissing = ({ package: name }: { readonly package: string }): boolean =>
      (onlyForDevelopment(manifest).has(name) || hooksForDevelopment(manifest).has(name)) &&
      !bringsPackage(command, name) &&
      !comesAllTheSame(name, manifest, tree, build);
    if (tool === undefined || !tools.every(isMissing)) continue;
    yield { command, caller: `script ${name}`, ends: 'install', ...tool, tree };
    return;
  }
}

/** npm has installed it as a peer of a production package. */
function comesAllTheSame(name: string, manifest: string, { install }: DependencyTree, build: Build): boolean {
  const { manager, directory, command } = install;
  if (manager !== 'npm' || directory === undefined) return false;
  const lockfile = textAt(join(directory, 'package-lock.json'), command.step.before.rootfs, build);
  return comesAsOptionalPeer(name, lockfile, productionPackages(manifest));
}

/** Installed where they are, or by a copy of the manifest elsewhere. */
function isOfProject({ install }: DependencyTree, workdir: string, manifest: string, build: Build): boolean {
  const { directory, command } = install;
  if (directory === undefined || directory === workdir) return directory === workdir;
  return textAt(join(directory, 'package.json'), command.step.before.rootfs, build) === manifest;
}

/** The build context has packages of the host for this folder, and a COPY brings them. */
const hostModulesIn = (stage: Stage, folder: string, build: Build): boolean =>
  directoryTakes(build).some(
    (take) =>
      isBasedOn(stage, take.step.stage) &&
      take.stowaways.some(
        ({ certainty, destination }) => certainty === 'seen' && destination === join(folder, 'node_modules'),
      ),
  );

/** The packages that a command in `folder` finds, when nothing else has come into them or stands above. */
function treeFor(command: Command, folder: string): DependencyTree | undefined {
  const { step } = command;
  const earlier = step.commands.slice(0, step.commands.indexOf(command));
  const own = earlier.findLast(({ install }) => install?.directory === folder)?.install;
  if (own !== undefined) return own.follows === undefined ? { install: own, development: own.development } : undefined;
  return treeIn(step.before.rootfs, folder);
}

/** What one install has put into a folder and nothing else has touched since. */
export function treeIn(rootfs: Rootfs, folder: string): DependencyTree | undefined {
  const path = join(folder, 'node_modules');
  const changes = rootfs.under(path);
  const last = changes.at(-1);
  const alone = changes.every((change) => change.path === path) && last?.runs === 'always';
  return alone && last.content?.kind === 'dependencies' ? last.content.tree : undefined;
}

/** Whether some command of the stage or its bases, `npm install -g typescript` among them, names the package. */
const bringsPackage = ({ step, shell }: Command, name: string): boolean =>
  namesPackage(chainOf(step.stage), name, shell);

/** Whether some command of a chain of stages names the package to a package manager. */
export function namesPackage(chain: readonly Stage[], name: string, except?: ShellCommand): boolean {
  const named = (word: string): boolean => word === name || word.startsWith(`${name}@`);
  return chain
    .flatMap(({ steps }) => steps.flatMap(({ commands }) => commands))
    .some((other) => other.shell !== except && (other.invocation?.packages.some(named) ?? false));
}
