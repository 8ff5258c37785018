/** Installs and prunes of npm, yarn, pnpm and bun: the trees that they make, complete and cut. */
import {
  failsWithoutLockfile,
  type Invocation,
  installsDevelopment,
  isFrozen,
  leavesUnlinked,
  lockedDevelopment,
  lockfilesOf,
  majorOf,
  managerCache,
  manifestTakesMember,
  mayFetch,
  namedForDevelopment,
  namesMembers,
  npmStopsAt,
  pnpmNamesMembers,
  prunesDevelopment,
  type Situation,
  scriptsOfInstall,
} from '../../knowledge/index.ts';
import type { Command, Content, DependencyTree, FileChange, Install, Ternary, UnansweredPurge } from '../build.ts';
import { projectFolders } from '../context/manifest-folders.ts';
import { isUntouched } from '../files/base-files.ts';
import { join, relativeTo, resolve } from '../files/path.ts';
import { wordsOf } from '../query.ts';
import { isOpenBase } from '../state/image-state.ts';
import {
  findUpward,
  hasDevelopmentPackages,
  lockfileFor,
  managerVersion,
  needsSource,
  nodeLinker,
  type Project,
  projectAt,
  textOf,
  treeAt,
} from './project.ts';
import { purgeQuestion, stripsMembers } from './purge-question.ts';
import type { RunningCommand, RunWorld } from './run.ts';

/** A call of npm, yarn, pnpm or bun about to run. */
export interface ManagerCall {
  /** The command of the RUN whose work it is: where a script makes the call, the one that calls the script. */
  readonly command: Command;
  readonly invocation: Invocation;
  /** Where it works, absolute; undefined when not known. */
  readonly directory: string | undefined;
  /** The member of a workspace in whose folder it is called; it works on the workspace. */
  readonly member?: string;
  readonly running: RunningCommand;
  readonly world: RunWorld;
}

/** `${NPM_TOKEN}`, `${NPM_TOKEN?}`, `${NPM_TOKEN:-}` in a settings file. */
const variablesIn = (text: string): readonly string[] =>
  [...text.matchAll(/\$\{(\w+)[?:}-]/g)].map(([, name = '']) => name);

export function put(running: RunningCommand, world: RunWorld, path: string, content: Content): FileChange {
  return world.put({ kind: 'addition', path, span: running.shell.span, runs: running.runs, content });
}

function situationOf(invocation: Invocation, project: Project, running: RunningCommand, world: RunWorld): Situation {
  return {
    environment: running.environment,
    settings: world.settings,
    config: project.config,
    ...ownSettings(invocation.manager, project, world),
    version: invocation.version ?? managerVersion(invocation, project, world),
  };
}

/** The variables as they are where the base image sets none. */
const withoutBase = (running: RunningCommand, world: RunWorld): Situation['environment'] => {
  const { env, args } = world.step.before;
  return (name) => {
    const text = running.lookup(name);
    return text === undefined && !env.has(name) && !args.has(name) ? null : text;
  };
};

/** Yarn 1 looks for its file upward, Bun in the folder alone; both have one at home. */
function ownSettings(manager: Invocation['manager'], { directory }: Project, world: RunWorld): Pick<Situation, 'own'> {
  if (directory === undefined || (manager !== 'yarn' && manager !== 'bun')) return {};
  const found =
    manager === 'yarn' ? findUpward('.yarnrc', directory, world) : world.stat(join(directory, 'bunfig.toml'));
  const atHome = world.stat(join(world.home, manager === 'yarn' ? '.yarnrc' : '.bunfig.toml'));
  const own = textOf(found, world) ?? textOf(atHome, world);
  return own === undefined ? {} : { own };
}

