/** What a base image may hold that no instruction tells. */
import { isStandardDirectory, isSystemDirectory, mayBeInBase } from '../../knowledge/index.ts';
import type { FileStat, Rootfs } from '../build.ts';
import { isLockfileOrManifest } from './node-files.ts';
import { directoryName, join } from './path.ts';

/**
 * `nothing`: there is no base (`scratch`); `system`: a base that is known, with the directories of a distribution
 * and no project in it; `unknown`: anything.
 */
export type BaseFiles = 'nothing' | 'system' | 'unknown';

export function statInBase(base: BaseFiles, path: string): FileStat {
  if (base === 'unknown') return { presence: 'unknown' };
  if (base === 'system' && isStandardDirectory(path)) return { presence: 'present', fromBase: true };
  const possible = base === 'system' && mayBeInBase(path) && !isLockfileOrManifest(path);
  return possible ? { presence: 'unknown', fromBase: true } : { presence: 'absent' };
}

/** Whether no instruction makes what stands at a path, and the base is known. */
export const isUntouched = ({ presence, fromBase }: FileStat): boolean => presence === 'absent' || fromBase === true;

/** Whether a directory above `path` is none of the base's, `isMade` telling which the Dockerfile makes. */
export function isBelowNewDirectory(path: string, isMade: (directory: string) => boolean): boolean {
  for (let at = directoryName(path); at.length > 1; at = directoryName(at))
    if (isMade(at) && !isSystemDirectory(at)) return true;
  return false;
}

/** A name that nobody gives to a file. */
const nobodysName = '\uFFFC';

/** Directories of every distribution; that the Dockerfile makes all of them anew is not to be thought of. */
const ofBase = ['/dev', '/tmp', '/var', '/usr', '/etc'];

/** Whether a directory may hold more than the changes tell, because its base does. */
export function baseReaches(rootfs: Pick<Rootfs, 'stat'>, directory: string): boolean {
  // All of an image: what a distribution brings has names of its own there.
  if (directory === '/' && ofBase.some((path) => rootfs.stat(path).fromBase === true)) return true;
  const { presence, change } = rootfs.stat(join(directory, nobodysName));
  return presence === 'unknown' && change === undefined;
}
