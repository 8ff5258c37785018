/** Calls of package managers: what they install, prune and configure. */
import {
  failsWithoutLockfile,
  type Invocation,
  installsDevelopment,
  isFrozen,
  lockfilesOf,
  npmAuthConfigKey,
  prunesDevelopment,
  type Situation,
} from '../../knowledge/index.ts';
import type { Command, Content, DependencyTree, FileChange, Install, Presence, Ternary } from '../build.ts';
import { credentialInText } from '../files/credential.ts';
import { join, resolve } from '../files/path.ts';
import { unknownText } from '../state/unknown-text.ts';
import { pruneWorkspace } from './file-commands.ts';
import { otherEcosystem } from './other-installs.ts';
import {
  findUpward,
  hasDevelopmentPackages,
  managerVersion,
  needsSource,
  nodeLinker,
  type Project,
  projectAt,
  treeAt,
} from './project.ts';
import type { RunningCommand, RunWorld } from './run.ts';

/** Interprets a package manager's call. `done`: it was one, and installs nothing; undefined: it was none. */
export function callPackageManager(
  command: Command,
  running: RunningCommand,
  world: RunWorld,
): Install | 'done' | undefined {
  const { invocation } = command;
  const words = [command.name, ...command.arguments];
  if (isWorkspacePrune(words)) {
    pruneWorkspace(running, world);
    return 'done';
  }
  if (command.name === 'corepack' && command.arguments[0] === 'enable') {
    world.managers.set('corepack', 'enabled');
    return 'done';
  }
  if (invocation === undefined) return otherEcosystem(command, running, world);
  const directory = directoryOf(invocation, running);
  switch (invocation.operation) {
    case 'install':
    case 'add':
      return invocation.global
        ? setManagers(invocation, world)
        : install(command, invocation, directory, running, world);
    case 'focus':
      return install(command, invocation, directory, running, world);
    case 'fetch':
      return fetch(command, invocation, directory, running, world);
    case 'deploy':
      return deploy(command, invocation, directory, running, world);
    case 'prune':
      prune(command, invocation, directory, running, world);
      return 'done';
    case 'config-set':
      configure(invocation, directory, running, world);
      return 'done';
    case 'login':
      writeCredential(join(world.home, '.npmrc'), running, world, undefined);
      return 'done';
    case 'set-version':
      return setManagers(invocation, world);
    case 'run':
    case 'exec':
      if (directory !== undefined) put(running, world, directory, { kind: 'output', makes: 'build-output' });
      return 'done';
    default:
      if (/^(import|shrinkwrap|generate-lock-entry)$/.test(invocation.subcommand))
        writeLockfile(invocation, directory, running, world);
      return 'done';
  }
}

const isWorkspacePrune = (words: readonly (string | undefined)[]): boolean => {
  const tool = words.findIndex((word) => word !== undefined && /^turbo(@.*)?$/.test(word));
  return tool !== -1 && words[tool + 1] === 'prune';
};

function directoryOf(invocation: Invocation, running: RunningCommand): string | undefined {
  const { directory } = invocation;
  if (directory === undefined) return running.workdir;
  if (directory.text === undefined) return undefined;
  return running.workdir === undefined && !directory.text.startsWith('/')
    ? undefined
    : resolve(running.workdir ?? '/', directory.text);
}

function put(running: RunningCommand, world: RunWorld, path: string, content: Content): FileChange {
  return world.put({ kind: 'addition', path, span: running.shell.span, runs: running.runs, content });
}

/** `npm i -g pnpm@9`, `corepack prepare yarn@4 --activate`: the version that runs from here on. */
function setManagers(invocation: Invocation, world: RunWorld): 'done' {
  if (invocation.operation === 'set-version') world.managers.set(invocation.manager, invocation.version ?? 'latest');
  for (const wanted of invocation.packages) {
    const [, name, version] = /^(npm|yarn|pnpm|bun)(?:@(.+))?$/.exec(wanted) ?? [];
    // The package `yarn` of the npm registry stays at version 1; later ones come by corepack or `yarn set version`.
    if (name !== undefined) world.managers.set(name, version ?? (name === 'yarn' ? '1' : 'latest'));
  }
  return 'done';
}

function situationOf(invocation: Invocation, project: Project, running: RunningCommand, world: RunWorld): Situation {
  return {
    environment: running.lookup,
    settings: world.settings,
    config: project.config,
    version: invocation.version ?? managerVersion(invocation, project, world),
  };
}

