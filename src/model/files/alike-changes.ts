/** Changes that are alike for whoever asks for one path: of each kind the last one tells all. */
import { type BuildContext, unknownContext } from '../../context/context.ts';
import type { FileChange } from '../build.ts';

/** Filled when somebody asks; `seen` of the changes are in it. */
export interface Kinds {
  seen: number;
  readonly byKind: Map<string, FileChange[]>;
}

export const noKinds = (): Kinds => ({ seen: 0, byKind: new Map() });

/** The changes of each kind, those that have been made since the last question included. */
export function byKind(
  all: readonly FileChange[],
  kinds: Kinds,
  kindOf: (change: FileChange) => string | undefined,
): Iterable<readonly FileChange[]> {
  for (; kinds.seen < all.length; kinds.seen += 1) {
    const change = all[kinds.seen];
    const kind = change && kindOf(change);
    if (change === undefined || kind === undefined) continue;
    const known = kinds.byKind.get(kind);
    if (known === undefined) kinds.byKind.set(kind, [change]);
    else known.push(change);
  }
  return kinds.byKind.values();
}

/** The first and the last of those that tell the same of the same path, and all that are like no other. */
export function endsOfAlike(changes: readonly FileChange[], context: BuildContext): readonly FileChange[] {
  const first = new Set<string>();
  const last = new Map<string, FileChange>();
  const keys = changes.map((change) => {
    const kind = repeatableKind(change, context);
    return kind === undefined ? undefined : `${kind} ${change.path}`;
  });
  for (const [at, change] of changes.entries()) {
    const key = keys[at];
    if (key !== undefined) last.set(key, change);
  }
  return changes.filter((change, at) => {
    const key = keys[at];
    if (key === undefined || last.get(key) === change) return true;
    const isFirst = !first.has(key);
    first.add(key);
    return isFirst;
  });
}

/**
 * What an addition tells that the next one like it, at the same path, tells once more: that something is there which is
 * not known by name, or what a directory of the context holds. Undefined for others.
 */
export function repeatableKind(change: FileChange, context: BuildContext): string | undefined {
  const { kind, content, credential, source, step } = change;
  if (kind !== 'addition' || credential !== undefined) return undefined;
  switch (content?.kind) {
    case 'unknown':
    case 'output':
    case 'context-glob':
      return `${kindAt(change)} ${content.kind} ${kindBelow(change, context)}`;
    case 'context': {
      if (source !== undefined || content.entry === 'file') return undefined;
      const { instruction } = step;
      const owner = 'chown' in instruction ? instruction.chown?.raw : undefined;
      return `${kindAt(change)} ${JSON.stringify([content, owner])}`;
    }
    default:
      return undefined;
  }
}

/** What a change tells of its own path. */
export const kindAt = ({ kind, runs, eitherWay }: FileChange): string =>
  `${kind} ${eitherWay === true ? 'either way' : runs}`;

/** What a change tells of a path below its own; undefined where that is nothing. */
export function kindBelow({ kind, runs, content }: FileChange, context: BuildContext): string | undefined {
  if (kind === 'removal') return `removal ${runs}`;
  switch (content?.kind) {
    case 'context':
      if (content.entry === 'file') return undefined;
      // Nothing is known of any of its directories.
      if (context === unknownContext && content.without.length === 0) return 'anything';
      return JSON.stringify([runs, content.path, content.without]);
    case 'context-glob':
      return JSON.stringify([runs, content.pattern]);
    case 'output':
      return `output ${content.makes}`;
    case 'pruned-workspace':
    case 'dependencies':
    case 'image':
    case 'remote':
    case 'unknown':
    case 'secret':
      return 'anything';
    default:
      return undefined;
  }
}
