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

/** Without those of which a later one, at the same path and from the same source, tells as much. */
export function newestOfAlike(changes: readonly FileChange[], context: BuildContext): readonly FileChange[] {
  const seen = new Set<string>();
  const kept = changes.toReversed().filter((change) => {
    const kind = vagueKind(change, context);
    if (kind === undefined) return true;
    const key = `${kind} ${change.path}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return kept.reverse();
}

/** What an addition tells that is not known by name; undefined for others. */
export function vagueKind(change: FileChange, context: BuildContext): string | undefined {
  const { kind, content, credential } = change;
  const isVague = content?.kind === 'unknown' || content?.kind === 'output' || content?.kind === 'context-glob';
  if (!isVague || kind !== 'addition' || credential !== undefined) return undefined;
  return `${kindAt(change)} ${content.kind} ${kindBelow(change, context)}`;
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