function describeInstall(call: ManagerCall): Install {
  const { command, invocation, directory, member, running, world } = call;
  const project = projectAt(directory, world);
  const situation = situationOf(invocation, project, running, world);
  const lockfile = directory === undefined ? 'unknown' : lockfileFor(invocation.manager, directory, world);
  const earlier = directory === undefined ? undefined : treeAt(join(directory, 'node_modules'), world);
  const declared = declaredBy(call, project);
  const development = developmentOf(invocation, situation, project, declared, world);
  const isOpen = development === 'unknown' && isOpenBase(world.step.stage.base);
  const unlessBase = isOpen ? { ...situation, environment: withoutBase(running, world) } : situation;
  return {
    command,
    guards: running.shell.guards,
    manager: invocation.manager,
    node: true,
    development,
    ...(isOpen && developmentOf(invocation, unlessBase, project, declared, world) === 'yes'
      ? { leftToBase: true }
      : {}),
    frozen: isFrozen(invocation, situation),
    declaresDevelopment: declared,
    manifest: project.manifest,
    lockfile,
    needsLockfile: failsWithoutLockfile(invocation, situation),
    adds: invocation.operation === 'add' ? invocation.packages : [],
    separable: true,
    offline: invocation.offline,
    reads: [directory, member].flatMap((folder) => (folder === undefined ? [] : [join(folder, 'package.json')])),
    needsSource: needsSource(invocation, project, world),
    variables: [...new Set(project.config.flatMap(variablesIn))],
    scripts: scriptsOfInstall(invocation, situation, installsDevelopment(invocation, situation)),
    ...cacheOf(call, situation),
    ...(situation.version === undefined ? {} : { version: situation.version }),
    ...(directory === undefined ? {} : { directory }),
    ...(earlier === undefined || earlier.install.adds.length > 0 ? {} : { follows: earlier.install }),
  };
}

/** Where settings that are not seen may say it, it is not known. */
function cacheOf({ invocation, directory, running, world }: ManagerCall, situation: Situation): Pick<Install, 'cache'> {
  const { base } = world.step.stage;
  if (directory === undefined || isOpenBase(base) || settingsAreHidden(invocation.manager, directory, world)) return {};
  const isRoot = world.step.before.user.identity === 'root';
  const cache = managerCache(invocation, situation, isRoot);
  if (cache === undefined) return {};
  // npm takes the path of an option for one below the folder that it is called in, `--prefix` or not (measured, npm 11).
  const from = invocation.manager === 'npm' && invocation.cache !== undefined ? running.workdir : directory;
  if (cache.path.startsWith('~/')) return { cache: { path: join(world.home, cache.path.slice(2)), told: cache.told } };
  return from === undefined ? {} : { cache: { path: resolve(from, cache.path), told: cache.told } };
}

/** A file that may place the cache is there, or may be, and cannot be read or says so in a way of its own. */
function settingsAreHidden(manager: Invocation['manager'], directory: string, world: RunWorld): boolean {
  const homes = [directory, world.home];
  const files = manager === 'yarn' ? ['.npmrc', '.yarnrc', '.yarnrc.yml'] : ['.npmrc'];
  const paths = homes.flatMap((home) => files.map((file) => join(home, file)));
  if (manager === 'pnpm') paths.push(join(directory, 'pnpm-workspace.yaml'));
  return paths.some((path) => {
    const stat = world.stat(path);
    const text = textOf(stat, world);
    if (text === undefined) return !isUntouched(stat);
    return /\/\.yarnrc[^/]*$/.test(path)
      ? /cache-?folder|globalFolder|enableGlobalCache/i.test(text)
      : /^storeDir:/m.test(text);
  });
}

/** Whether development packages come in, also by what the manifest says when it can be read. */
function developmentOf(
  invocation: Invocation,
  situation: Situation,
  project: Project,
  declared: Ternary,
  world: RunWorld,
): Ternary {
  const installed = installsDevelopment(invocation, situation);
  if (installed === 'no' || project.manifest === 'absent') return 'no';
  if (invocation.operation === 'add' && project.manifest === 'unknown') return 'unknown';
  // Where npm would stop at the manifest, it is another one that it finds there.
  if (invocation.manager === 'npm' && npmStopsAt(project.manifestText ?? '')) return 'unknown';
  if (isGenerated(project, world)) return 'unknown';
  return declared === 'no' ? 'no' : installed;
}

/** Whether what is installed asks for development packages: of a member all of its workspace comes, with npm it alone. */
function declaredBy({ member, invocation, running, world }: ManagerCall, project: Project): Ternary {
  const { manager } = invocation;
  if (member === undefined)
    return isInitialized(project, running, world) ? 'no' : workspaceDeclares(invocation, project, world);
  const own = hasDevelopmentPackages(projectAt(member, world));
  if (own === 'yes' || manager === 'npm') return own;
  return hasDevelopmentPackages(project) === 'yes' ? 'yes' : 'unknown';
}

