/**
 * The changes of one stage in the order they are made, indexed by path, so that a question about one path costs
 * the same however many changes there are.
 */
import type { BuildContext } from '../../context/context.ts';
import type { Content, FileChange, Rootfs } from '../build.ts';
import { byKind, type Kinds, kindAt, kindBelow, noKinds, repeatableKind } from './alike-changes.ts';
import type { BaseFiles } from './base-files.ts';
import { additionsIn, countBefore, itself, lastBefore, sequenceOf } from './ordered-changes.ts';
import { directoryName } from './path.ts';

export interface ChangeLog {
  readonly all: FileChange[];
  readonly changesByPath: Map<string, PathChanges>;
  readonly directories: Map<string, DirectoryChanges>;
  /** Whether a change may take away, or cover, what stood there before. */
  hides: boolean;
  /** Paths at which a symbolic link was made. */
  readonly links: Set<string>;
  /** Those paths in this stage, the stages it is based on and others that are based on them. */
  readonly knownLinks: Set<string>;
  readonly parent: Rootfs | undefined;
  /** What the base may hold that no change tells. */
  readonly baseHolds: BaseFiles;
  readonly context: BuildContext;
}

/** What was done at one path; all lists in the order of the sequence. */
interface PathChanges {
  readonly all: FileChange[];
  /** Those that certainly take everything away that was there. */
  readonly removals: FileChange[];
  /** Those that may take everything away, or may not be made. */
  possibleRemovals: FileChange[] | undefined;
  /** Those after which nothing that was at the path before can be seen there: removals, too. */
  readonly hiding: FileChange[];
  /** The sequence number of the first that certainly makes an empty directory. */
  madeAt: number;
  /** Made when somebody asks for a path with many changes. */
  summary: Summary | undefined;
}

/** What many changes at one path tell together; filled as far as somebody has asked. */
interface Summary {
  readonly alikeAt: Kinds;
  readonly alikeBelow: Kinds;
  /** Additions of which later ones may tell as much, and the other changes of the first `seen`. */
  readonly repeatable: Kinds;
  readonly telling: FileChange[];
  seen: number;
}

interface DirectoryChanges {
  readonly children: Set<string>;
  /** Sequence numbers of the additions below it: those that are certain, and the others. */
  readonly certain: number[];
  readonly possible: number[];
  /** Paths below it at which something was certainly taken away. */
  removed: Set<string> | undefined;
}

/** `above`: the log of the stage that the new one is based on. */
export function createChangeLog(
  parent: Rootfs | undefined,
  above: ChangeLog | undefined,
  baseHolds: BaseFiles,
  context: BuildContext,
): ChangeLog {
  const knownLinks = above?.knownLinks ?? new Set();
  return {
    all: [],
    changesByPath: new Map(),
    directories: new Map(),
    hides: false,
    links: new Set(),
    knownLinks,
    parent,
    baseHolds,
    context,
  };
}

/** Changes come in the order of their sequence numbers. */
export function record(log: ChangeLog, change: FileChange): void {
  log.all.push(change);
  if (change.content?.kind === 'link') {
    log.links.add(change.path);
    log.knownLinks.add(change.path);
  }
  const known = log.changesByPath.get(change.path);
  const changes = known ?? noChanges();
  if (known === undefined) log.changesByPath.set(change.path, changes);
  changes.all.push(change);
  if (isRemoval(change)) changes.removals.push(change);
  else if (change.kind === 'removal') {
    changes.possibleRemovals ??= [];
    changes.possibleRemovals.push(change);
  }
  if (isHiding(change)) {
    changes.hiding.push(change);
    log.hides = true;
  }
  if (isNewDirectory(change)) changes.madeAt = Math.min(changes.madeAt, change.sequence);
  for (let path = change.path; path.length > 1; ) {
    const directory = directoryName(path);
    noteBelow(log, directory, path, change);
    path = directory;
  }
}

const noChanges = (): PathChanges => ({
  all: [],
  removals: [],
  possibleRemovals: undefined,
  hiding: [],
  madeAt: Number.POSITIVE_INFINITY,
  summary: undefined,
});

function summaryOf(changes: PathChanges): Summary {
  changes.summary ??= { alikeAt: noKinds(), alikeBelow: noKinds(), repeatable: noKinds(), telling: [], seen: 0 };
  return changes.summary;
}

