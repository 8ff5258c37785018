/** Reads the files that a run is given, with a clear word on each that cannot be linted. */
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  type Stats,
  statSync,
} from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { BuildCall, InlineDockerfile } from '../context/index.ts';

/** Files above this are no Dockerfiles. */
export const mostBytes = 5 * 1024 * 1024;

export interface InputFile {
  /** As it is shown. */
  readonly path: string;
  /** Absolute; absent for standard input that was given no name. */
  readonly location?: string;
  readonly text: string;
  /** Where a Dockerfile stands that is part of the file at `path`. */
  readonly inline?: InlinePlace;
}

/** A Dockerfile inside a compose or bake file; plain data. */
export interface InlinePlace {
  /** The text of that file. */
  readonly container: string;
  readonly dockerfile: InlineDockerfile;
  /** What builds it. */
  readonly calls: readonly BuildCall[];
}

/** A file on the disk, which is read when its turn comes. */
export interface ListedFile {
  readonly path: string;
  readonly location: string;
}

export interface UnreadableInput {
  readonly path: string;
  readonly message: string;
}

export type ReadInput = { readonly file: InputFile } | { readonly error: UnreadableInput };

export type Input = ReadInput | { readonly file: ListedFile };

/** Whether a file name is one that people give to Dockerfiles. */
export function isDockerfileName(name: string): boolean {
  if (name.endsWith('.dockerignore')) return false;
  return /^(Dockerfile|Containerfile)(\..+)?$/.test(name) || /.\.(dockerfile|Dockerfile|containerfile)$/.test(name);
}

const failed = (path: string, message: string): ReadInput => ({ error: { path, message } });

/** What a run lints: few files are held in memory at a time. */
export const readListed = (file: InputFile | ListedFile): ReadInput => {
  if ('text' in file) return { file };
  try {
    return readFile(file.path, file.location, statSync(file.location));
  } catch (error) {
    return failed(file.path, reasonOf(error, file.location));
  }
};

/** The Dockerfiles that a path names: the file itself, or those directly in a directory. */
export function readInputs(path: string, cwd: string): readonly ReadInput[] {
  if (path === '') return [failed(path, 'an empty path names no file')];
  const absolute = resolve(cwd, path);
  let stats: Stats;
  try {
    stats = statSync(absolute);
  } catch (error) {
    return [failed(path, reasonOf(error, absolute))];
  }
  if (!stats.isDirectory()) return [readFile(path, absolute, stats)];
  try {
    const names = readdirSync(absolute)
      .filter((name) => isDockerfileName(name) && !isDirectory(join(absolute, name)))
      .sort();
    if (names.length === 0)
      return [failed(path, 'no Dockerfile in this directory; name the file, or a directory that holds one')];
    return names.flatMap((name) => readInputs(join(path, name), cwd));
  } catch (error) {
    return [failed(path, reasonOf(error, absolute))];
  }
}

/** A link to a directory counts as one: what lies behind it is not directly in the folder that was named. */
function isDirectory(absolute: string): boolean {
  return statSync(absolute, { throwIfNoEntry: false })?.isDirectory() === true;
}

function readFile(path: string, absolute: string, before: Stats): ReadInput {
  const refused = refusal(before);
  if (refused !== undefined) return failed(path, refused);
  let descriptor: number | undefined;
  try {
    // Non-blocking, and looked at again: what stands at the path may have become a FIFO since.
    descriptor = openSync(absolute, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const since = refusal(fstatSync(descriptor));
    return since === undefined ? decode(path, readUpTo(descriptor, mostBytes + 1), absolute) : failed(path, since);
  } catch (error) {
    return failed(path, reasonOf(error, absolute));
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Why something that is no directory is not read. */
function refusal(stats: Stats): string | undefined {
  if (stats.isFIFO()) return 'is a FIFO, not a file; give it as standard input: dflint - < FIFO';
  if (stats.isCharacterDevice() || stats.isBlockDevice()) return 'is a device, not a file';
  if (stats.isSocket()) return 'is a socket, not a file';
  if (!stats.isFile()) return 'is not a file';
  return stats.size > mostBytes ? tooLarge : undefined;
}

/** At most `limit` bytes: the size of a file tells nothing under /proc, or while it grows. */
function readUpTo(descriptor: number, limit: number): Uint8Array {
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length < limit) {
    const chunk = Buffer.alloc(Math.min(64 * 1024, limit - length));
    const count = readSync(descriptor, chunk);
    if (count === 0) break;
    chunks.push(chunk.subarray(0, count));
    length += count;
  }
  return Buffer.concat(chunks);
}

const tooLarge = 'has more than the 5 MB that dflint reads; is it a Dockerfile?';

/**
 * Bytes to text. A NUL byte means that it is no text; broken UTF-8 becomes U+FFFD, since BuildKit builds such files.
 * `location` is where the file stands, when it stands anywhere.
 */
export function decode(path: string, bytes: Uint8Array, location?: string): ReadInput {
  if (bytes.length > mostBytes) return failed(path, tooLarge);
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return failed(path, 'is UTF-16 text; save it as UTF-8');
  if (bytes.includes(0)) return failed(path, 'is binary (it holds a NUL byte), not a Dockerfile');
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  return { file: { path, text, ...(location === undefined ? {} : { location }) } };
}

/** What an error of the file system means to whoever named the path. */
export function reasonOf(error: unknown, absolute: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ENOENT':
      return isDanglingLink(absolute) ? 'is a symbolic link to nothing' : 'no such file or directory';
    case 'EACCES':
    case 'EPERM':
      return 'cannot be read: permission denied';
    case 'ELOOP':
      return 'is a symbolic link that leads to itself';
    case 'EISDIR':
      return 'is a directory, not a file';
    case 'ENOTDIR':
      return `no such file: ${basename(join(absolute, '..'))} is not a directory`;
    case 'ENAMETOOLONG':
      return 'the name is too long';
    default:
      return `cannot be read${code === '' ? '' : ` (${code})`}`;
  }
}

function isDanglingLink(absolute: string): boolean {
  try {
    return lstatSync(absolute).isSymbolicLink();
  } catch {
    return false;
  }
}