/** The root of a workspace speaks for itself alone; its lockfile may tell of the members. */
function workspaceDeclares({ manager, workspaces }: Invocation, project: Project, world: RunWorld): Ternary {
  const own = hasDevelopmentPackages(project);
  const { directory, manifestText } = project;
  if (own === 'yes' || directory === undefined || manifestText === undefined || workspaces.length > 0) return own;
  const members = manager === 'pnpm' ? textOf(world.stat(join(directory, 'pnpm-workspace.yaml')), world) : undefined;
  if (manager === 'pnpm' ? !pnpmNamesMembers(members ?? '') : namesMembers(manifestText) !== true) return own;
  for (const name of lockfilesOf(manager)) {
    const text = textOf(world.stat(join(directory, name)), world);
    const locked = text === undefined ? 'unknown' : lockedDevelopment(name, text);
    if (locked !== 'unknown') return locked;
  }
  return manager === 'pnpm' ? own : membersDeclare(directory, manifestText, own, world);
}

/** What the manifests of the members say, where all that came into the folder is known. */
function membersDeclare(directory: string, manifest: string, own: Ternary, world: RunWorld): Ternary {
  const changes = world.under(directory);
  if (changes.some(({ content }) => !isKnown(content))) return own;
  const members = projectFolders(changes, world.around).filter((folder) =>
    manifestTakesMember(manifest, relativeTo(directory, folder) ?? ''),
  );
  const told = members.map((folder) => hasDevelopmentPackages(projectAt(folder, world)));
  if (told.includes('yes')) return 'yes';
  return told.length > 0 && told.every((each) => each === 'no') ? 'no' : own;
}

const isKnown = (content: Content | undefined): boolean =>
  content === undefined ||
  (content.kind === 'context'
    ? content.entry !== 'unknown'
    : /^(?:text|directory|link|dependencies)$/.test(content.kind));

/** Nothing but `npm init` can have made its manifest, and nothing has added development packages to it. */
function isInitialized({ directory }: Project, running: RunningCommand, world: RunWorld): boolean {
  if (directory === undefined) return false;
  const changes = world.trees(join(directory, 'package.json'));
  const before = treeAt(join(directory, 'node_modules'), world);
  if (changes.length === 0 || (before !== undefined && before.development !== 'no')) return false;
  if (running.arguments.some((word) => word === undefined || /^(?:-[A-Z]*D|--save-dev|--dev)$/.test(word)))
    return false;
  return changes.every((change) => {
    const call = commandOf(change, world)?.invocation;
    return call?.subcommand === 'init' && call.manager !== 'bun' && call.packages.length === 0;
  });
}

/** A manifest that only a build can have made: those that build tools write name what runs, as a rule. */
function isGenerated({ directory, manifest }: Project, world: RunWorld): boolean {
  if (directory === undefined || manifest !== 'unknown') return false;
  const changes = world.trees(join(directory, 'package.json'));
  return (
    changes.length > 0 && changes.every((change) => change.content?.kind === 'output' && !isFetched(change, world))
  );
}

/** Whether a command may bring in a project that others have written. */
function isFetched(change: FileChange, world: RunWorld): boolean {
  const name = commandOf(change, world)?.name;
  return name === undefined || mayFetch(name) || /^(?:npx|tar|bsdtar|unzip|svn|hg)$/.test(name);
}

const commandOf = ({ step, span }: FileChange, { commands }: RunWorld): Command | undefined =>
  [...step.commands, ...commands].find(({ shell }) => shell.span === span);

