/** COPY and ADD: what lands where, and where it comes from. */

import type { BuildContext } from '../../context/context.ts';
import { namesLikeFile } from '../../knowledge/index.ts';
import type { CopyInstruction, Located, Word } from '../../syntax/index.ts';
import type { Content, FileChange, Rootfs, Step } from '../build.ts';
import { evaluate, type Lookup, renderText } from '../state/environment.ts';
import type { Recorder, Surroundings } from '../state/surroundings.ts';
import { baseReaches } from './base-files.ts';
import {
  credentialInContext,
  credentialInText,
  credentialsInDirectory,
  packageManagerConfigNames,
} from './credential.ts';
import { isListed } from './entries.ts';
import { isLeftOut } from './left-out.ts';
import {
  baseName,
  directoryName,
  isGlob,
  join,
  matchesGlob,
  normalise,
  relativeTo,
  resolve,
  splitGlob,
} from './path.ts';
import { isMergeable } from './rootfs.ts';

/** One COPY or ADD with its words evaluated. */
interface Transfer {
  readonly instruction: CopyInstruction;
  readonly step: Step;
  /** Absolute; undefined when not known. */
  readonly destination: string;
  /** The destination is written as a directory, or there are several sources. */
  readonly intoDirectory: boolean;
  /** The file system as the sources before have left it. */
  readonly rootfs: () => Rootfs;
  readonly excludes: readonly string[];
  readonly put: Recorder;
  readonly around: Surroundings;
}

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

/**
 * Whether a file lands below the destination instead of replacing it, `matches` being what its source takes.
 * Several matches of a glob do so only where a directory stands (one by one they would replace each other);
 * where that is not known they are taken to be meant for one.
 */
function goesBelow(transfer: Transfer, matches = 1): boolean {
  if (transfer.intoDirectory) return true;
  const rootfs = transfer.rootfs();
  return (
    isDirectoryAt(rootfs, transfer.destination, transfer.around.context) ||
    (matches > 1 && rootfs.stat(transfer.destination).presence === 'unknown')
  );
}

/** Whether a directory certainly stands at a path. */
function isDirectoryAt(rootfs: Rootfs, path: string, context: BuildContext): boolean {
  const { presence, change } = rootfs.stat(path);
  if (presence !== 'present') return false;
  if (change === undefined || path === '/') return true;
  const { content } = change;
  if (content?.kind === 'context' && content.entry === 'unknown') return context.stat(content.path) === 'directory';
  return change.path === path && isDirectory(content);
}

const isDirectory = (content: Content | undefined): boolean =>
  content?.kind === 'dependencies' ||
  (isMergeable(content) && !(content?.kind === 'context' && content.entry === 'unknown'));

