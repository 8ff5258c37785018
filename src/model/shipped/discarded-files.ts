/** What a later layer of the image deletes: it stays in the layer that brought it, and every pull pays for it. */
import { credentialFile } from '../../knowledge/index.ts';
import type { Build, Command, FileChange, Located, Stage, Step } from '../build.ts';
import { directoryName, join, relativeTo, resolve } from '../files/path.ts';
import { systemPackages } from '../installs/system-packages.ts';
import { chainOf, changesOf } from '../query.ts';
import { operands } from '../run/operands.ts';
import { purposeOf } from '../start/start.ts';
import { shippedBuildTools } from './build-tools.ts';
import { credentialLeaks } from './credential-leaks.ts';
import { discardedTrees } from './discarded-trees.ts';
import { type Held, heldBefore, isBelowMount, largest, type Size } from './earlier-layers.ts';
import { leftArchives } from './left-archives.ts';

export interface DiscardedFiles {
  readonly target: Stage;
  /** The command that deletes. */
  readonly command: Command;
  /** Absolute paths, or names of packages, the first one first. */
  readonly names: readonly string[];
  readonly size: Size;
  /** Where the largest of it comes in. */
  readonly from: Located;
  /** `part`: it deletes some of what is below the path. */
  readonly what: 'files' | 'part' | 'packages';
}

/** Files and packages of an earlier layer that commands of a later one delete, in images that run. */
export function* discardedFiles(build: Build): Iterable<DiscardedFiles> {
  const told = new Set<Command>();
  const inPart = new Set<Step>();
  let known: Known | undefined;
  for (const target of build.targets) {
    if (purposeOf(target, build.path) !== 'runtime') continue;
    for (const step of chainOf(target).flatMap(({ steps }) => steps)) {
      const deleting = step.commands.filter((command) => !told.has(command) && deletes(command));
      if (deleting.length === 0) continue;
      known ??= toldElsewhere(build);
      for (const command of deleting) {
        told.add(command);
        const found =
          filesOf(command, build, known) ??
          settingsOf(command, build) ??
          (inPart.has(step) ? undefined : partOf(command, build));
        if (found?.what === 'part') inPart.add(step);
        if (found !== undefined) yield { target, command, ...found };
      }
    }
    for (const found of packagesOf(target, build)) {
      if (told.has(found.command)) continue;
      told.add(found.command);
      yield found;
    }
  }
}

const deletes = ({ name, runs }: Command): boolean =>
  runs === 'always' && /^(?:rm|rmdir|unlink|shred|find|xargs|node-prune|modclean)$/.test(name ?? '');

/** What other rules say: development packages that are taken out, archives that were unpacked. */
interface Known {
  readonly changes: ReadonlySet<FileChange>;
  readonly archives: ReadonlySet<string>;
}

const toldElsewhere = (build: Build): Known => ({
  changes: new Set([...discardedTrees(build)].map(({ change }) => change)),
  archives: new Set([...leftArchives(build)].map(({ path }) => path)),
});

type Found = Omit<DiscardedFiles, 'target' | 'command'>;

function filesOf(command: Command, build: Build, known: Known): Found | undefined {
  const removed = removedBy(command);
  const held = new Map<string, Held>();
  for (const path of removed) {
    if (isBelowMount(command.step, path)) continue;
    const all = heldBefore(command.step, path, build.context).filter(
      ({ change }) =>
        change.credential === undefined &&
        !known.changes.has(change) &&
        !known.archives.has(change.path) &&
        !isRemainder(change),
    );
    const most = largest(all);
    if (most !== undefined && most.size !== 'trifle') held.set(path, most);
  }
  const most = largest([...held.values()]);
  return most === undefined ? undefined : { names: [...held.keys()], size: most.size, from: most, what: 'files' };
}

/** What unpacking in a folder for temporary files left there, if anything. */
const isRemainder = ({ content, path }: FileChange): boolean =>
  content?.kind === 'output' && /^\/(?:(?:var\/)?tmp|root|)$/.test(path);

/** The paths that a command takes away for certain. */
function removedBy({ step, shell }: Command): readonly string[] {
  const layer = changesOf(step);
  const removals = layer.filter(
    ({ kind, runs, span }) => kind === 'removal' && runs === 'always' && span === shell.span,
  );
  return [...new Set(removals.map(({ path }) => path))];
}

/** `rm .env*` after a copy of the context: nobody writes that where there is none. */
function settingsOf({ name, arguments: words, workdir, step }: Command, build: Build): Found | undefined {
  if (name !== 'rm' || workdir === undefined) return undefined;
  for (const word of operands(words)) {
    const plain = word?.replace(/\.?\*$/, '');
    if (word === undefined || plain === undefined || credentialFile(plain)?.kind !== 'dotenv') continue;
    const path = resolve(workdir, word);
    for (const { change, size, span } of heldBefore(step, directoryName(path), build.context)) {
      const { content } = change;
      const inside = relativeTo(change.path, path);
      if (content?.kind !== 'context' || content.entry === 'file' || inside === undefined || size === 'trifle')
        continue;
      if (leaks(build).has(change.step) || build.context.match(join(content.path, inside))?.length === 0) continue;
      return { names: [path], size: 'bulk', from: { span }, what: 'files' };
    }
  }
  return undefined;
}

/** Copies of which another rule says that they bring a credential in. */
const leaks = (build: Build): ReadonlySet<Step> => new Set(credentialLeaks(build).map(({ change }) => change.step));

/** A search through a tree of packages deletes what nobody lists. */
function partOf(command: Command, build: Build): Found | undefined {
  const path = searchedBy(command);
  if (path === undefined || isBelowMount(command.step, path)) return undefined;
  const trees = heldBefore(command.step, path, build.context).filter(
    ({ change }) => change.content?.kind === 'dependencies',
  );
  const [tree] = trees;
  return tree === undefined ? undefined : { names: [tree.change.path], size: 'some', from: tree, what: 'part' };
}

function searchedBy({ name, arguments: words, workdir }: Command): string | undefined {
  const [first] = words;
  if (workdir === undefined) return undefined;
  if (name === 'node-prune' || name === 'modclean')
    return first === undefined || first.startsWith('-') ? join(workdir, 'node_modules') : resolve(workdir, first);
  if (name !== 'find' || first === undefined || first.startsWith('-')) return undefined;
  const removes =
    words.includes('-delete') || (words.some((word) => /^-exec/.test(word ?? '')) && words.includes('rm'));
  return removes ? resolve(workdir, first) : undefined;
}

/** System packages that another instruction of the chain installs and this one removes again. */
function* packagesOf(target: Stage, build: Build): Iterable<DiscardedFiles> {
  const late = systemPackages(target).filter(
    ({ presence, removedBy, installedBy }) =>
      presence === 'absent' && removedBy !== undefined && removedBy.step !== installedBy.step,
  );
  if (late.length === 0) return;
  const tools = new Set(
    [...shippedBuildTools(build)].filter(({ where }) => where === 'layer').map(({ installedBy }) => installedBy),
  );
  const byCommand = new Map<Command, { readonly names: string[]; readonly from: Command }>();
  for (const { name, removedBy, installedBy } of late) {
    if (removedBy === undefined || tools.has(installedBy)) continue;
    const known = byCommand.get(removedBy);
    if (known === undefined) byCommand.set(removedBy, { names: [name], from: installedBy });
    else known.names.push(name);
  }
  for (const [command, { names, from }] of byCommand)
    yield { target, command, names, size: 'bulk', from, what: 'packages' };
}