export function install(call: ManagerCall): Install {
  const { invocation, directory, running, world } = call;
  const plain = describeInstall(call);
  if (directory === undefined) return plain;
  const linker = nodeLinker(plain, world);
  const isPlain = linker === 'node-modules' || (linker === 'unknown' && (majorOf(plain.version) ?? 1) < 2);
  const described = isPlain ? plain : { ...withoutPackages(plain), linker };
  if (!invocation.noLockfile && described.lockfile !== 'present' && invocation.frozen !== true)
    writeLockfile(invocation, directory, running, world);
  if (invocation.noTree || linker === 'pnp') return described;
  if (described.manifest === 'absent' && described.adds.length === 0) return described;
  const path = join(directory, 'node_modules');
  const before = treeAt(path, world);
  const project = projectAt(directory, world);
  const situation = situationOf(invocation, project, running, world);
  const question = purgeQuestion(call, project, situation, before);
  if (before !== undefined && question !== undefined) {
    put(running, world, path, { kind: 'dependencies', tree: askedFor(before, question) });
    return described;
  }
  const cleans = prunesDevelopment(invocation, situation);
  // The manifest that an earlier install has read is there for one that adds to it, too.
  const keeps = described.adds.length > 0 && installsDevelopment(invocation, situation) === 'yes';
  const tree = treeAfter(before, described, cleans, keeps);
  put(running, world, path, {
    kind: 'dependencies',
    tree: { ...tree, ...unlinkedAfter(before, tree, call, situation) },
  });
  return described;
}

/** Where programs may load packages out of the cache, it is none that a mount could take away. */
function withoutPackages(install: Install): Install {
  const { cache, ...rest } = install;
  return cache?.told === false ? rest : install;
}

/** Nothing is removed; where the build may stop, nothing may ship either. */
const askedFor = (before: DependencyTree, unanswered: UnansweredPurge): DependencyTree => ({
  ...before,
  ...(unanswered.outcome === 'goes on' ? {} : { development: 'unknown' }),
  unanswered,
});

/** The tree after an install over another one. */
function treeAfter(before: DependencyTree | undefined, made: Install, cleans: Ternary, keeps: boolean): DependencyTree {
  if (before === undefined || before.development === 'no' || made.development === 'yes')
    return { install: made, development: made.development };
  if (made.development === 'no' && cleans === 'yes') return { install: made, development: 'no' };
  if (made.development === 'no' && cleans === 'no') return { install: before.install, development: before.development };
  return { install: before.install, development: keeps ? before.development : 'unknown' };
}

/** What an earlier call has brought, and this one leaves without links. */
function unlinkedAfter(
  before: DependencyTree | undefined,
  { install: made, development }: DependencyTree,
  { command, directory, world }: ManagerCall,
  situation: Situation,
): Pick<DependencyTree, 'unlinked'> {
  if (made.manager !== 'pnpm' || development !== 'no' || made.declaresDevelopment === 'no') return {};
  const { unlinked, install: earlier } = before ?? {};
  const install = unlinked?.install ?? (before?.development === 'yes' ? earlier : undefined);
  if (install?.manager !== 'pnpm' || directory === undefined) return {};
  const [settings, workspace] = ['.npmrc', 'pnpm-workspace.yaml'].map((name) => world.stat(join(directory, name)));
  if (settings === undefined || workspace === undefined) return {};
  if ([settings, workspace].some((stat) => stat.presence !== 'absent' && textOf(stat, world) === undefined)) return {};
  if (!leavesUnlinked(wordsOf(command), situation, textOf(workspace, world) ?? '')) return {};
  const isFirst = unlinked === undefined || unlinked.by === unlinked.install.command;
  return { unlinked: { install, by: isFirst ? command : unlinked.by } };
}

/** Takes out of the tree what the call leaves out. From version 7 on npm installs the rest where nothing is installed, and so does pnpm (measured: npm 10, pnpm 8.15, 9.15, 10.34). */
export function prune(call: ManagerCall): Install | 'done' {
  const { invocation, directory, running, world } = call;
  if (directory === undefined || prunesNothing(call)) return 'done';
  const path = join(directory, 'node_modules');
  const project = projectAt(directory, world);
  const situation = situationOf(invocation, project, running, world);
  const before = treeAt(path, world);
  const question = purgeQuestion(call, project, situation, before);
  if (before !== undefined && question !== undefined)
    put(running, world, path, { kind: 'dependencies', tree: askedFor(before, question) });
  else if (before !== undefined) pruneTree(before, path, call, project, situation);
  else if (installsWhatLacks(invocation, situation) && project.manifest === 'present')
    if (world.stat(path).presence === 'absent') return install(call);
  return 'done';
}

/** With a filter or `-r` pnpm ends well, and does nothing (measured: pnpm 8.15, 9.15, 10.34). */
const prunesNothing = ({ invocation: { manager, workspaces }, running }: ManagerCall): boolean =>
  manager === 'pnpm' &&
  (workspaces.length > 0 || running.arguments.some((word) => /^(?:-r|--recursive|recursive)$/.test(word ?? '')));

