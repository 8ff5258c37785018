/** The lockfile of the workspace that a folder of the build context belongs to. */
import { lockfilesOf, manifestTakesMember, type PackageManager, pnpmTakesMember } from '../../knowledge/index.ts';
import type { Build } from '../build.ts';
import { directoryName, join, relativeTo } from '../files/path.ts';

const managers: readonly PackageManager[] = ['npm', 'yarn', 'pnpm', 'bun'];

/** Its name, where it is seen in the nearest root above the folder that takes it as a member. */
export function workspaceLockfile(folder: string, build: Build): string | undefined {
  for (let at = folder; at !== ''; ) {
    at = at.includes('/') ? directoryName(at) : '';
    if (isRootOf(at, folder, build)) return managers.flatMap(lockfilesOf).find((name) => isSeen(join(at, name), build));
  }
  return undefined;
}

const isSeen = (path: string, { context }: Build): boolean => /^(?:file|ignored)$/.test(context.stat(path));

function isRootOf(root: string, folder: string, { context }: Build): boolean {
  const member = root === '' ? folder : relativeTo(root, folder);
  const manifest = context.read(join(root, 'package.json'));
  const workspace = context.read(join(root, 'pnpm-workspace.yaml'));
  if (member === undefined) return false;
  return (
    (manifest !== undefined && manifestTakesMember(manifest, member)) ||
    (workspace !== undefined && pnpmTakesMember(workspace, member))
  );
}
