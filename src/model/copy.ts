/** COPY and ADD: what lands where, and where it comes from. */

import { namesLikeFile } from '../knowledge/index.ts';
import type { CopyInstruction, Located, Word } from '../syntax/index.ts';
import type { Content, FileChange, Rootfs, Step } from './build.ts';
import { credentialInContext, credentialInText, packageManagerConfigNames } from './credential.ts';
import { evaluate, type Lookup, renderText } from './environment.ts';
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
import type { Recorder, Surroundings } from './surroundings.ts';

/** One COPY or ADD with its words evaluated. */
interface Transfer {
  readonly instruction: CopyInstruction;
  readonly step: Step;
  /** Absolute; undefined when not known. */
  readonly destination: string;
  /** Sources land below the destination instead of replacing it. */
  readonly intoDirectory: boolean;
  readonly excludes: readonly string[];
  readonly put: Recorder;
  readonly around: Surroundings;
}

export function copyFiles(instruction: CopyInstruction, step: Step, put: Recorder, around: Surroundings): void {
  const destination = destinationOf(instruction, step, around.lookup, around.escape);
  if (destination === undefined) return;
  const several = instruction.sources.length + instruction.heredocs.length > 1;
  const transfer: Transfer = {
    instruction,
    step,
    destination: destination.path,
    intoDirectory: several || destination.directory,
    excludes: instruction.exclude.map((word) => evaluate(word, around.lookup, around.escape) ?? ''),
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
    const path = transfer.intoDirectory ? join(transfer.destination, heredoc.name) : transfer.destination;
    addFile(transfer, heredoc, path, { kind: 'text', text }, { credential: credentialInText(path, text, secrets) });
  }
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
  const known = step.before.rootfs.stat(path).change;
  const directory =
    /(^|\/)\.{0,2}$/.test(text) ||
    path === workdir ||
    path === '/' ||
    (known?.path === path && isDirectory(known.content));
  return { path, directory };
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
  const path = transfer.intoDirectory ? join(transfer.destination, name) : transfer.destination;
  addFile(transfer, source, path, content);
}

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
    for (const each of matched) takeFromContext(transfer, source, each, false, matched.length > 1);
    return;
  }
  if (matched !== undefined) return;
  addFile(transfer, source, transfer.destination, { kind: 'context-glob', pattern: path });
  if (!baseName(path).startsWith('.')) return;
  for (const name of packageManagerConfigNames)
    if (matchesGlob(baseName(path), name))
      addContextFile(transfer, source, join(directoryName(path), name), join(transfer.destination, name), 'sometimes');
}

function takeFromContext(transfer: Transfer, source: Word, path: string, slash: boolean, several = false): void {
  const { context } = transfer.around;
  if (transfer.excludes.some((exclude) => matchesGlob(exclude, path) || exclude === path)) return;
  const entry = path === '' ? 'directory' : context.stat(path);
  const directory = entry === 'directory' || (entry !== 'file' && (slash || !namesLikeFile(path)));
  const parent = transfer.instruction.parents ? join(transfer.destination, directoryName(path)) : transfer.destination;
  if (!directory) {
    const below = transfer.intoDirectory || several || transfer.instruction.parents;
    addContextFile(transfer, source, path, below ? join(parent, baseName(path)) : parent, 'always');
    return;
  }
  const target = transfer.instruction.parents ? join(transfer.destination, path) : transfer.destination;
  const content: Content = {
    kind: 'context',
    path,
    entry: entry === 'directory' ? 'directory' : 'unknown',
    without: excluded(transfer, path),
  };
  addFile(transfer, source, target, content);
  for (const name of packageManagerConfigNames) {
    const inside = join(path, name);
    if (context.stat(inside) === 'file' && !isLeftOut(content.without, inside))
      addContextFile(transfer, source, inside, join(target, name), 'always');
  }
}

