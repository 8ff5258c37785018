/**
 * Standard output and error. The streams of Node.js take long to load: what is no terminal is written to without them.
 */
import { fstatSync, statSync, writeSync } from 'node:fs';

export interface Output {
  readonly isTerminal: boolean;
  /** Of the terminal; undefined where it is none. */
  columns(): number | undefined;
  /** Has written all when it returns, but for Windows. */
  write(text: string): void;
}

/** Milliseconds between attempts to write to a pipe that is full and does not wait. */
const pause = 5;

/** Bytes that a pipe takes whole or not at all (PIPE_BUF of Linux): Deno does not tell how many it took of more. */
const atomic = 4096;

/** `fd`: 1 is standard output, 2 standard error. */
export function openOutput(fd: 1 | 2): Output {
  const isWindows = process.platform === 'win32';
  const stream = () => guarded(fd === 1 ? process.stdout : process.stderr);
  const isTerminal = (isWindows || mayBeTerminal(fd)) && stream().isTTY === true;
  let isClosed = false;
  return {
    isTerminal,
    columns: () => (isTerminal ? stream().columns : undefined),
    write(text) {
      if (isClosed) return;
      if (isWindows || isTerminal) {
        stream().write(text);
        return;
      }
      try {
        writeAll(fd, Buffer.from(text));
      } catch (error) {
        isClosed = true;
        failed({ code: codeOf(error) ?? String(error) });
      }
    },
  };
}

function writeAll(fd: number, bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(fd, bytes, written, Math.min(atomic, bytes.length - written));
    } catch (error) {
      if (codeOf(error) !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause);
    }
  }
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** For what writes to the streams itself. */
export function guardStreams(): void {
  guarded(process.stdout);
  guarded(process.stderr);
}

const guards = new WeakSet<NodeJS.WriteStream>();

function guarded(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  if (!guards.has(stream)) {
    guards.add(stream);
    stream.on('error', failed);
  }
  return stream;
}

/** `dflint … | head` closes the pipe early: that is no error, and the exit status is that of the findings. */
function failed({ code, message }: { readonly code?: string; readonly message?: string }): void {
  if (code === 'EPIPE') return;
  try {
    writeSync(2, `dflint: cannot write its output (${code ?? message})\n`);
  } catch {
    // Standard error is what cannot be written to.
  }
  process.exit(2);
}

/** A terminal is a device of characters, and so is /dev/null. */
function mayBeTerminal(fd: number): boolean {
  try {
    const stats = fstatSync(fd);
    return stats.isCharacterDevice() && stats.rdev !== statSync('/dev/null').rdev;
  } catch {
    return true;
  }
}
