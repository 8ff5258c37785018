/** Development packages that a later layer takes out of what ships: they stay in the layer that brought them. */
import type { Build, Content, DependencyTree, FileChange, Stage } from '../build.ts';
import { chainOf } from '../query.ts';
import { purposeOf } from '../start/start.ts';

export interface DiscardedTree {
  readonly target: Stage;
  readonly path: string;
  /** The change of the layer that holds the development packages. */
  readonly change: FileChange;
  readonly tree: DependencyTree;
  /** The later change that prunes, replaces or removes them. */
  readonly discardedBy: FileChange;
  /** The target is no image for developers or test runs. */
  readonly runtime: boolean;
}

/** Trees with development packages in a layer of a ship target, and without them in its final file system. */
export function* discardedTrees(build: Build): Iterable<DiscardedTree> {
  for (const target of build.targets) {
    const runtime = purposeOf(target, build.path) === 'runtime';
    const layers = chainOf(target).flatMap((stage) => stage.layers);
    const takers = layers.flatMap((layer) => layer.changes).filter(mayDiscard);
    for (const layer of layers)
      for (const { change, tree } of developmentTrees(layer.changes)) {
        const discardedBy = takers.find(
          (later) => later.sequence > change.sequence && later.step !== change.step && discards(later, change.path),
        );
        if (discardedBy !== undefined) yield { target, path: change.path, change, tree, discardedBy, runtime };
      }
  }
}

/**
 * The trees that a layer certainly ends with and that hold development packages: an install that is pruned in the same
 * RUN leaves the pruned tree, of `npm ci || npm install` either call may have made it.
 */
function developmentTrees(changes: readonly FileChange[]): Iterable<{ change: FileChange; tree: DependencyTree }> {
  const found = new Map<string, { change: FileChange; tree: DependencyTree }>();
  for (const change of changes) {
    const { content, path, runs } = change;
    if (content?.kind !== 'dependencies') continue;
    if (content.tree.development !== 'yes') found.delete(path);
    else if (runs === 'always' || found.has(path)) found.set(path, { change, tree: content.tree });
  }
  return found.values();
}

const mayDiscard = ({ kind, content, runs }: FileChange): boolean =>
  runs === 'always' && (kind === 'removal' || isWithoutThem(content));

const isWithoutThem = (content: Content | undefined): boolean =>
  content?.kind === 'dependencies' && content.tree.development === 'no' && content.tree.unlinked === undefined;

function discards({ kind, path, content, runs }: FileChange, tree: string): boolean {
  if (runs !== 'always') return false;
  if (kind === 'removal') return path === tree || tree.startsWith(`${path}/`);
  return path === tree && isWithoutThem(content);
}
