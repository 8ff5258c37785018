/** The repository itself, `.git`, in what ships. */
import type { Build, FileChange, Stage } from '../build.ts';
import { baseName, join, relativeTo } from '../files/path.ts';
import { chainOf, originOf } from '../query.ts';

export interface ShippedRepository {
  readonly target: Stage;
  /** Absolute path of the `.git` directory. */
  readonly path: string;
  /** The change that brings it into a layer of the target. */
  readonly change: FileChange;
  /** `layer`: a later instruction takes it out of the file system, not out of its layer. */
  readonly where: 'rootfs' | 'layer';
  /** `git clone` brings it: whoever can pull the image could clone it too, as a rule. */
  readonly cloned: boolean;
}

/** `.git` directories in the layers of each ship target, once a path. */
export function* shippedRepositories(build: Build): Iterable<ShippedRepository> {
  for (const target of build.targets) {
    const told = new Set<string>();
    for (const { step, changes } of chainOf(target).flatMap((stage) => stage.layers))
      for (const change of changes) {
        const path = change.path.endsWith('/.git') ? change.path : join(change.path, '.git');
        if (told.has(path) || change.kind === 'removal' || !mayHold(change)) continue;
        if (step.after.rootfs.stat(path).presence !== 'present' || !holdsHistory(path, change, build)) continue;
        told.add(path);
        const kept = target.result.rootfs.stat(path).presence === 'present';
        yield {
          target,
          path,
          change,
          where: kept ? 'rootfs' : 'layer',
          cloned: originOf(change).content?.kind === 'output',
        };
      }
  }
}

/** Pieces that .dockerignore takes back in, as HEAD for the number of a version, are no history. */
function holdsHistory(path: string, change: FileChange, { context }: Build): boolean {
  const { content } = originOf(change);
  if (content?.kind !== 'context') return true;
  const inside = relativeTo(change.path, path) ?? '';
  return context.ignores(join(join(content.path, inside), 'objects')) !== true;
}

/** Changes in which a `.git` directory can be told: its own, and directories of the build context. */
const mayHold = ({ path, content }: FileChange): boolean =>
  baseName(path) === '.git' || (content?.kind === 'context' && content.entry !== 'file');
