/**
 * Standard output and error. The streams of Node.js take long to load: what is no terminal is written to without them.
 */
import { fstatSync, statSync, writeSync } from 'node:fs';

export interface Output {
  readonly isTerminal: boolean;
  /** Of the terminal; undefined where it is none. */
  columns(): number | undefined;
  /** Has written all when it returns, unless it is a terminal of Windows or a pipe that does not wait. */
  write(text: string): void;
}

/** `fd`: 1 is standard output, 2 standard error. */
export function openOutput(fd: 1 | 2): Output {
  let isStreamed = process.platform === 'win32' || mayBeTerminal(fd);
  let isClosed = false;
  const stream = () => guarded(fd === 1 ? process.stdout : process.stderr);
  const isTerminal = isStreamed && stream().isTTY === true;
  return {
    isTerminal,
    columns: () => (isTerminal ? stream().columns : undefined),
    write(text) {
      if (isClosed || text === '') return;
      if (isStreamed) {
        stream().write(text);
        return;
      }
      const bytes = Buffer.from(text);
      let written = 0;
      try {
        while (written < bytes.length) written += writeSync(fd, bytes, written);
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? error.code : undefined;
        if (code === 'EAGAIN') {
          // Whoever reads is slow, and the pipe is one that does not wait: the stream does.
          isStreamed = true;
          stream().write(bytes.subarray(written));
          return;
        }
        isClosed = true;
        failed({ code: String(code ?? error) });
      }
    },
  };
}

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
