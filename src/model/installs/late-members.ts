/** Members of a workspace whose manifests come in behind the install: their packages are nowhere. */
import {
  firstTool,
  manifestScript,
  namedForDevelopment,
  namedPackages,
  packageName,
  productionPackages,
  readInvocation,
  runsInMembers,
  scriptOperandOf,
} from '../../knowledge/index.ts';
import type { Build, Command, FileChange, Install, Located, Rootfs, Stage } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { directoryName, join, relativeTo, resolve } from '../files/path.ts';
import { firstOfStage } from '../per-stage.ts';
import { bindsFiles, chainOf, surelyEndsTheBuild, wordsOf } from '../query.ts';
import { remembered } from '../remembered.ts';
import { calledProject, calledScript, callsOfScript } from '../run/called-project.ts';
import { isMadeForDevelopers } from '../shipped/made-for-developers.ts';
import { type LaunchedCommand, launchOf } from '../start/launch.ts';
import { mayBring } from './missing-installs.ts';
import { isBundled } from './stranded-links.ts';
import { treeIn } from './uninstalled-tools.ts';
import { type WorkspaceMember, workspaceMembers } from './workspace-members.ts';

export interface LateMember {
  readonly install: Install;
  /** The folder of the member, absolute. */
  readonly folder: string;
  /** What it names and nothing has installed; at least one. */
  readonly packages: readonly string[];
  /** What brings its manifest. */
  readonly brought: FileChange;
  /** What needs the packages: a command of the build, or of the start. */
  readonly use: Located;
  readonly ends: 'build' | 'start';
}

/**
 * An install at the root of a workspace passes over members that are not there, and so do those that follow the lockfile
 * (npm 11, pnpm 8 to 10 and Yarn 1, measured; the newer Yarn and Bun stop where the lockfile is frozen). Told is the first
 * use in each stage, and that of each start.
 */
export function* lateMembers(build: Build): Iterable<LateMember> {
  const told = new Set<Install>();
  for (const found of [...lateInBuilds(build), ...lateInStarts(build)]) {
    if (told.has(found.install)) continue;
    told.add(found.install);
    yield found;
  }
}

const lateInBuilds = firstOfStage((command: Command, build: Build): LateMember | undefined => {
  if (command.invocation?.operation !== 'run' || !surelyEndsTheBuild(command)) return undefined;
  const { rootfs } = command.step.before;
  for (const { folder, script } of scriptsOfMembers(command, build)) {
    const isInstalled = installsBefore(command, folder) || installsMembers({ stage: command.step.stage, build });
    const late = isInstalled ? undefined : lateMember(folder, rootfs, build);
    const text = late === undefined ? null : manifestScript(late.manifest, script);
    if (late === undefined || typeof text !== 'string') continue;
    const tool = firstTool(text);
    if (/^build/.test(script) || (tool !== undefined && late.packages.includes(tool.package)))
      return { ...withoutText(late), use: command, ends: 'build' };
  }
  return undefined;
});

/** In the same RUN: for the member, or for its workspace again. */
const installsBefore = ({ step, shell }: Command, folder: string): boolean =>
  step.commands.some(
    ({ install, shell: { index } }) =>
      index < shell.index && install?.directory !== undefined && relativeTo(install.directory, folder) !== undefined,
  );

/** `lerna bootstrap`, or a script that installs: it may fill the folders of members. */
const installsMembers: (of: { readonly stage: Stage; readonly build: Build }) => boolean = remembered(
  ({ stage }) => stage,
  ({ stage, build }) =>
    chainOf(stage)
      .flatMap(({ steps }) => steps.flatMap(({ commands }) => commands))
      .some(
        (command) =>
          wordsOf(command).includes('bootstrap') ||
          callsOfScript(command, build)?.some(({ words }) =>
            words.some((word) => /^(?:bootstrap|install|ci|i)$/.test(word)),
          ) === true,
      ),
);

function* lateInStarts(build: Build): Iterable<LateMember> {
  for (const target of build.targets) {
    if (isMadeForDevelopers(build, target) || installsMembers({ stage: target, build })) continue;
    for (const command of launchOf(target)?.commands ?? []) {
      const folder = command.runs === 'always' ? projectOf(command, target, build) : undefined;
      const late = folder === undefined ? undefined : lateMember(folder, target.result.rootfs, build);
      if (late?.forProduction !== true || isBundled(late.manifest)) continue;
      yield { ...withoutText(late), use: command, ends: 'start' };
      break;
    }
  }
}

/** The project of the program or the script that starts. */
function projectOf({ words, workdir }: LaunchedCommand, { result }: Stage, build: Build): string | undefined {
  const call = readInvocation(words);
  if (call?.operation === 'run') return calledProject(call, workdir, result.rootfs, build);
  const script = words[0] === 'node' && workdir !== undefined ? scriptOperandOf(words)?.script : undefined;
  if (script === undefined || workdir === undefined) return undefined;
  for (let folder = directoryName(resolve(workdir, script)); folder !== '/'; folder = directoryName(folder))
    if (result.rootfs.stat(join(folder, 'package.json')).presence === 'present') return folder;
  return undefined;
}

