/** Writes files so that nobody ever sees half of one. */
import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Written beside its place and moved there; keeps the mode of what was there, follows links, makes missing folders.
 * Devices and pipes are written to as they are. Gives what is wrong; undefined when nothing is.
 */
export function writeWhole(path: string, text: string): string | undefined {
  let scratch: string | undefined;
  try {
    makeFolder(dirname(path));
    const there = statSync(path, { throwIfNoEntry: false });
    if (there?.isDirectory()) return 'is a directory, not a file';
    if (there !== undefined && !there.isFile()) {
      writeFileSync(path, text);
      return undefined;
    }
    const real = there === undefined ? path : realpathSync(path);
    // By a name that nobody takes for a Dockerfile, when it stays behind.
    scratch = join(dirname(real), `.dflint-${randomUUID()}.tmp`);
    writeFileSync(scratch, text, { flag: 'wx', flush: true });
    if (there !== undefined) chmodSync(scratch, there.mode & 0o7777);
    renameSync(scratch, real);
    return undefined;
  } catch (error) {
    if (scratch !== undefined) rmSync(scratch, { force: true });
    return reasonOf(error);
  }
}

/** With those above it. Node's own way to do so never ends where the system refuses all folders, as in /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another run may have made it meanwhile.
    if (!existsSync(path)) throw error;
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return 'cannot be written: permission denied';
    case 'EROFS':
      return 'cannot be written: the file system is read-only';
    case 'ENOSPC':
      return 'cannot be written: no space is left';
    case 'ENOENT':
      return 'cannot be written: its folder cannot be made';
    case 'ENOTDIR':
    case 'EEXIST':
      return 'cannot be written: its folder is a file';
    case 'ENAMETOOLONG':
      return 'cannot be written: the name is too long';
    default:
      return `cannot be written${code === '' ? '' : ` (${code})`}`;
  }
}