/** What --exclude keeps out of the directory `path`, as globs over the context. */
const excluded = (transfer: Transfer, path: string): readonly string[] =>
  transfer.excludes.map((exclude) => join(path, normalise(exclude).replace(/^\//, '')));

function addContextFile(transfer: Transfer, source: Word, path: string, to: string, runs: FileChange['runs']): void {
  const { context } = transfer.around;
  const credential = context.stat(path) === 'ignored' ? undefined : credentialInContext(path, context);
  addFile(transfer, source, to, { kind: 'context', path, entry: 'file', without: [] }, { credential, runs });
}

function fromRootfs(transfer: Transfer, source: Word, path: string, rootfs: Rootfs): void {
  if (!isGlob(path)) {
    takeFromRootfs(transfer, source, path, rootfs);
    return;
  }
  const { directory, pattern } = splitGlob(path);
  const first = pattern.split('/', 1)[0] ?? pattern;
  const names = new Set<string>();
  for (const change of rootfs.under(directory)) {
    const name = (relativeTo(directory, change.path) ?? '').split('/', 1)[0] ?? '';
    if (name !== '' && matchesGlob(first, name)) names.add(name);
  }
  for (const name of names) takeFromRootfs(transfer, source, join(directory, name), rootfs, true);
  const covering = rootfs.stat(join(directory, '\0')).change;
  const trees = new Set(rootfs.under(directory).filter((change) => change.path === directory));
  if (covering !== undefined) trees.add(covering);
  for (const tree of trees)
    if (canHoldMore(tree.content))
      addFile(transfer, source, transfer.destination, globbed(tree.content, pattern), { source: tree });
}

const canHoldMore = (content: Content | undefined): boolean => isMergeable(content) && content?.kind !== 'directory';

/** The part of a directory's content that a glob takes. */
function globbed(content: Content | undefined, pattern: string): Content {
  if (content?.kind === 'context') return { kind: 'context-glob', pattern: join(content.path, pattern) };
  return content ?? { kind: 'unknown' };
}

/** Copies a file, or what a directory holds, out of another file system. */
function takeFromRootfs(transfer: Transfer, source: Word, path: string, rootfs: Rootfs, byGlob = false): void {
  const { change: found } = rootfs.stat(path);
  const inside = rootfs.under(path);
  if (found !== undefined && inside.length === 0 && found.path !== path) {
    const file = namesLikeFile(path);
    const target =
      file && (transfer.intoDirectory || byGlob) ? join(transfer.destination, baseName(path)) : transfer.destination;
    addFile(transfer, source, target, partOf(found.content), { source: found });
    return;
  }
  const whole = inside.find((change) => change.path === path) ?? (found === undefined ? undefined : { ...found, path });
  const directory =
    whole === undefined || isDirectory(whole.content) || inside.length > 1 || !isFile(whole.content, path);
  const target =
    !directory && (transfer.intoDirectory || byGlob)
      ? join(transfer.destination, baseName(path))
      : transfer.destination;
  const changes = whole === undefined || inside.includes(whole) ? inside : [whole, ...inside];
  for (const change of changes) {
    const rest = relativeTo(path, change.path) ?? '';
    addFile(transfer, source, join(target, rest), withoutRemoved(change, rootfs), {
      credential: change.credential,
      source: change,
      runs: change.runs,
    });
  }
  if (changes.length === 0) addFile(transfer, source, target, { kind: 'unknown' });
}

/** A part of a directory that is known as a whole only: a package of a dependency tree is no tree. */
const partOf = (content: Content | undefined): Content =>
  content === undefined || content.kind === 'dependencies' ? { kind: 'unknown' } : content;

const isFile = (content: Content | undefined, path: string): boolean =>
  content?.kind === 'text' || (content?.kind === 'context' && content.entry === 'file') || namesLikeFile(path);

/** A context directory keeps what was removed from it out of the copy, too. */
function withoutRemoved(change: FileChange, rootfs: Rootfs): Content {
  const { content } = change;
  if (content?.kind !== 'context' || content.entry === 'file') return content ?? { kind: 'unknown' };
  const gone = rootfs.removedUnder(change.path).map((path) => join(content.path, relativeTo(change.path, path) ?? ''));
  return gone.length === 0 ? content : { ...content, without: [...content.without, ...gone] };
}
