/** Reads the files that a run is given, with a clear word on each that cannot be linted. */
import { lstatSync, readdirSync, readFileSync, type Stats, statSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Files above this are no Dockerfiles. */
const mostBytes = 5 * 1024 * 1024;

export interface InputFile {
  /** As it is shown. */
  readonly path: string;
  readonly text: string;
}

export interface UnreadableInput {
  readonly path: string;
  readonly message: string;
}

export type Input = { readonly file: InputFile } | { readonly error: UnreadableInput };

/** Whether a file name is one that people give to Dockerfiles. */
export function isDockerfileName(name: string): boolean {
  return /^(Dockerfile|Containerfile)(\..+)?$/.test(name) && !/\.dockerignore$/.test(name)
    ? true
    : /.\.(dockerfile|Dockerfile|containerfile)$/.test(name);
}

const failed = (path: string, message: string): Input => ({ error: { path, message } });

/** The Dockerfiles that a path names: the file itself, or those directly in a directory. */
export function readInputs(path: string, cwd: string): readonly Input[] {
  const absolute = path.startsWith('/') ? path : join(cwd, path);
  let stats: Stats;
  try {
    stats = statSync(absolute);
  } catch (error) {
    return [failed(path, reasonOf(error, absolute))];
  }
  if (!stats.isDirectory()) return [readFile(path, absolute, stats)];
  try {
    const names = readdirSync(absolute, { withFileTypes: true })
      .filter((entry) => !entry.isDirectory() && isDockerfileName(entry.name))
      .map((entry) => entry.name)
      .sort();
    if (names.length === 0)
      return [failed(path, 'no Dockerfile in this directory; name the file, or a directory that holds one')];
    return names.flatMap((name) => readInputs(join(path, name), cwd));
  } catch (error) {
    return [failed(path, reasonOf(error, absolute))];
  }
}

function readFile(path: string, absolute: string, stats: Stats): Input {
  if (stats.isFIFO()) return failed(path, 'is a FIFO, not a file; give it as standard input: dflint - < FIFO');
  if (stats.isCharacterDevice() || stats.isBlockDevice()) return failed(path, 'is a device, not a file');
  if (stats.isSocket()) return failed(path, 'is a socket, not a file');
  if (stats.size > mostBytes) return failed(path, tooLarge(stats.size));
  try {
    return decode(path, readFileSync(absolute));
  } catch (error) {
    return failed(path, reasonOf(error, absolute));
  }
}

const tooLarge = (bytes: number): string =>
  `has ${(bytes / 1024 / 1024).toFixed(1)} MB, more than the 5 MB that dflint reads; is it a Dockerfile?`;

/** Bytes to text. A NUL byte means that it is no text; broken UTF-8 is read as BuildKit reads it, with U+FFFD. */
export function decode(path: string, bytes: Uint8Array): Input {
  if (bytes.length > mostBytes) return failed(path, tooLarge(bytes.length));
  if (bytes.includes(0)) return failed(path, 'is binary (it holds a NUL byte), not a Dockerfile');
  return { file: { path, text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) } };
}

function reasonOf(error: unknown, absolute: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ENOENT':
      return isDanglingLink(absolute) ? 'is a symbolic link to nothing' : 'no such file or directory';
    case 'EACCES':
    case 'EPERM':
      return 'cannot be read: permission denied';
    case 'ELOOP':
      return 'is a symbolic link that leads to itself';
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
