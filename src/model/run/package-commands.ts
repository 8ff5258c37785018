/** Calls of package managers: what they install, prune and configure. */
import type { Invocation } from '../../knowledge/index.ts';
import type { Command, Install } from '../build.ts';
import { directoryName, join, resolve } from '../files/path.ts';
import { wordsOf } from '../query.ts';
import { pruneWorkspace } from './file-commands.ts';
import { deploy, fetch, install, type ManagerCall, prune, put, remove, writeLockfile } from './node-installs.ts';
import { otherEcosystem } from './other-installs.ts';
import { configure, unconfigure, writeCredential } from './package-manager-config.ts';
import { workspaceRoot } from './project.ts';
import type { RunningCommand, RunWorld } from './run.ts';

/**
 * Interprets a package manager's call. `done`: it was one, and installs nothing; undefined: it was none. What it does is
 * the work of `caller`: the command itself, or the one that has called the script in which it stands.
 */
export function callPackageManager(
  command: Command,
  running: RunningCommand,
  world: RunWorld,
  caller: Command,
): Install | 'done' | undefined {
  const { invocation } = command;
  const words = wordsOf(command);
  if (isWorkspacePrune(words)) {
    pruneWorkspace(running, world);
    return 'done';
  }
  if (command.name === 'corepack' && command.arguments[0] === 'enable') {
    world.managers.set('corepack', 'enabled');
    return 'done';
  }
  if (invocation === undefined) return otherEcosystem(command, running, world, caller);
  const directory = directoryOf(invocation, running);
  const project = projectOf(invocation, directory, world);
  const alone = words.includes('--ignore-workspace');
  const called = alone ? { invocation, directory: project } : workspaceCall(invocation, project, world);
  const call: ManagerCall = { command: caller, ...called, running, world };
  switch (invocation.operation) {
    case 'install':
    case 'add':
      return invocation.global ? setManagers(invocation, world) : install(call);
    case 'focus':
      return install(call);
    case 'fetch':
      return fetch(call);
    case 'deploy':
      return deploy(call);
    case 'prune':
      return prune(call);
    case 'remove':
      return remove(call);
    case 'config-set':
      configure(invocation, directory, running, world);
      return 'done';
    case 'config-delete':
      unconfigure(invocation, directory, running, world);
      return 'done';
    case 'login':
      writeCredential(join(world.home, '.npmrc'), running, world, undefined);
      return 'done';
    case 'set-version':
      return setManagers(invocation, world);
    case 'run':
    case 'exec':
      if (directory !== undefined)
        put(running, world, directory, { kind: 'output', makes: scaffolds(invocation) ? 'anything' : 'build-output' });
      return 'done';
    default:
      if (invocation.subcommand === 'init' && directory !== undefined)
        put(running, world, join(directory, 'package.json'), { kind: 'text' });
      if (/^(import|shrinkwrap|generate-lock-entry)$/.test(invocation.subcommand))
        writeLockfile(invocation, directory, running, world);
      return 'done';
  }
}

/** `npm create vite`, `npx create-next-app`: makes a project, manifest included. */
const scaffolds = ({ subcommand, packages: [first = ''] }: Invocation): boolean =>
  subcommand === 'create' || /^(?:@[^/]+\/)?create(?:-|@|$)/.test(first);

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

/**
 * The project that a call works on: where the folder it runs in certainly holds none, the nearest one above
 * (https://docs.npmjs.com/cli/configuring-npm/folders; measured: npm, yarn 1 and pnpm 9 in a folder without manifest).
 */
function projectOf(
  { directory: told }: Invocation,
  directory: string | undefined,
  world: RunWorld,
): string | undefined {
  if (told !== undefined || directory === undefined) return directory;
  for (let at = directory; ; at = directoryName(at)) {
    const [manifest, modules] = ['package.json', 'node_modules'].map((name) => world.stat(join(at, name)).presence);
    if (manifest === 'present') return at;
    if (manifest !== 'absent' || modules !== 'absent' || at === '/') return directory;
  }
}

/**
 * What a call in the folder of a member does: it works on the workspace, whose packages lie at its root; npm's is limited
 * to the member. (Measured: npm 10.8 and 11.19, yarn 1.22, yarn 4.18, pnpm 9.15 and 10.34, bun 1.3.)
 */
function workspaceCall(
  invocation: Invocation,
  directory: string | undefined,
  world: RunWorld,
): Pick<ManagerCall, 'invocation' | 'directory' | 'member'> {
  const root = directory === undefined ? undefined : workspaceRoot(invocation, directory, world);
  if (root === undefined || directory === undefined) return { invocation, directory };
  const limited = invocation.manager === 'npm' ? { ...invocation, workspaces: [directory] } : invocation;
  return { invocation: limited, directory: root, member: directory };
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
