/** The disk as a FileTree. Nothing here throws; what cannot be looked at is unknown. */
import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import type { FileTree } from '../context/index.ts';
import { BoundedMap } from './bounded-map.ts';

/** Context files above this are not read. */
const mostBytes = 2 * 1024 * 1024;

/** A run over thousands of projects sees hundreds of thousands. */
const mostFolders = 5000;

/** Whatever is named: links lead anywhere. */
export const diskTree: FileTree = {
  kind(path) {
    try {
      const stats = statSync(path, { throwIfNoEntry: false });
      if (stats === undefined) return 'absent';
      return stats.isDirectory() ? 'directory' : stats.isFile() ? 'file' : 'unknown';
    } catch (error) {
      return error instanceof Error && 'code' in error && error.code === 'ENOTDIR' ? 'absent' : 'unknown';
    }
  },
  read(path) {
    try {
      const stats = statSync(path);
      if (!stats.isFile() || stats.size > mostBytes) return undefined;
      const text = readFileSync(path, 'utf8');
      return text.includes('\0') ? undefined : text;
    } catch {
      return undefined;
    }
  },
  entries(path) {
    try {
      return readdirSync(path).sort();
    } catch {
      return undefined;
    }
  },
};

/**
 * What is found in a project, which nobody vouches for: a symbolic link that leads out of the repository, or without one
 * out of the working directory, is there, and nothing is known of it. No build takes what is behind it either.
 */
export function foundTree(cwd: string): FileTree {
  const homes = new BoundedMap<string, string | undefined>(mostFolders);
  const outside = new BoundedMap<string, boolean>(mostFolders);

  /** The folder that links in this one may not lead out of; undefined where it is not known. */
  const homeOf = (folder: string): string | undefined => {
    if (!homes.has(folder)) homes.set(folder, repositoryAround(folder) ?? (isWithin(folder, cwd) ? cwd : undefined));
    return homes.get(folder);
  };
  const leadsOut = (path: string): boolean => {
    const folder = dirname(path);
    if (isOutside(folder)) return true;
    // What stands above the working directory is how it was gone to.
    if (isWithin(cwd, path) || !isLink(path)) return false;
    const home = homeOf(folder) ?? (diskTree.kind(path) === 'file' ? folder : undefined);
    return home !== undefined && !isWithin(realPath(path), realPath(home));
  };
  const isOutside = (folder: string): boolean => {
    const known = outside.get(folder);
    if (known !== undefined) return known;
    const found = folder !== dirname(folder) && leadsOut(folder);
    outside.set(folder, found);
    return found;
  };
  return {
    kind: (path) => (leadsOut(path) ? 'unknown' : diskTree.kind(path)),
    read: (path) => (leadsOut(path) ? undefined : diskTree.read(path)),
    entries: (path) => (leadsOut(path) ? undefined : diskTree.entries(path)),
    isThere: (path) => isThere(path),
  };
}

function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

/** Why `read` gives nothing of a path, for those who rely on what is there. */
export function whyUnread(path: string): string {
  if (isLink(path)) return 'is a symbolic link that is not followed: it leads out of the repository, or to no file';
  const kind = diskTree.kind(path);
  if (kind === 'absent') return 'no such file or directory';
  if (kind === 'directory') return 'is a directory, not a file';
  if (kind === 'unknown') return 'is a pipe or a device, or may not be looked at';
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return size > mostBytes ? 'has more than the 2 MB that are read' : 'cannot be read';
}

function repositoryAround(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (diskTree.kind(join(at, '.git')) !== 'absent') return at;
    if (at === dirname(at)) return undefined;
  }
}

/** Whether a symbolic link stands there, whatever it leads to. */
export function isLink(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  } catch {
    return false;
  }
}

function isWithin(path: string, folder: string): boolean {
  const [inner, outer] = [path, folder].map((each) => each.replaceAll(sep, '/'));
  return inner === outer || inner?.startsWith(outer?.endsWith('/') ? outer : `${outer}/`) === true;
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // A link to nothing, or in a circle.
    return path;
  }
}
