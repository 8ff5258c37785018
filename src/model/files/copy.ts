/** COPY and ADD: what lands where, and where it comes from. */

import { credentialFile, namesLikeFile } from '../../knowledge/index.ts';
import type { CopyInstruction, Word } from '../../syntax/index.ts';
import type { Content, FileChange, Rootfs, Step } from '../build.ts';
import { evaluate, type Lookup, renderText } from '../state/environment.ts';
import type { Recorder, Surroundings } from '../state/surroundings.ts';
import { fromRootfs } from './copy-from-stage.ts';
import { addFile, goesBelow, isDirectoryAt, type Transfer } from './copy-target.ts';
import {
  credentialInContext,
  credentialInText,
  credentialsInDirectory,
  packageManagerConfigNames,
} from './credential.ts';
import { isLeftOut } from './left-out.ts';
import { baseName, directoryName, isGlob, join, matchesGlob, normalise, relativeTo, resolve } from './path.ts';

export function copyFiles(
  instruction: CopyInstruction,
  step: Step,
  put: Recorder,
  rootfs: () => Rootfs,
  around: Surroundings,
): void {
  const destination = destinationOf(instruction, step, around.lookup, around.escape);
  if (destination === undefined) return;
  const several = instruction.sources.length + instruction.heredocs.length > 1;
  const transfer: Transfer = {
    instruction,
    step,
    destination: throughLink(destination.path, rootfs(), around),
    intoDirectory: several || destination.directory,
    rootfs,
    excludes: instruction.exclude.map((word) =>
      normalise(`/${evaluate(word, around.lookup, around.escape) ?? ''}`).slice(1),
    ),
    put,
    around,
  };
  const from = instruction.from === undefined ? undefined : around.copySource(instruction.from);
  for (const source of instruction.sources) {
    const text = evaluate(source, around.lookup, around.escape);
    if (text === undefined) unknownSource(transfer, source);
    else if (from === undefined) fromContext(transfer, source, text);
    else if (from.kind === 'stage') fromRootfs(transfer, source, resolve('/', text), from.stage.result.rootfs);
    else
      placeAs(transfer, source, baseName(normalise(text)), {
        kind: 'image',
        image: from.kind === 'scratch' ? 'scratch' : from.text,
      });
  }
  for (const heredoc of instruction.heredocs) {
    const text = heredoc.expand ? renderText(heredoc.body.text, around.lookup, around.escape) : heredoc.body.text;
    const secrets = heredoc.expand ? around.secretsInText(heredoc.body.text) : [];
    const path = goesBelow(transfer) ? join(transfer.destination, heredoc.name) : transfer.destination;
    addFile(transfer, heredoc, path, { kind: 'text', text }, { credential: credentialInText(path, text, secrets) });
  }
}

/** A link that leads to a directory is followed; another one is replaced. */
function throughLink(path: string, rootfs: Rootfs, { context }: Surroundings): string {
  const link = rootfs.linkAt(path);
  return link !== undefined && isDirectoryAt(rootfs, link, context) ? link : path;
}

function destinationOf(
  instruction: CopyInstruction,
  step: Step,
  lookup: Lookup,
  escape: '\\' | '`',
): { path: string; directory: boolean } | undefined {
  const text = evaluate(instruction.destination, lookup, escape);
  if (text === undefined) return undefined;
  const workdir = step.before.workdir;
  if (workdir === undefined && !text.startsWith('/')) return undefined;
  const path = resolve(workdir ?? '/', text);
  return {
    path,
    directory: /(^|\/)\.{0,2}$/.test(text) || path === workdir,
  };
}

/** A source whose path is not known: anything may land at the destination. */
function unknownSource(transfer: Transfer, source: Word): void {
  addFile(transfer, source, transfer.destination, { kind: 'unknown' });
}

function placeAs(transfer: Transfer, source: Word, name: string, content: Content): void {
  const path = goesBelow(transfer) ? join(transfer.destination, name) : transfer.destination;
  addFile(transfer, source, path, content);
}

/** By its name; BuildKit looks at the content. */
const isArchive = (path: string): boolean => /\.(?:tar|tgz|tbz2?|txz|tzst|tar\.(?:gz|bz2|xz|zst|lzma))$/i.test(path);

