/**
 * A file system as the list of changes that made it. A view (`Rootfs`) is the list up to a point, over
 * the view of the parent stage, so that every step keeps the file system it saw at no cost.
 */
import type { BuildContext } from '../../context/context.ts';
import type { Content, FileChange, FileStat, Presence, Rootfs } from '../build.ts';
import { type BaseFiles, isBelowNewDirectory, statInBase } from './base-files.ts';
import { entriesOf } from './entries.ts';
import { isLeftOut } from './left-out.ts';
import { isLockfileOrManifest } from './node-files.ts';
import { baseName, directoryName, join, matchesGlob, normalise, relativeTo } from './path.ts';

export interface ChangeLog {
  readonly changesByPath: Map<string, FileChange[]>;
  readonly childrenOf: Map<string, Set<string>>;
  /** Paths at which a symbolic link was made. */
  readonly links: Set<string>;
  readonly parent: Rootfs | undefined;
  /** What the base may hold that no change tells. */
  readonly baseHolds: BaseFiles;
  readonly context: BuildContext;
}

export function createChangeLog(parent: Rootfs | undefined, baseHolds: BaseFiles, context: BuildContext): ChangeLog {
  return { changesByPath: new Map(), childrenOf: new Map(), links: new Set(), parent, baseHolds, context };
}

export function record(log: ChangeLog, change: FileChange): void {
  if (change.content?.kind === 'link') log.links.add(change.path);
  const known = log.changesByPath.get(change.path);
  if (known !== undefined) {
    known.push(change);
    return;
  }
  log.changesByPath.set(change.path, [change]);
  for (let path = change.path; path !== '/'; path = directoryName(path)) {
    const parent = directoryName(path);
    const siblings = log.childrenOf.get(parent);
    if (siblings?.has(path)) return;
    if (siblings === undefined) log.childrenOf.set(parent, new Set([path]));
    else siblings.add(path);
  }
}

/** The file system after all changes with a sequence number below `end`. */
export function viewOf(log: ChangeLog, end: number): Rootfs {
  const linkAt = (path: string): string | undefined => {
    if (!log.changesByPath.has(path)) return log.parent?.linkAt(path);
    const { content } = ownStat(log, end, path).change ?? {};
    return log.links.has(path) && content?.kind === 'link' ? content.to : undefined;
  };
  // What comes later does not change it; many rules ask for the same paths.
  const stats = new Map<string, FileStat>();
  return {
    linkAt,
    stat(path) {
      const known = stats.get(path);
      if (known !== undefined) return known;
      const found = stat(log, end, throughLinks(path, linkAt));
      stats.set(path, found);
      return found;
    },
    under: (path) => under(log, end, throughLinks(path, linkAt)),
    trees: (path) => {
      const real = throughLinks(path, linkAt);
      const found = trees(log, end, real);
      return real === path
        ? found
        : found.map((change) => ({ ...change, path: path + change.path.slice(real.length) }));
    },
    entries: (path) => entriesOf(viewOf(log, end), path, log.context),
  };
}

/** Links that lead to links are followed this often. */
const mostLinks = 8;

