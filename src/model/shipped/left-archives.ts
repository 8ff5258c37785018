/** Archives that stay in a layer of the image after they were unpacked. */
import { isBulky, isTrifle } from '../../knowledge/index.ts';
import type { Build, Command, FileChange, Located, Stage, Step } from '../build.ts';
import { isGlob, resolve } from '../files/path.ts';
import { unpackedArchives } from '../files/unpacked-archives.ts';
import { chainOf, changesOf } from '../query.ts';
import { remembered } from '../remembered.ts';
import { unpackedFilesOf } from '../run/command-calls.ts';
import { purposeOf } from '../start/start.ts';
import { isBelowMount } from './earlier-layers.ts';

export interface LeftArchive {
  readonly target: Stage;
  /** Absolute. */
  readonly path: string;
  /** What brings the archive in: the command, else the instruction. */
  readonly from: Located;
  readonly unpackedBy: Command;
  /** A later instruction deletes it, and the layer keeps it. */
  readonly removedBy?: Located;
}

/** Once an archive; those that ADD would have unpacked are `unpackedArchives`. */
export const leftArchives: (build: Build) => readonly LeftArchive[] = remembered(
  (build) => build.targets,
  (build) => [...findArchives(build)],
);

function* findArchives(build: Build): Iterable<LeftArchive> {
  let byAdd: ReadonlySet<string> | undefined;
  for (const target of build.targets) {
    if (purposeOf(target, build.path) !== 'runtime') continue;
    const told = new Set<FileChange>();
    for (const command of chainOf(target).flatMap(({ steps }) => steps.flatMap(({ commands }) => commands))) {
      if (command.runs !== 'always') continue;
      for (const word of unpackedFilesOf(command)) {
        const change = archiveAt(word, command);
        if (change === undefined || told.has(change)) continue;
        told.add(change);
        byAdd ??= new Set([...unpackedArchives(build)].map(({ path }) => path));
        if (byAdd.has(change.path)) continue;
        const removedBy = removalOf(change, target);
        if (removedBy?.step === change.step || deletesUnknown(change.step)) continue;
        const from = change.step.commands.find(({ shell }) => shell.span === change.span) ?? change;
        yield {
          target,
          path: change.path,
          from,
          unpackedBy: command,
          ...(removedBy === undefined ? {} : { removedBy }),
        };
      }
    }
  }
}

/** The file that certainly stands there, brought in by this instruction or an earlier one of the chain. */
function archiveAt(word: string, command: Command): FileChange | undefined {
  const { workdir, step } = command;
  if (isGlob(word) || (workdir === undefined && !word.startsWith('/'))) return undefined;
  const path = resolve(workdir ?? '/', word);
  if (isBelowMount(step, path)) return undefined;
  const change = step.before.rootfs.stat(path).change ?? madeBy(command, path);
  if (change?.path !== path || change.runs !== 'always') return undefined;
  const { content } = change;
  const isFile = content?.kind === 'remote' || (content?.kind === 'context' && content.entry === 'file');
  return !isTrifle(path) && (isFile || isBulky(path)) ? change : undefined;
}

const madeBy = ({ step }: Command, path: string): FileChange | undefined =>
  changesOf(step).find((change) => change.path === path && change.kind === 'addition');

/** The change of the chain that takes a file away again. */
function removalOf({ path, sequence }: FileChange, target: Stage): FileChange | undefined {
  return removalsIn(target).find((change) => change.sequence > sequence && isAtOrBelow(path, change.path));
}

const removalsIn: (target: Stage) => readonly FileChange[] = remembered(
  (target) => target.layers,
  (target) =>
    chainOf(target).flatMap(({ layers }) =>
      layers.flatMap(({ changes }) => changes.filter(({ kind }) => kind === 'removal')),
    ),
);

const isAtOrBelow = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

const deletesUnknown = ({ commands }: Step): boolean =>
  commands.some(({ name, arguments: words }) => /^(?:rm|mv|find|xargs)$/.test(name ?? '') && words.includes(undefined));
