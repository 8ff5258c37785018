/** Packages of the members of a pnpm workspace that do not come along with the node_modules of its root. */
import { productionPackages } from '../../knowledge/index.ts';
import type { Build, Command, FileChange, Install, Stage, Step } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { directoryName, isGlob, join, normalise, relativeTo, resolve } from '../files/path.ts';
import { chainOf, changesOf, shippedTrees } from '../query.ts';
import { launchOf } from '../start/launch.ts';
import { unknownText } from '../state/unknown-text.ts';
import { outlineAt } from '../state/word-values.ts';
import { linkedMembers } from './linked-members.ts';
import { isBundled } from './stranded-links.ts';

export interface LostPackages {
  readonly target: Stage;
  /** The copy of the root's node_modules. */
  readonly change: FileChange;
  readonly install: Install;
  /** The folders of the members, as they stand in the stage of the install: those that ship, or all. */
  readonly members: readonly string[];
}

/** Ship targets that take the node_modules of a pnpm workspace root which names no package for production, and of no member. */
export function* lostWorkspacePackages(build: Build): Iterable<LostPackages> {
  for (const target of build.targets) {
    const trees = target.result.rootfs.under('/').filter(({ content }) => content?.kind === 'dependencies');
    const [change] = trees;
    if (change?.content?.kind !== 'dependencies' || trees.length > 1 || change.step.instruction.keyword !== 'COPY')
      continue;
    const { install } = change.content.tree;
    const { directory } = install;
    if (directory === undefined) continue;
    if (change.source?.path !== join(directory, 'node_modules')) continue;
    const members = membersOf(firstOf(install), directory, build);
    const steps = chainOf(target).flatMap((stage) => stage.steps);
    if (members.length === 0 || steps.some((step) => mayBring(step, members, build))) continue;
    const shipped = members.filter((member) => steps.some((step) => takesFrom(step, member)));
    yield { target, change, install, members: shipped.length > 0 ? shipped : members };
  }
}

export interface StrippedMember {
  readonly target: Stage;
  /** The `pnpm prune` that took the links away. */
  readonly command: Command;
  readonly install: Install;
  /** The folder of the member, as it ships. */
  readonly member: string;
  /** A package that it needs, and that the root has no link for. */
  readonly name: string;
}

/** Members of a pnpm workspace that an image starts, and whose links a prune has taken away; one a tree. */
export function* strippedMembers(build: Build): Iterable<StrippedMember> {
  for (const { target, path, tree } of shippedTrees(build)) {
    const { install, strippedBy: command } = tree;
    if (command === undefined || install.directory === undefined) continue;
    const root = directoryName(path);
    const read = (folder: string) => textAt(join(folder, 'package.json'), command.step.before.rootfs, build);
    const linked = productionPackages(read(install.directory) ?? '');
    for (const folder of linkedMembers(install, install.directory, build)) {
      const manifest = read(folder);
      const member = join(root, relativeTo(install.directory, folder) ?? '');
      if (manifest === undefined || isBundled(manifest) || !isStarted(member, target)) continue;
      if (target.result.rootfs.stat(join(member, 'node_modules')).change?.content?.kind === 'dependencies') continue;
      const name = [...productionPackages(manifest).keys()].find((each) => !linked.has(each));
      if (name === undefined) continue;
      yield { target, command, install, member, name };
      break;
    }
  }
}

/** Whether the image starts a file of the folder, or works in it. */
const isStarted = (folder: string, target: Stage): boolean =>
  (launchOf(target)?.commands ?? []).some(({ words, workdir }) =>
    [workdir, ...words.map((word) => (word === undefined ? word : resolve(workdir ?? '/', word)))].some(
      (path) => path !== undefined && relativeTo(folder, path) !== undefined,
    ),
  );

/** The install that made what later ones complete or cut: before it nothing has been built. */
const firstOf = (install: Install): Install => (install.follows === undefined ? install : firstOf(install.follows));

/** Folders of members; none where the root has packages of its own, members of the workspace left out. */
function membersOf(install: Install, directory: string, build: Build): readonly string[] {
  const { rootfs } = install.command.step.before;
  const needs = (folder: string): boolean | undefined => {
    const manifest = textAt(join(folder, 'package.json'), rootfs, build);
    if (manifest === undefined) return undefined;
    return [...productionPackages(manifest).values()].some((range) => !range.startsWith('workspace:'));
  };
  return needs(directory) === false
    ? linkedMembers(install, directory, build).filter((member) => needs(member) !== false)
    : [];
}

/** Whether a step copies what lies in the folder of the member in another stage. */
const takesFrom = (step: Step, member: string): boolean =>
  changesOf(step).some(({ source }) => source !== undefined && relativeTo(member, source.path) !== undefined);

/** Whether a COPY --from takes the node_modules of a member, or may. */
function mayBring(step: Step, members: readonly string[], build: Build): boolean {
  const { instruction } = step;
  if (instruction.keyword === 'RUN') return step.commands.some(({ invocation }) => invocation !== undefined);
  if (instruction.keyword !== 'COPY' || instruction.from === undefined) return false;
  return instruction.sources.some((word) => {
    const text = outlineAt(word, step, build);
    return isGlob(text) || members.some((member) => mayHold(normalise(`/${text}`), member));
  });
}

/** Whether a source is or holds the folder of a member, or its node_modules; a part with a variable can be any name. */
function mayHold(source: string, member: string): boolean {
  const parts = source.split('/').filter((part) => part !== '');
  const folder = member.split('/').filter((part) => part !== '');
  if (!parts.every((part, at) => at >= folder.length || part === folder[at] || part.includes(unknownText)))
    return false;
  const below = parts.slice(folder.length);
  return below.length === 0 || below.some((part) => part === 'node_modules' || part.includes(unknownText));
}
