/**
 * A file system as the list of changes that made it. A view (`Rootfs`) is the list up to a point, over
 * the view of the parent stage, so that every step keeps the file system it saw at no cost.
 */
import type { BuildContext } from '../../context/context.ts';
import type { Content, FileChange, FileStat, Rootfs } from '../build.ts';
import { endsOfAlike } from './alike-changes.ts';
import { type BaseFiles, isBelowNewDirectory, statInBase } from './base-files.ts';
import {
  additionsBelow,
  type ChangeLog,
  countUnder,
  createChangeLog,
  isHidden,
  isMade,
  isTouched,
  lastPossibleRemoval,
  lastRemoval,
  pathsUnder,
  removedBelow,
  tellingAt,
  tellingChanges,
  visibleAbove,
  visibleAt,
  visibleSince,
} from './change-log.ts';
import { entriesOf } from './entries.ts';
import { isLeftOut } from './left-out.ts';
import { isLockfileOrManifest } from './node-files.ts';
import { baseName, isTooDeep, join, matchesGlob, normalise, relativeTo } from './path.ts';

/** The file system after all changes with a sequence number below `end`. */
export function viewOf(log: ChangeLog, end: number): Rootfs {
  const linkAt = (path: string): string | undefined => {
    if (!log.knownLinks.has(path)) return undefined;
    if (!log.changesByPath.has(path)) return log.parent?.linkAt(path);
    const { content } = ownStat(log, end, path).change ?? {};
    return log.links.has(path) && content?.kind === 'link' ? content.to : undefined;
  };
  const throughLinks = (path: string): string => (log.knownLinks.size === 0 ? path : followed(path, linkAt));
  // What comes later does not change it; many rules ask for the same paths.
  const stats = new Map<string, FileStat>();
  let asked: { readonly path: string; readonly found: readonly FileChange[] } | undefined;
  const view: Rootfs = {
    linkAt,
    stat(path) {
      const known = stats.get(path);
      if (known !== undefined) return known;
      const found: FileStat = isTooDeep(path) ? { presence: 'unknown' } : stat(log, end, throughLinks(path));
      stats.set(path, found);
      return found;
    },
    under(path) {
      if (isTooDeep(path)) return [];
      if (asked?.path !== path) asked = { path, found: under(log, end, throughLinks(path)) };
      return asked.found;
    },
    trees: (path, since) => {
      if (isTooDeep(path)) return [];
      const real = throughLinks(path);
      const found = trees(log, end, real, since);
      return real === path
        ? found
        : found.map((change) => ({ ...change, path: path + change.path.slice(real.length) }));
    },
    extent: (path) => {
      const real = throughLinks(path);
      return countUnder(log, end, real) + (log.parent?.extent(real) ?? 0);
    },
    entries: (path) => entriesOf(viewOf(log, end), path, log.context),
  };
  sources.set(view, { log, end });
  return view;
}

interface Source {
  readonly log: ChangeLog;
  readonly end: number;
}

const sources = new WeakMap<Rootfs, Source>();

/** The number below which all changes are that a view knows; a stage that has made none knows those of its parent. */
function lastEnd(view: Rootfs | undefined): number {
  for (let at = view && sources.get(view); at !== undefined; at = at.log.parent && sources.get(at.log.parent))
    if (at.end > 0) return at.end;
  return 0;
}

/** The log of a stage, over the file system of the stage that it is based on. */
export const openLog = (parent: Rootfs | undefined, baseHolds: BaseFiles, context: BuildContext): ChangeLog =>
  createChangeLog(parent, parent && sources.get(parent)?.log, baseHolds, context);

/** Links that lead to links are followed this often. */
const mostLinks = 8;

/** A path with the links among the directories above it followed; a link at the path itself is kept. */
export function followed(path: string, linkAt: (path: string) => string | undefined): string {
  if (isTooDeep(path)) return path;
  let real = path;
  for (let count = 0; count < mostLinks; count += 1) {
    const next = throughFirstLink(real, linkAt);
    if (next === undefined) return real;
    real = next;
  }
  return real;
}

