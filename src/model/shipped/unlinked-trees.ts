/** Development packages that pnpm has only taken the links of away: they ship in node_modules/.pnpm. */
import type { Build, FileChange, Stage, UnlinkedPackages } from '../build.ts';
import { shippedTrees } from '../query.ts';
import { isForOthers } from '../start/root-start.ts';
import { purposeOf } from '../start/start.ts';
import { isMadeForDevelopers } from './made-for-developers.ts';

export interface UnlinkedTree extends UnlinkedPackages {
  readonly target: Stage;
  readonly path: string;
  /** The change of the target's own chain that brings the tree in. */
  readonly change: FileChange;
}

/** Where a call was to leave them out; images for developers, test runs and other builds are passed over. */
export function* unlinkedTrees(build: Build): Iterable<UnlinkedTree> {
  for (const { target, path, change, tree, development } of shippedTrees(build)) {
    const { unlinked } = tree;
    if (unlinked === undefined || development !== 'no' || unlinked.by === unlinked.install.command) continue;
    if (purposeOf(target, build.path) !== 'runtime' || isMadeForDevelopers(build, target) || isForOthers(build, target))
      continue;
    yield { ...unlinked, target, path, change };
  }
}