function describeInstall(
  command: Command,
  invocation: Invocation,
  directory: string | undefined,
  running: RunningCommand,
  world: RunWorld,
): Install {
  const project = projectAt(directory, world);
  const situation = situationOf(invocation, project, running, world);
  const lockfile =
    directory === undefined ? 'unknown' : presenceOfAny(lockfilesOf(invocation.manager), directory, world);
  const earlier = directory === undefined ? undefined : treeAt(join(directory, 'node_modules'), world);
  return {
    command,
    manager: invocation.manager,
    node: true,
    development: developmentOf(invocation, situation, project),
    frozen: isFrozen(invocation, situation),
    declaresDevelopment: hasDevelopmentPackages(project),
    manifest: project.manifest,
    lockfile,
    needsLockfile: failsWithoutLockfile(invocation, situation),
    adds: invocation.operation === 'add' ? invocation.packages : [],
    separable: true,
    offline: invocation.offline,
    reads: directory === undefined ? [] : [join(directory, 'package.json')],
    needsSource: needsSource(invocation, project, world),
    ...(situation.version === undefined ? {} : { version: situation.version }),
    ...(directory === undefined ? {} : { directory }),
    ...(earlier === undefined || earlier.install.adds.length > 0 ? {} : { follows: earlier.install }),
  };
}

/** Whether development packages come in, also by what the manifest says when it can be read. */
function developmentOf(invocation: Invocation, situation: Situation, project: Project): Ternary {
  const installed = installsDevelopment(invocation, situation);
  if (installed === 'no' || project.manifest === 'absent') return 'no';
  return hasDevelopmentPackages(project) === 'no' ? 'no' : installed;
}

function presenceOfAny(names: readonly string[], directory: string, world: RunWorld): Presence {
  let best: Presence = 'absent';
  for (const name of names) {
    const { presence } = findUpward(name, directory, world);
    if (presence === 'present') return 'present';
    if (presence === 'unknown') best = 'unknown';
  }
  return best;
}

function install(
  command: Command,
  invocation: Invocation,
  directory: string | undefined,
  running: RunningCommand,
  world: RunWorld,
): Install {
  const described = describeInstall(command, invocation, directory, running, world);
  if (directory === undefined) return described;
  if (!invocation.noLockfile && described.lockfile !== 'present' && invocation.frozen !== true)
    writeLockfile(invocation, directory, running, world);
  if (invocation.noTree || nodeLinker(described, world) === 'pnp') return described;
  if (described.manifest === 'absent' && described.adds.length === 0) return described;
  const path = join(directory, 'node_modules');
  const before = treeAt(path, world);
  const project = projectAt(directory, world);
  const cleans = prunesDevelopment(invocation, situationOf(invocation, project, running, world));
  put(running, world, path, { kind: 'dependencies', tree: treeAfter(before, described, cleans) });
  return described;
}

/** The tree after an install over another one. */
function treeAfter(before: DependencyTree | undefined, made: Install, cleans: Ternary): DependencyTree {
  if (before === undefined || before.development === 'no' || made.development === 'yes')
    return { install: made, development: made.development };
  if (made.development === 'no' && cleans === 'yes') return { install: made, development: 'no' };
  if (made.development === 'no' && cleans === 'no') return { install: before.install, development: before.development };
  return { install: before.install, development: 'unknown' };
}

function prune(
  command: Command,
  invocation: Invocation,
  directory: string | undefined,
  running: RunningCommand,
  world: RunWorld,
): void {
  if (directory === undefined) return;
  const path = join(directory, 'node_modules');
  const before = treeAt(path, world);
  if (before === undefined) return;
  const project = projectAt(directory, world);
  const situation = situationOf(invocation, project, running, world);
  if (before.development === 'no') {
    if (!completesTree(invocation, situation, project)) return;
    // Without --omit=dev npm makes the tree what the lockfile says: it brings development packages back (measured, npm 10).
    const install: Install = { ...before.install, command, development: 'yes' };
    put(running, world, path, { kind: 'dependencies', tree: { install, development: 'yes' } });
    return;
  }
  const removed = prunesDevelopment(invocation, situation);
  if (removed === 'no') return;
  const tree: DependencyTree = {
    install: before.install,
    development: removed === 'yes' ? 'no' : 'unknown',
    prunedBy: command,
  };
  put(running, world, path, { kind: 'dependencies', tree });
}