function noteBelow(log: ChangeLog, directory: string, child: string, change: FileChange): void {
  const known = log.directories.get(directory);
  const changes = known ?? { children: new Set(), certain: [], possible: [], removed: undefined };
  if (known === undefined) log.directories.set(directory, changes);
  changes.children.add(child);
  if (isRemoval(change)) {
    changes.removed ??= new Set();
    changes.removed.add(change.path);
  }
  if (change.kind === 'removal') return;
  const isCertain = change.runs === 'always' || change.eitherWay === true;
  changes[isCertain ? 'certain' : 'possible'].push(change.sequence);
}

const isRemoval = ({ kind, runs }: FileChange): boolean => kind === 'removal' && runs === 'always';

/** Whether nothing that was at its path before this change can still be seen there. */
const isHiding = (change: FileChange): boolean =>
  isRemoval(change) || (change.runs === 'always' && change.kind === 'addition' && !isMergeable(change.content));

const isNewDirectory = ({ content, source, runs }: FileChange): boolean =>
  content?.kind === 'directory' && source === undefined && runs === 'always';

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

/** The directory above a path; none above the root. */
const above = (path: string): string | undefined =>
  path === '/' ? undefined : path.length > 1 ? directoryName(path) : '/';

/** The sequence number of the last change that took away what was at a path, or a directory above it; -1 where none did. */
export const lastRemoval = (log: ChangeLog, end: number, path: string): number => lastAbove(log, end, path, 'removals');

/** The same of changes that may have done so. */
export const lastPossibleRemoval = (log: ChangeLog, end: number, path: string): number =>
  lastAbove(log, end, path, 'possibleRemovals');

function lastAbove(log: ChangeLog, end: number, path: string, kind: 'removals' | 'possibleRemovals'): number {
  let last = -1;
  for (let at: string | undefined = path; at !== undefined; at = above(at)) {
    const found = log.changesByPath.get(at)?.[kind];
    if (found !== undefined && found.length > 0) last = Math.max(last, lastBefore(found, end)?.sequence ?? -1);
  }
  return last;
}

/** The sequence number of the last change that hides what was at a path before it; -1 where none does. */
const hiddenUntil = (log: ChangeLog, end: number, path: string): number =>
  Math.max(lastRemoval(log, end, path), lastBefore(log.changesByPath.get(path)?.hiding ?? [], end)?.sequence ?? -1);

/** Whether what was at a path before this log can no longer be seen. */
export const isHidden = (log: ChangeLog, end: number, path: string): boolean => hiddenUntil(log, end, path) >= 0;

/** The additions at a path that can be seen there, oldest first. */
export const visibleAt = (log: ChangeLog, end: number, path: string): readonly FileChange[] =>
  additionsSince(log, hiddenUntil(log, end, path), end, path);

/** The additions at and below a path, made from one number on, that can be seen there. */
export function* visibleSince(log: ChangeLog, from: number, end: number, path: string): Iterable<FileChange> {
  const isVisible = (change: FileChange): boolean => change.sequence >= hiddenUntil(log, end, change.path);
  yield* additionsSince(log, from, end, path).filter(isVisible);
  const { certain = [], possible = [] } = log.directories.get(path) ?? {};
  for (const sequences of [certain, possible])
    for (const sequence of sequences.slice(countBefore(sequences, from, itself), countBefore(sequences, end, itself))) {
      const change = log.all[countBefore(log.all, sequence, sequenceOf)];
      if (change !== undefined && isVisible(change)) yield change;
    }
}

/** The additions at the directories above a path, made from one number on, that may be seen in it. */
export function visibleAbove(log: ChangeLog, since: number, end: number, path: string): readonly FileChange[] {
  if (path === '/') return [];
  const from = Math.max(since, hiddenUntil(log, end, path));
  const found: FileChange[] = [];
  for (let at = above(path); at !== undefined; at = above(at)) found.push(...tellingAdditions(log, from, end, at));
  return found;
}

/** Those of `visibleAt`; of very many of which each tells what the one before it does, the first and the last. */
export const tellingAt = (log: ChangeLog, end: number, path: string): readonly FileChange[] =>
  tellingAdditions(log, hiddenUntil(log, end, path), end, path);

/** Of more changes than this at one path, those that tell what others tell before and after them are left out. */
const many = 64;