const isRemote = (text: string): boolean => /^(https?|git|ssh|ftp):\/\/|^git@/.test(text);

function fromContext(transfer: Transfer, source: Word, text: string): void {
  if (transfer.instruction.keyword === 'ADD' && isRemote(text)) {
    placeAs(transfer, source, baseName(text.replace(/[?#].*/s, '')), { kind: 'remote', url: text });
    return;
  }
  const { context } = transfer.around;
  const path = normalise(text).replace(/^\//, '');
  if (!isGlob(path)) {
    takeFromContext(transfer, source, path, text.endsWith('/'));
    return;
  }
  const matched = context.match(path);
  if (matched !== undefined && matched.length > 0) {
    for (const each of matched) takeFromContext(transfer, source, each, false, matched.length);
    return;
  }
  if (matched !== undefined) return;
  addFile(transfer, source, transfer.destination, { kind: 'context-glob', pattern: path });
  if (!baseName(path).startsWith('.')) return;
  for (const name of packageManagerConfigNames)
    if (matchesGlob(baseName(path), name))
      addContextFile(transfer, source, join(directoryName(path), name), join(transfer.destination, name), 'sometimes');
}

function takeFromContext(transfer: Transfer, source: Word, path: string, slash: boolean, matches = 1): void {
  const { context } = transfer.around;
  if (transfer.instruction.parents && isLeftOut(transfer.excludes, path)) return;
  const entry = path === '' ? 'directory' : context.stat(path);
  const directory = entry === 'directory' || (entry !== 'file' && (slash || !namesLikeFile(path)));
  const kept = transfer.instruction.parents ? afterPivot(source.text ?? path, path) : '';
  const parent = transfer.instruction.parents ? join(transfer.destination, directoryName(kept)) : transfer.destination;
  if (!directory && transfer.instruction.keyword === 'ADD' && isArchive(path)) {
    // Unpacked: what it holds is not known.
    addFile(transfer, source, parent, { kind: 'output', makes: 'anything' });
    return;
  }
  if (!directory) {
    const below = transfer.instruction.parents || goesBelow(transfer, matches);
    addContextFile(transfer, source, path, below ? join(parent, baseName(path)) : parent, 'always');
    return;
  }
  const target = transfer.instruction.parents ? join(transfer.destination, kept) : transfer.destination;
  const content: Content = {
    kind: 'context',
    path,
    entry: entry === 'directory' ? 'directory' : 'unknown',
    without: excluded(transfer, path),
  };
  // What it is put in place of tells that it is no directory, or one of keys.
  const keys =
    entry !== 'directory' && credentialFile(target) !== undefined
      ? credentialInContext(path, context, target)
      : undefined;
  addFile(transfer, source, target, content, { credential: keys });
  for (const inside of credentialsInDirectory(path, context))
    if (!isLeftOut(content.without, inside))
      addContextFile(transfer, source, inside, join(target, relativeTo(path, inside) ?? ''), 'always');
}

/** The part of a source that `--parents` keeps: all of it, or what follows `/./`. */
function afterPivot(written: string, path: string): string {
  const pivot = written.indexOf('/./');
  const before = pivot === -1 ? '' : normalise(written.slice(0, pivot)).replace(/^\//, '');
  return before === '' ? path : (relativeTo(before, path) ?? path);
}

/**
 * What --exclude keeps out of the directory `path`, as globs over the context. Its patterns are relative to each
 * source that is a directory, with --parents to the root; a source that is a file is taken all the same (measured).
 */
const excluded = (transfer: Transfer, path: string): readonly string[] =>
  transfer.instruction.parents ? transfer.excludes : transfer.excludes.map((exclude) => join(path, exclude));

function addContextFile(transfer: Transfer, source: Word, path: string, to: string, runs: FileChange['runs']): void {
  const { context } = transfer.around;
  const credential = context.stat(path) === 'ignored' ? undefined : credentialInContext(path, context, to);
  addFile(transfer, source, to, { kind: 'context', path, entry: 'file', without: [] }, { credential, runs });
}