/** Whether `npm prune` puts back what an earlier install has left out. */
const completesTree = (invocation: Invocation, situation: Situation, project: Project): boolean =>
  invocation.manager === 'npm' &&
  hasDevelopmentPackages(project) !== 'no' &&
  installsDevelopment(invocation, situation) === 'yes';

/** `pnpm fetch` fills node_modules/.pnpm from the lockfile; a later install links it. */
function fetch(
  command: Command,
  invocation: Invocation,
  directory: string | undefined,
  running: RunningCommand,
  world: RunWorld,
): Install {
  const described: Install = { ...describeInstall(command, invocation, directory, running, world), development: 'no' };
  if (directory !== undefined)
    put(running, world, join(directory, 'node_modules'), {
      kind: 'dependencies',
      tree: { install: described, development: 'no' },
    });
  return described;
}

function deploy(
  command: Command,
  invocation: Invocation,
  directory: string | undefined,
  running: RunningCommand,
  world: RunWorld,
): Install {
  const described = describeInstall(command, invocation, directory, running, world);
  const { destination } = invocation;
  if (destination === undefined || running.workdir === undefined) return described;
  const path = resolve(directory ?? running.workdir, destination);
  put(running, world, path, { kind: 'output', makes: 'anything' });
  put(running, world, join(path, 'node_modules'), {
    kind: 'dependencies',
    tree: { install: described, development: described.development },
  });
  return described;
}

function writeLockfile(
  invocation: Invocation,
  directory: string | undefined,
  running: RunningCommand,
  world: RunWorld,
): void {
  const [name] = lockfilesOf(invocation.manager);
  if (directory !== undefined && name !== undefined && findUpward(name, directory, world).presence !== 'present')
    put(running, world, join(directory, name), { kind: 'text' });
}

/** `npm config set`: a setting for later installs, or a credential that is written to a file. */
function configure(
  invocation: Invocation,
  directory: string | undefined,
  running: RunningCommand,
  world: RunWorld,
): void {
  for (const setting of invocation.settings) {
    world.settings.set(setting.key.toLowerCase(), running.runs === 'always' ? setting.value : undefined);
    if (!npmAuthConfigKey(setting.key)) continue;
    const path = invocation.userConfig ?? configFile(invocation, setting.location, directory, world);
    if (path === undefined) continue;
    const absolute = path.startsWith('/') ? path : resolve(running.workdir ?? '/', path);
    const text = `${setting.key}=${setting.value ?? unknownText}\n`;
    writeCredential(absolute, running, world, text);
    if (invocation.manager === 'npm')
      writeCredential(join(world.home, npmLogs), running, world, text, { kind: 'output', makes: 'build-output' });
  }
}

/** npm keeps the words of each call in its debug log (measured with npm 10: `_logs/<time>-debug-0.log`). */
const npmLogs = '.npm/_logs';

/** The file that a manager's `config set` writes: npm and pnpm the user's, yarn 2+ the project's. */
function configFile(
  invocation: Invocation,
  location: 'user' | 'project' | 'global' | undefined,
  directory: string | undefined,
  world: RunWorld,
): string | undefined {
  if (location === 'global') return '/usr/local/etc/npmrc';
  const berry = invocation.manager === 'yarn' && invocation.settings.some((setting) => /^npm[A-Z]/.test(setting.key));
  const name = berry ? '.yarnrc.yml' : invocation.manager === 'yarn' ? '.yarnrc' : '.npmrc';
  const inProject = location === 'project' || (berry && location !== 'user');
  const folder = inProject ? directory : world.home;
  return folder === undefined ? undefined : join(folder, name);
}

function writeCredential(
  path: string,
  running: RunningCommand,
  world: RunWorld,
  text: string | undefined,
  content: Content = { kind: 'text', ...(text === undefined ? {} : { text }) },
): void {
  const secrets = [...new Set(running.shell.words.flatMap((word) => world.secrets.inWord(word)))];
  const written = text === undefined ? undefined : credentialInText(path, text, secrets);
  const kind = written?.kind ?? (path.endsWith('.yarnrc.yml') ? 'yarnrc-berry' : 'npmrc');
  world.put({
    kind: 'addition',
    path,
    span: running.shell.span,
    runs: running.runs,
    content,
    credential: { kind, carries: 'yes', secrets },
  });
}