function addFile(
  transfer: Transfer,
  at: Located,
  path: string,
  content: Content,
  more: { credential?: FileChange['credential']; source?: FileChange; runs?: FileChange['runs'] } = {},
): void {
  transfer.put({
    kind: 'addition',
    path,
    span: at.span,
    content,
    runs: more.runs ?? 'always',
    ...(more.credential === undefined ? {} : { credential: more.credential }),
    ...(more.source === undefined ? {} : { source: more.source }),
  });
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
    placeAs(transfer, source, baseName(text.replace(/[?#].*$/, '')), { kind: 'remote', url: text });
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
  const keys =
    entry !== 'directory' && /\/\.ssh$/.test(target) ? credentialInContext(path, context, target) : undefined;
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

function fromRootfs(transfer: Transfer, source: Word, path: string, rootfs: Rootfs): void {
  if (!isGlob(path)) {
    takeFromRootfs(transfer, source, path, rootfs);
    return;
  }
  const { directory, pattern } = splitGlob(path);
  const link = rootfs.linkAt(directory);
  if (link !== undefined && link !== directory) {
    fromRootfs(transfer, source, join(link, pattern), rootfs);
    return;
  }
  if (baseReaches(rootfs, directory)) addFile(transfer, source, transfer.destination, { kind: 'unknown' });
  const depth = path.split('/').length;
  const matches = new Set<string>();
  for (const entry of rootfs.entries(directory)) {
    const parts = entry.path.split('/').slice(0, depth);
    if (parts.length === depth && matchesGlob(path, parts.join('/'))) matches.add(parts.join('/'));
  }
  for (const match of [...matches].sort()) takeFromRootfs(transfer, source, match, rootfs, matches.size);
  for (const tree of rootfs.trees(directory))
    if (
      tree.path === directory &&
      canHoldMore(tree.content) &&
      !isListed(tree.content, transfer.around.context) &&
      !(tree.content?.kind === 'output' && tree.content.makes === 'build-output' && takesManifests(pattern))
    )
      addFile(transfer, source, transfer.destination, globbed(tree.content, pattern), { source: tree });
}

const canHoldMore = (content: Content | undefined): boolean => isMergeable(content) && content?.kind !== 'directory';

/** A glob that is written for package.json and lockfiles, which no build makes. */
const takesManifests = (pattern: string): boolean => matchesGlob(pattern, 'package.json');

/** The part of a directory's content that a glob takes. */
function globbed(content: Content | undefined, pattern: string): Content {
  if (content?.kind === 'context') return { kind: 'context-glob', pattern: join(content.path, pattern) };
  return content ?? { kind: 'unknown' };
}

/** Copies a file, or what a directory holds, out of another file system. */
function takeFromRootfs(transfer: Transfer, source: Word, path: string, rootfs: Rootfs, matches = 1): void {
  const link = rootfs.linkAt(path);
  if (link !== undefined && link !== path) {
    // BuildKit follows a link that is itself the source.
    takeLinked(transfer, source, path, link, rootfs, matches);
    return;
  }
  const all = rootfs.trees(path);
  const changes = all.flatMap((change) => withoutExcluded(transfer, change, path));
  const isFile = all.length === 0 ? namesLikeFile(path) : all.every((change) => holdsFile(change, path, transfer));
  const target =
    isFile && goesBelow(transfer, matches) ? join(transfer.destination, baseName(path)) : transfer.destination;
  if (all.length > 0 && !isFile && baseReaches(rootfs, path)) addFile(transfer, source, target, { kind: 'unknown' });
  for (const change of changes)
    addFile(
      transfer,
      source,
      join(target, relativeTo(path, change.path) ?? ''),
      change.content ?? { kind: 'unknown' },
      {
        credential: change.credential,
        source: change,
        runs: change.runs,
      },
    );
  if (all.length === 0) addFile(transfer, source, target, { kind: 'unknown' });
}

/** A part of a tree at `path`, less what --exclude keeps out; none when it is kept out itself. */
function withoutExcluded(transfer: Transfer, change: FileChange, path: string): readonly FileChange[] {
  const { excludes } = transfer;
  const inside = relativeTo(path, change.path) ?? '';
  const seen = transfer.instruction.parents ? join(path.slice(1), inside) : inside;
  if (excludes.length === 0) return [change];
  if (inside !== '' && isLeftOut(excludes, seen)) return [];
  const { content } = change;
  if (content?.kind !== 'context' || content.entry === 'file') return [change];
  const more = excludes.flatMap((exclude) => {
    if (exclude.startsWith('**/')) return [join(content.path, exclude)];
    const below = relativeTo(seen, exclude);
    return below === undefined || below === '' ? [] : [join(content.path, below)];
  });
  return [{ ...change, content: { ...content, without: [...content.without, ...more] } }];
}

function takeLinked(
  transfer: Transfer,
  source: Word,
  path: string,
  link: string,
  rootfs: Rootfs,
  matches: number,
): void {
  const changes = rootfs.trees(link).map((change) => ({ ...change, path: path + change.path.slice(link.length) }));
  const followed: Rootfs = { ...rootfs, linkAt: () => undefined, trees: () => changes };
  takeFromRootfs(transfer, source, path, followed, matches);
}

/** Whether a change of the tree at `path` makes it a file: by its content, else by its name. */
function holdsFile({ path: at, content }: FileChange, path: string, { around: { context } }: Transfer): boolean {
  if (at !== path) return false;
  switch (content?.kind) {
    case 'text':
      return true;
    case 'directory':
    case 'dependencies':
    case 'pruned-workspace':
      return false;
    case 'context': {
      const entry = content.entry === 'unknown' ? context.stat(content.path) : content.entry;
      return entry === 'file' || (entry !== 'directory' && namesLikeFile(path));
    }
    default:
      return namesLikeFile(path);
  }
}