function throughFirstLink(path: string, linkAt: (path: string) => string | undefined): string | undefined {
  for (let slash = path.indexOf('/', 1); slash !== -1; slash = path.indexOf('/', slash + 1)) {
    const to = linkAt(path.slice(0, slash));
    if (to !== undefined) return normalise(to + path.slice(slash));
  }
  return undefined;
}

function stat(log: ChangeLog, end: number, path: string): FileStat {
  if (path === '/') return { presence: 'present', ...rootChange(log, end) };
  const own = ownStat(log, end, path);
  if (own.presence === 'present') return own;
  // A directory is there when something below it is, whoever made it.
  const below = additionsBelow(log, end, path, lastRemoval(log, end, path));
  if (below === 'absent' || (below === 'unknown' && own.presence === 'unknown')) return own;
  const stays = additionsBelow(log, end, path, lastPossibleRemoval(log, end, path));
  return below === 'present' && stays === 'present' ? { presence: 'present' } : { presence: 'unknown' };
}

/** The change that explains what is at the root, where one does. */
function rootChange(log: ChangeLog, end: number): { readonly change?: FileChange } {
  const { change } = ownStat(log, end, '/');
  return change === undefined ? {} : { change };
}

function ownStat(log: ChangeLog, end: number, path: string): FileStat {
  let possible: FileChange | undefined;
  let removedSometimes = false;
  for (const change of tellingChanges(log, end, path)) {
    if (change.kind === 'removal') {
      if (change.runs === 'always')
        return possible ? { presence: 'unknown', change: possible } : { presence: 'absent' };
      removedSometimes = true;
      continue;
    }
    const holds = contentHolds(change, path, log.context);
    if (holds === 'no') continue;
    const found = change.path === path ? change : within(change, path);
    if (change.eitherWay === true && change.path === path)
      return { presence: removedSometimes ? 'unknown' : 'present', change: found };
    const certain = holds === 'yes' && change.runs === 'always';
    if (certain && possible === undefined && !removedSometimes) return { presence: 'present', change: found };
    if (certain) return { presence: removedSometimes ? 'unknown' : 'present', change: found };
    possible ??= found;
  }
  const base = statOfBase(log, end, path);
  if (possible !== undefined)
    return { presence: base.presence === 'present' ? 'present' : 'unknown', change: possible };
  return removedSometimes && base.presence === 'present' ? { ...base, presence: 'unknown' } : base;
}

/** What was at a path before this log; what a directory holds that the Dockerfile makes itself, no base brings. */
function statOfBase(log: ChangeLog, end: number, path: string): FileStat {
  const base = log.parent?.stat(path) ?? statInBase(log.baseHolds, path);
  if (base.fromBase !== true) return base;
  return isBelowNewDirectory(path, (directory) => isMade(log, end, directory)) ? { presence: 'absent' } : base;
}

/** Whether what `change` put at its path holds `path`, which is at or below it. */
function contentHolds(change: FileChange, path: string, context: BuildContext): 'yes' | 'no' | 'unknown' {
  if (change.path === path) return 'yes';
  const { content } = change;
  const rest = relativeTo(change.path, path) ?? '';
  switch (content?.kind) {
    case 'context': {
      if (content.entry === 'file') return 'no';
      const inContext = join(content.path, rest);
      if (isLeftOut(content.without, inContext)) return 'no';
      const entry = context.stat(inContext);
      return entry === 'file' || entry === 'directory' ? 'yes' : entry === 'unknown' ? 'unknown' : 'no';
    }
    case 'context-glob':
      return rest.includes('/') || matchesGlob(baseName(content.pattern), rest) ? 'unknown' : 'no';
    case 'output':
      return content.makes === 'build-output' && isLockfileOrManifest(path) ? 'no' : 'unknown';
    case 'pruned-workspace':
    case 'dependencies':
    case 'image':
    case 'remote':
    case 'unknown':
    case 'secret':
      return 'unknown';
    default:
      return 'no';
  }
}

