/** Volumes over what the image itself has installed or built. */
import { isBuildOutputFolder } from '../../knowledge/index.ts';
import type { Build, FileChange, Located, Stage } from '../build.ts';
import { baseName, relativeTo } from '../files/path.ts';
import { isMadeForDevelopers } from './made-for-developers.ts';

export interface ShadowedOutput extends Located {
  readonly target: Stage;
  readonly path: string;
  readonly holds: 'dependencies' | 'build-output';
  /** What puts it there. */
  readonly filledBy: FileChange;
}

/** Each VOLUME of a ship target that holds packages or build output of this image. */
export function* shadowedOutputs(build: Build): Iterable<ShadowedOutput> {
  for (const target of build.targets) {
    const { volumes, rootfs } = target.result;
    if (volumes.size === 0 || isMadeForDevelopers(build, target)) continue;
    for (const [path, { span }] of volumes) {
      if (!path.startsWith('/') || path === '/') continue;
      const trees = rootfs.trees(path);
      const packages = trees.find(
        ({ content, path: at }) => content?.kind === 'dependencies' && relativeTo(path, at) !== undefined,
      );
      const output = isBuildOutputFolder(baseName(path))
        ? trees.find(({ content }) => content?.kind === 'output')
        : undefined;
      const filledBy = packages ?? output;
      if (filledBy !== undefined)
        yield { target, span, path, holds: packages === undefined ? 'build-output' : 'dependencies', filledBy };
    }
  }
}
