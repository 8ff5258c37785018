/** The disk as a FileTree. Nothing here throws; what cannot be looked at is unknown. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import type { FileTree } from '../context/index.ts';

/** Context files above this are not read. */
const mostBytes = 2 * 1024 * 1024;

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