/** The scripts of members that a command runs, by itself or by a script of the root. */
function* scriptsOfMembers(
  command: Command,
  build: Build,
): Iterable<{ readonly folder: string; readonly script: string }> {
  const own = calledScript(command, build);
  if (own !== undefined) yield own;
  const script = taskOfAll(command, build);
  const tree =
    script === undefined || command.workdir === undefined
      ? undefined
      : rootTree(command.workdir, command.step.before.rootfs);
  if (script === undefined || tree?.install.directory === undefined) return;
  const { directory } = tree.install;
  for (const { folder } of membersOf(tree.install, command.step.before.rootfs, build))
    yield { folder: join(directory, folder), script };
}

/** The script that runs in every member: `npm run build --workspaces`, `pnpm -r build`, a script that calls `turbo run build`. */
function taskOfAll(command: Command, build: Build): string | undefined {
  const { invocation, arguments: words } = command;
  const isChosen = (word: string | undefined): boolean =>
    word === undefined || /^(?:-F|--filter|--scope|-p|--projects?|--include|--ignore|--from)(?:=|$)/.test(word);
  if (runsInMembers(words)) return words.some(isChosen) ? undefined : invocation?.script;
  const calls = callsOfScript(command, build)?.filter(({ decides, hook }) => decides && !hook) ?? [];
  const runner = calls.find(({ words: [program] }) => program === 'turbo' || program === 'lerna');
  if (runner === undefined || runner.words.some(isChosen)) return undefined;
  return runner.words.slice(1).find((word) => word !== 'run' && !word.startsWith('-'));
}

interface Late extends Omit<LateMember, 'use' | 'ends'> {
  readonly manifest: string;
  /** Some of the packages are for production. */
  readonly forProduction: boolean;
}

const withoutText = ({ install, folder, packages, brought }: Late): Omit<LateMember, 'use' | 'ends'> => ({
  install,
  folder,
  packages,
  brought,
});

/** A member whose manifest was not there when its workspace was installed, and that has no packages of its own since. */
function lateMember(folder: string, rootfs: Rootfs, build: Build): Late | undefined {
  const tree = rootTree(directoryName(folder), rootfs);
  if (tree === undefined) return undefined;
  const { install, development } = tree;
  const { command, directory, adds } = install;
  const path = join(folder, 'package.json');
  const before = command.step.before.rootfs;
  const brought = rootfs.stat(path).change;
  if (directory === undefined || brought === undefined || adds.length > 0 || bindsFiles(command.step)) return undefined;
  if (command.runs !== 'always' || command.invocation?.operation !== 'install') return undefined;
  if (command.invocation.workspaces.length > 0 || before.stat(path).presence !== 'absent') return undefined;
  const mine = join(folder, 'node_modules');
  if (rootfs.stat(mine).presence === 'present') return undefined;
  const inRoot = rootfs.trees(directory).filter(({ content }) => content?.kind !== 'dependencies');
  if (
    rootfs.trees(folder).some((change) => brings(change, mine, build)) ||
    inRoot.some((change) => brings(change, join(directory, 'node_modules'), build))
  )
    return undefined;
  const members = membersOf(install, rootfs, build);
  const member = members.find((each) => each.folder === relativeTo(directory, folder));
  const root = textAt(join(directory, 'package.json'), rootfs, build);
  if (member === undefined || root === undefined) return undefined;
  const { manifest } = member;
  const isThere = (each: WorkspaceMember): boolean =>
    before.stat(join(directory, `${each.folder}/package.json`)).presence !== 'absent';
  const others = new Set([
    ...namedPackages(root),
    ...members.filter(isThere).flatMap((each) => [...namedPackages(each.manifest)]),
    ...members.flatMap((each) => packageName(each.manifest) ?? []),
  ]);
  const isLocal = (range: string): boolean => /^(?:workspace|file|link|portal):|^\.{1,2}\//.test(range);
  const forProduction = [...productionPackages(manifest)].flatMap(([name, range]) => (isLocal(range) ? [] : name));
  const named = [...forProduction, ...(development === 'yes' ? namedForDevelopment(manifest) : [])];
  const packages = named.filter((name) => !others.has(name));
  if (packages.length === 0) return undefined;
  return {
    install,
    folder,
    packages,
    brought,
    manifest,
    forProduction: forProduction.some((name) => !others.has(name)),
  };
}

/** Whether a change may bring packages to `path`; of a folder of the context, which is seen, only what is there. */
function brings(change: FileChange, path: string, build: Build): boolean {
  const { content, path: at } = change;
  const inside = relativeTo(at, path);
  if (inside === undefined || !mayBring(change, path, build)) return false;
  return content?.kind !== 'context' || build.context.stat(join(content.path, inside)) !== 'absent';
}

/** The packages of the nearest folder that has some. */
function rootTree(start: string, rootfs: Rootfs): ReturnType<typeof treeIn> {
  for (let folder = start; ; folder = directoryName(folder)) {
    const found = treeIn(rootfs, folder);
    if (found !== undefined || folder === '/') return found;
  }
}

/** Each command of a step asks for them. */
const membersOf = (install: Install, rootfs: Rootfs, build: Build): readonly WorkspaceMember[] =>
  known(rootfs)(install, build);

const known = remembered(
  (rootfs: Rootfs) => rootfs,
  (rootfs) => {
    const found = new Map<Install, readonly WorkspaceMember[]>();
    return (install: Install, build: Build): readonly WorkspaceMember[] => {
      const members = found.get(install) ?? workspaceMembers(install, rootfs, build);
      found.set(install, members);
      return members;
    };
  },
);
