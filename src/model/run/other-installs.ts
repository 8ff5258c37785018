/** Installs of other ecosystems than Node.js: what they read, keep to and leave in the image. */
import {
  type DependencyInstall,
  dependencyInstall,
  type InstallerSituation,
  manifestNamesDevelopment,
  manifestNeedsSource,
} from '../../knowledge/index.ts';
import type { Command, Content, DependencyTree, Install, Presence, Ternary } from '../build.ts';
import { isGlob, join, resolve } from '../files/path.ts';
import { chainOf } from '../query.ts';
import { writeConfiguredCredential } from './configured-credential.ts';
import { findUpward, textOf, treeAt } from './project.ts';
import type { RunningCommand, RunWorld } from './run.ts';

/** `done`: it sets something for later installs; undefined: it is no call of an installer. */
export function otherEcosystem(
  command: Command,
  running: RunningCommand,
  world: RunWorld,
  caller: Command,
): Install | 'done' | undefined {
  const path = pathOf(running) ?? command.name;
  const found = dependencyInstall([path, ...command.arguments], situationOf(running, world));
  if (found === undefined) return undefined;
  if (found.kind === 'setting') {
    writeConfiguredCredential(running, world);
    world.settings.set(settingKey(found.ecosystem, found.key), running.runs === 'always' ? found.value : undefined);
    return 'done';
  }
  const described = describe(caller, found, running, world);
  const folder = folderOf(found, described.directory, world);
  if (folder === undefined) return described;
  const before = treeAt(folder, world);
  const same = before?.install.manager === found.ecosystem && before.install.directory === described.directory;
  const follows = same && (!addsUp(found) || isSame(before.install, described)) ? before.install : undefined;
  const install: Install = follows === undefined ? described : { ...described, follows };
  const development = addsUp(found) && before?.development === 'yes' ? 'yes' : install.development;
  leaveFolder(folder, { install, development }, found, running, world);
  return install;
}

/** What pip installs comes on top of what is there, whichever manifest brought that. */
const addsUp = ({ ecosystem }: DependencyInstall): boolean => ecosystem === 'pip';

const isSame = (one: Install, other: Install): boolean =>
  one.reads.length === other.reads.length && one.reads.every((path) => other.reads.includes(path));

/** The program as it is called, its directory included. */
function pathOf(running: RunningCommand): string | undefined {
  const [word] = running.shell.effective;
  return word?.text !== undefined && running.name !== undefined && word.text.endsWith(running.name)
    ? word.text
    : undefined;
}

const settingKey = (ecosystem: string, key: string): string => `${ecosystem} ${key}`.toLowerCase();

function situationOf(running: RunningCommand, world: RunWorld): InstallerSituation {
  const [root] = chainOf(world.step.stage);
  const python = root?.base.kind === 'image' ? root.base.facts?.python : undefined;
  return {
    sitePackages: python === undefined ? undefined : `/usr/local/lib/python${python}/site-packages`,
    environment: running.environment,
    setting: (ecosystem, key) => {
      const name = settingKey(ecosystem, key);
      return world.settings.has(name) ? world.settings.get(name) : null;
    },
  };
}

function describe(command: Command, found: DependencyInstall, running: RunningCommand, world: RunWorld): Install {
  const directory = directoryOf(found, running);
  const lockfile = presenceOfAny(found.reads.lockfiles, directory, world);
  const reads = directory === undefined ? [] : found.reads.manifests.map((name) => resolve(directory, name));
  return {
    command,
    guards: running.shell.guards,
    manager: found.ecosystem,
    node: false,
    ...developmentOf(found, reads, world),
    frozen: found.frozen === 'with-lockfile' ? withLockfile[lockfile] : found.frozen,
    declaresDevelopment: 'unknown',
    manifest: presenceOfAny(found.reads.manifests, directory, world),
    lockfile,
    needsLockfile: found.needsLockfile,
    adds: [],
    separable: found.separable,
    needsSource: reads.some((path) => needsSource(path, world)),
    offline: found.offline,
    reads,
    ...(found.updates ? { updates: true } : {}),
    ...(directory === undefined ? {} : { directory, locks: locksOf(found, directory) }),
  };
}

const locksOf = ({ reads }: DependencyInstall, directory: string): readonly string[] =>
  reads.lockfiles.filter((name) => !isGlob(name)).map((name) => resolve(directory, name));

/** What comes in unless it is left out does so when a manifest names it, for which the manifest must be known. */
function developmentOf(
  found: DependencyInstall,
  reads: readonly string[],
  world: RunWorld,
): Pick<Install, 'development' | 'mayBringDevelopment'> {
  const { development } = found;
  if (development !== 'yes' || found.asksForDevelopment) return { development };
  const [path] = reads;
  const text = path === undefined ? undefined : textOf(world.stat(path), world);
  if (path === undefined || text === undefined) return { development: 'unknown', mayBringDevelopment: true };
  return { development: manifestNamesDevelopment(path, text) };
}

const withLockfile: Readonly<Record<Presence, Ternary>> = { present: 'yes', absent: 'no', unknown: 'unknown' };

function directoryOf({ directory }: DependencyInstall, { workdir }: RunningCommand): string | undefined {
  if (directory === undefined) return workdir;
  return workdir === undefined && !directory.startsWith('/') ? undefined : resolve(workdir ?? '/', directory);
}

/** Files are looked for upwards too, as the roots of workspaces hold them. */
function presenceOfAny(names: readonly string[], directory: string | undefined, world: RunWorld): Presence {
  if (directory === undefined || names.length === 0 || names.some(isGlob)) return 'unknown';
  const found = names.map((name) =>
    name.includes('/') ? world.stat(resolve(directory, name)).presence : findUpward(name, directory, world).presence,
  );
  return found.includes('present') ? 'present' : found.includes('unknown') ? 'unknown' : 'absent';
}

function needsSource(path: string, world: RunWorld): boolean {
  if (isGlob(path)) return false;
  const text = textOf(world.stat(path), world);
  return text !== undefined && manifestNeedsSource(path, text);
}

/** The folder that it fills. */
function folderOf({ writes }: DependencyInstall, directory: string | undefined, world: RunWorld): string | undefined {
  if (writes === undefined) return undefined;
  const place = writes.startsWith('~/') ? join(world.home, writes.slice(2)) : writes;
  return directory === undefined && !place.startsWith('/') ? undefined : resolve(directory ?? '/', place);
}

/** Fills it. A folder that holds the project stays what it is. */
function leaveFolder(
  path: string,
  tree: DependencyTree,
  found: DependencyInstall,
  running: RunningCommand,
  world: RunWorld,
): void {
  const { directory } = tree.install;
  if (path === '/' || path === directory || directory?.startsWith(`${path}/`)) return;
  if (world.under(path).some(({ content }) => content?.kind === 'context')) return;
  const content: Content = found.loads ? { kind: 'dependencies', tree } : { kind: 'output', makes: 'anything' };
  world.put({ kind: 'addition', path, span: running.shell.span, runs: running.runs, content });
}