/** Whether a prune brings what is not there. */
const installsWhatLacks = ({ manager }: Invocation, { version }: Situation): boolean =>
  manager === 'npm' ? (majorOf(version) ?? 10) >= 7 : manager === 'pnpm';

/** `yarn remove $(…)`: of packages that are not known all that are for development may be gone. */
export function remove({ command, directory, running, world }: ManagerCall): 'done' {
  const path = directory === undefined ? undefined : join(directory, 'node_modules');
  const before = path === undefined ? undefined : treeAt(path, world);
  if (path === undefined || before === undefined || before.development === 'no') return 'done';
  const isUnclear = running.arguments.includes(undefined);
  if (!isUnclear && (running.runs !== 'always' || !namesAllForDevelopment(running, projectAt(directory, world))))
    return 'done';
  const development = isUnclear ? 'unknown' : 'no';
  put(running, world, path, { kind: 'dependencies', tree: { ...before, development, prunedBy: command } });
  return 'done';
}

/** Each package that the manifest names for development, and it has no members that may name others. */
function namesAllForDevelopment({ arguments: words }: RunningCommand, { manifestText }: Project): boolean {
  if (manifestText === undefined || namesMembers(manifestText) !== false) return false;
  const all = [...namedForDevelopment(manifestText)];
  return all.length > 0 && all.every((name) => words.includes(name));
}

function pruneTree(
  before: DependencyTree,
  path: string,
  call: ManagerCall,
  project: Project,
  situation: Situation,
): void {
  const { command, invocation, running, world } = call;
  const stripped = stripsMembers(call, project, situation) ? { strippedBy: command } : {};
  if (before.development === 'no') {
    if (!completesTree(invocation, situation, project)) {
      const { unlinked, ...rest } = before;
      const clears = unlinked !== undefined && invocation.manager === 'pnpm';
      if (clears) put(running, world, path, { kind: 'dependencies', tree: rest });
      return;
    }
    // Without --omit=dev the tree becomes what the lockfile says: development packages come back (measured, npm 10).
    const install: Install = { ...before.install, command, guards: running.shell.guards, development: 'yes' };
    put(running, world, path, { kind: 'dependencies', tree: { install, development: 'yes', ...stripped } });
    return;
  }
  const removed = prunesDevelopment(invocation, situation);
  if (removed === 'no') return;
  const tree: DependencyTree = {
    install: before.install,
    development: removed === 'yes' ? 'no' : 'unknown',
    prunedBy: command,
    ...(removed === 'yes' ? stripped : {}),
  };
  put(running, world, path, { kind: 'dependencies', tree });
}

/** Whether a prune puts back what an earlier install has left out. */
const completesTree = (invocation: Invocation, situation: Situation, project: Project): boolean =>
  installsWhatLacks(invocation, situation) &&
  hasDevelopmentPackages(project) !== 'no' &&
  installsDevelopment(invocation, situation) === 'yes';

/** `pnpm fetch` fills node_modules/.pnpm from the lockfile; a later install links it. */
export function fetch(call: ManagerCall): Install {
  const { directory, running, world } = call;
  const described: Install = { ...describeInstall(call), development: 'no' };
  const situation = situationOf(call.invocation, projectAt(directory, world), running, world);
  const brings = installsDevelopment(call.invocation, situation) === 'yes';
  if (directory !== undefined)
    put(running, world, join(directory, 'node_modules'), {
      kind: 'dependencies',
      tree: {
        install: described,
        development: 'no',
        ...(brings ? { unlinked: { install: described, by: call.command } } : {}),
      },
    });
  return described;
}

export function deploy(call: ManagerCall): Install {
  const { invocation, directory, running, world } = call;
  const described = describeInstall(call);
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

export function writeLockfile(
  invocation: Invocation,
  directory: string | undefined,
  running: RunningCommand,
  world: RunWorld,
): void {
  const [name] = lockfilesOf(invocation.manager);
  if (directory !== undefined && name !== undefined && lockfileFor(invocation.manager, directory, world) !== 'present')
    put(running, world, join(directory, name), { kind: 'text' });
}