/** The part of a directory's change that concerns a path below it. */
function within(change: FileChange, path: string): FileChange {
  const { content } = change;
  if (content?.kind !== 'context') return change;
  const inside: Content = {
    ...content,
    path: join(content.path, relativeTo(change.path, path) ?? ''),
    entry: 'unknown',
  };
  return { ...change, path, content: inside };
}

/** What a stage has done comes behind all that those have done which it is based on. */
function under(log: ChangeLog, end: number, path: string): readonly FileChange[] {
  let found: FileChange[] = [];
  for (const each of logsTo(log, end)) {
    if (each.log.hides) found = found.filter((change) => !isHidden(each.log, each.end, change.path));
    if (!isTouched(each.log, path)) continue;
    const own = [...ownUnder(each.log, each.end, path)].sort((one, other) => one.sequence - other.sequence);
    for (const change of own) found.push(change);
  }
  return found;
}

/** The logs that make up a file system, that of the first stage first. */
function logsTo(log: ChangeLog, end: number): readonly Source[] {
  const found: Source[] = [];
  for (let at: Source | undefined = { log, end }; at !== undefined; at = at.log.parent && sources.get(at.log.parent))
    found.push(at);
  return found.reverse();
}

/** Changes of the parent stage that this one does not hide. */
const notHidden = (log: ChangeLog, end: number, changes: readonly FileChange[]): readonly FileChange[] =>
  log.hides ? changes.filter((change) => !isHidden(log, end, change.path)) : changes;

function* ownUnder(log: ChangeLog, end: number, path: string): Iterable<FileChange> {
  for (const at of pathsUnder(log, path)) yield* visibleAt(log, end, at);
}

function* tellingUnder(log: ChangeLog, end: number, path: string): Iterable<FileChange> {
  for (const at of pathsUnder(log, path)) yield* tellingAt(log, end, at);
}

/** The parts, cut to `path`, of directories above it that may hold it. */
function* holding(log: ChangeLog, since: number, end: number, path: string): Iterable<FileChange> {
  for (const change of visibleAbove(log, since, end, path))
    if (contentHolds(change, path, log.context) !== 'no') yield cut(change, path);
}

/** The part of a directory's change that reaches down to `path`; of what is known as a whole only, not what it is. */
function cut(change: FileChange, path: string): FileChange {
  const { content } = change;
  const partOf = change.partOf ?? change.path;
  if (content?.kind === 'context') return { ...within(change, path), partOf };
  return {
    ...change,
    path,
    partOf,
    content: content?.kind === 'dependencies' ? { kind: 'unknown' } : (content ?? { kind: 'unknown' }),
  };
}

function trees(log: ChangeLog, end: number, path: string, since?: Rootfs): readonly FileChange[] {
  const from = lastEnd(since);
  const inherited = notHidden(log, end, log.parent?.trees(path, since) ?? []);
  const found = new Map<number, FileChange>();
  for (const change of [...inherited, ...holding(log, from, end, path)]) found.set(change.sequence, change);
  for (const change of from > 0 ? visibleSince(log, from, end, path) : tellingUnder(log, end, path))
    found.set(change.sequence, change);
  const sorted = [...found.values()].sort((one, other) => one.sequence - other.sequence);
  const telling = sorted.length > many ? endsOfAlike(sorted, log.context) : sorted;
  return telling.map((change) => withoutRemoved(log, end, change));
}

/** Of more changes than this, those that tell what others tell before and after them are left out. */
const many = 64;

/** A directory of the context without what was taken away from it, whatever was put there since. */
function withoutRemoved(log: ChangeLog, end: number, change: FileChange): FileChange {
  const { content, sequence } = change;
  if (content?.kind !== 'context' || content.entry === 'file') return change;
  const removed = removedBelow(log, end, change.path, sequence);
  if (removed.length === 0) return change;
  const gone = removed.map((path) => join(content.path, relativeTo(change.path, path) ?? ''));
  return { ...change, content: { ...content, without: [...content.without, ...gone] } };
}
