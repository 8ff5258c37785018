/** The members of a workspace that stand in an image. */
import { manifestTakesMember, pnpmTakesMember } from '../../knowledge/index.ts';
import type { Build, Install, Rootfs } from '../build.ts';
import { projectFolders } from '../context/manifest-folders.ts';
import { textAt } from '../files/context-text.ts';
import { join, relativeTo } from '../files/path.ts';

export interface WorkspaceMember {
  /** Below the root of the workspace. */
  readonly folder: string;
  readonly manifest: string;
}

/** Those of the workspace that an install is of, whose manifests are there and can be read. */
export function workspaceMembers(
  { manager, directory }: Install,
  rootfs: Rootfs,
  build: Build,
): readonly WorkspaceMember[] {
  if (directory === undefined) return [];
  const read = (path: string): string | undefined => textAt(join(directory, path), rootfs, build);
  const settings = read(manager === 'pnpm' ? 'pnpm-workspace.yaml' : 'package.json');
  if (settings === undefined) return [];
  const takes = manager === 'pnpm' ? pnpmTakesMember : manifestTakesMember;
  return projectFolders(rootfs.under(directory), build).flatMap((path) => {
    const folder = relativeTo(directory, path) ?? '';
    const manifest = folder === '' || !takes(settings, folder) ? undefined : read(join(folder, 'package.json'));
    return manifest === undefined ? [] : { folder, manifest };
  });
}