function tellingAdditions(log: ChangeLog, from: number, end: number, path: string): readonly FileChange[] {
  const changes = log.changesByPath.get(path);
  if (changes === undefined || changes.all.length <= many) return additionsSince(log, from, end, path);
  const summary = summaryOf(changes);
  const kindOf = (change: FileChange): string | undefined => repeatableKind(change, log.context);
  const ends = [...byKind(changes.all, summary.repeatable, kindOf)].flatMap((alike) => {
    const last = lastBefore(alike, end);
    const first = alike[countBefore(alike, from, sequenceOf)];
    if (first === undefined || last === undefined || last.sequence < from) return [];
    return first === last ? [last] : [first, last];
  });
  for (; summary.seen < changes.all.length; summary.seen += 1) {
    const change = changes.all[summary.seen];
    if (change !== undefined && kindOf(change) === undefined) summary.telling.push(change);
  }
  return [...additionsIn(summary.telling, from, end), ...ends].sort((one, other) => one.sequence - other.sequence);
}

function additionsSince(log: ChangeLog, from: number, end: number, path: string): readonly FileChange[] {
  return additionsIn(log.changesByPath.get(path)?.all ?? [], from, end);
}

/** Whether a directory stands at a path because something was put below it since `from`: `unknown` where it may be. */
export function additionsBelow(
  log: ChangeLog,
  end: number,
  path: string,
  from: number,
): 'present' | 'unknown' | 'absent' {
  const { certain = [], possible = [] } = log.directories.get(path) ?? {};
  const last = (sequences: readonly number[]): number => sequences[countBefore(sequences, end, itself) - 1] ?? -1;
  if (last(certain) > from) return 'present';
  return last(possible) > from ? 'unknown' : 'absent';
}

/** How many additions were made at and below a path. */
export function countUnder(log: ChangeLog, end: number, path: string): number {
  const { certain = [], possible = [] } = log.directories.get(path) ?? {};
  const own = countBefore(log.changesByPath.get(path)?.all ?? [], end, sequenceOf);
  return own + countBefore(certain, end, itself) + countBefore(possible, end, itself);
}

/** Paths below a directory that were certainly taken away after `from`, each once. */
export function removedBelow(log: ChangeLog, end: number, directory: string, from: number): readonly string[] {
  const { removed } = log.directories.get(directory) ?? {};
  if (removed === undefined) return [];
  const isGone = (path: string): boolean =>
    (lastBefore(log.changesByPath.get(path)?.removals ?? [], end)?.sequence ?? -1) > from;
  return [...removed].filter(isGone);
}

/** Whether anything was done at a path or below it. */
export const isTouched = (log: ChangeLog, path: string): boolean =>
  log.changesByPath.has(path) || log.directories.has(path);

/** Whether the Dockerfile has certainly made a directory, before `end`. */
export const isMade = (log: ChangeLog, end: number, directory: string): boolean =>
  (log.changesByPath.get(directory)?.madeAt ?? Number.POSITIVE_INFINITY) < end;

/** Paths below `path` in this log, itself included, parents before children. */
export function* pathsUnder(log: ChangeLog, path: string): Iterable<string> {
  const pending = [path];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    yield at;
    for (const child of log.directories.get(at)?.children ?? []) pending.push(child);
  }
}

/** Fewer changes than this are looked at one by one. */
const few = 8;

/**
 * The changes at a path and at the directories above it, newest first, up to those that hide the rest; of changes that
 * are alike, the newest only.
 */
export function tellingChanges(log: ChangeLog, end: number, path: string): readonly FileChange[] {
  const found: FileChange[] = [];
  for (let at: string | undefined = path; at !== undefined; at = above(at)) {
    const changes = log.changesByPath.get(at);
    if (changes === undefined) continue;
    if (changes.all.length > few) {
      for (const alike of alikeIn(changes, at === path, log.context)) {
        const last = lastBefore(alike, end);
        if (last !== undefined) found.push(last);
      }
    } else for (const change of changes.all) if (change.sequence < end) found.push(change);
  }
  return found.length < 2 ? found : found.sort((one, other) => other.sequence - one.sequence);
}

function alikeIn(changes: PathChanges, isAt: boolean, context: BuildContext): Iterable<readonly FileChange[]> {
  const { alikeAt, alikeBelow } = summaryOf(changes);
  return isAt
    ? byKind(changes.all, alikeAt, kindAt)
    : byKind(changes.all, alikeBelow, (change) => kindBelow(change, context));
}