/** A path with the links among the directories above it followed; a link at the path itself is kept. */
export function throughLinks(path: string, linkAt: (path: string) => string | undefined): string {
  let real = path;
  for (let followed = 0; followed < mostLinks; followed += 1) {
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

/** The position of the last of `changes` made before `end`. */
function lastBefore(changes: readonly FileChange[], end: number): number {
  let [low, high] = [0, changes.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((changes[middle]?.sequence ?? 0) < end) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Directories fill up; files and dependency trees are replaced. */
export function isMergeable(content: Content | undefined): boolean {
  switch (content?.kind) {
    case 'context':
      return content.entry !== 'file';
    case 'context-glob':
    case 'directory':
    case 'output':
    case 'pruned-workspace':
    case 'image':
    case 'unknown':
      return true;
    default:
      return false;
  }
}

/** Whether nothing that was at `path` before this change can still be seen there. */
const hides = (change: FileChange, path: string): boolean =>
  change.runs === 'always' && (change.kind === 'removal' || (change.path === path && !isMergeable(change.content)));

/** Changes of this log at `path` and at the directories above it, newest first, up to the one that hides the rest. */
function relevant(log: ChangeLog, end: number, path: string): FileChange[] {
  const found: FileChange[] = [];
  for (let at = path; ; at = directoryName(at)) {
    const changes = log.changesByPath.get(at);
    for (let index = changes === undefined ? -1 : lastBefore(changes, end); index >= 0; index -= 1) {
      const change = changes?.[index];
      if (change === undefined) break;
      found.push(change);
      if (hides(change, path)) break;
    }
    if (at === '/') break;
  }
  return found.length < 2 ? found : found.sort((one, other) => other.sequence - one.sequence);
}

function stat(log: ChangeLog, end: number, path: string): FileStat {
  if (path === '/') return { presence: 'present', ...rootChange(log, end) };
  const own = ownStat(log, end, path);
  if (own.presence === 'present') return own;
  // A directory is there when something below it is, whoever made it.
  const below = presenceBelow(log, end, path);
  if (below === 'absent' || (below === 'unknown' && own.presence === 'unknown')) return own;
  return below === 'present' ? { presence: 'present' } : { presence: 'unknown' };
}

/** The change that explains what is at the root, where one does. */
function rootChange(log: ChangeLog, end: number): { readonly change?: FileChange } {
  const { change } = ownStat(log, end, '/');
  return change === undefined ? {} : { change };
}

/** Whether a directory stands at a path because something was put below it, and has since not been taken away with it. */
function presenceBelow(log: ChangeLog, end: number, path: string): Presence {
  const removed = relevant(log, end, path).find((change) => change.kind === 'removal' && change.runs === 'always');
  let best: Presence = 'absent';
  for (const at of pathsUnder(log, path)) {
    if (at === path) continue;
    for (const { kind, sequence, runs, eitherWay } of log.changesByPath.get(at) ?? []) {
      if (kind === 'removal' || sequence >= end || sequence < (removed?.sequence ?? 0)) continue;
      if (runs === 'always' || eitherWay === true) return 'present';
      best = 'unknown';
    }
  }
  return best;
}

function ownStat(log: ChangeLog, end: number, path: string): FileStat {
  let possible: FileChange | undefined;
  let removedSometimes = false;
  for (const change of relevant(log, end, path)) {
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
  const isMade = (directory: string): boolean =>
    (log.changesByPath.get(directory) ?? []).some(
      ({ content, source, runs, sequence }) =>
        content?.kind === 'directory' && source === undefined && runs === 'always' && sequence < end,
    );
  return isBelowNewDirectory(path, isMade) ? { presence: 'absent' } : base;
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

/** Paths below `path` in this log, itself included, parents before children. */
function* pathsUnder(log: ChangeLog, path: string): Iterable<string> {
  const pending = [path];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    yield at;
    for (const child of log.childrenOf.get(at) ?? []) pending.push(child);
  }
}

function under(log: ChangeLog, end: number, path: string): readonly FileChange[] {
  const found = [...notHidden(log, end, log.parent?.under(path) ?? []), ...ownUnder(log, end, path)];
  return found.sort((one, other) => one.sequence - other.sequence);
}

/** Changes of the parent stage that this one does not hide. */
const notHidden = (log: ChangeLog, end: number, changes: readonly FileChange[]): readonly FileChange[] =>
  changes.filter((change) => !relevant(log, end, change.path).some((own) => hides(own, change.path)));

function* ownUnder(log: ChangeLog, end: number, path: string): Iterable<FileChange> {
  for (const at of pathsUnder(log, path))
    for (const change of relevant(log, end, at)) {
      if (change.path === at && change.kind === 'addition') yield change;
      if (change.runs === 'always' && change.kind === 'removal') break;
    }
}

/** The parts, cut to `path`, of directories above it that may hold it, newest first. */
function* holding(log: ChangeLog, end: number, path: string): Iterable<FileChange> {
  for (const change of relevant(log, end, path)) {
    if (change.kind === 'removal') {
      if (change.runs === 'always') return;
      continue;
    }
    if (change.path === path) {
      if (hides(change, path)) return;
    } else if (contentHolds(change, path, log.context) !== 'no') yield cut(change, path);
  }
}

/** The part of a directory's change that reaches down to `path`; of what is known as a whole only, not what it is. */
function cut(change: FileChange, path: string): FileChange {
  const { content } = change;
  if (content?.kind === 'context') return within(change, path);
  return {
    ...change,
    path,
    content: content?.kind === 'dependencies' ? { kind: 'unknown' } : (content ?? { kind: 'unknown' }),
  };
}

function trees(log: ChangeLog, end: number, path: string): readonly FileChange[] {
  const inherited = notHidden(log, end, log.parent?.trees(path) ?? []);
  const found = new Map<number, FileChange>();
  for (const change of [...inherited, ...holding(log, end, path), ...ownUnder(log, end, path)])
    found.set(change.sequence, withoutRemoved(change, [...removedAfter(log, end, change)]));
  return [...found.values()].sort((one, other) => one.sequence - other.sequence);
}

/** A directory of the context without what was removed from it. */
function withoutRemoved(change: FileChange, removed: readonly string[]): FileChange {
  const { content } = change;
  if (content?.kind !== 'context' || content.entry === 'file' || removed.length === 0) return change;
  const gone = removed.map((path) => join(content.path, relativeTo(change.path, path) ?? ''));
  return { ...change, content: { ...content, without: [...content.without, ...gone] } };
}

/** Paths below a change that were taken away after it, whatever was put there since. */
function* removedAfter(log: ChangeLog, end: number, { path, sequence }: FileChange): Iterable<string> {
  for (const at of pathsUnder(log, path))
    for (const change of log.changesByPath.get(at) ?? [])
      if (change.kind === 'removal' && change.runs === 'always' && change.sequence > sequence && change.sequence < end)
        yield at;
}
