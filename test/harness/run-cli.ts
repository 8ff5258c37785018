/** Runs the command line in this process, in a world of the test's making. */
import { main } from '../../src/cli/main.ts';
import { judgementDay, repository } from './shared.ts';

export interface Transcript {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly terminal?: boolean;
  readonly errorTerminal?: boolean;
  readonly columns?: number;
  readonly stdin?: string | Uint8Array;
  readonly today?: string;
  /** What another thread runs. */
  readonly thread?: URL;
}

export async function runCli(argv: readonly string[], options: RunOptions = {}): Promise<Transcript> {
  const out: string[] = [];
  const err: string[] = [];
  const status = await main(argv, {
    cwd: options.cwd ?? repository,
    env: options.env ?? {},
    version: '@@VERSION@@',
    terminal: options.terminal ?? false,
    errorTerminal: options.errorTerminal ?? false,
    columns: options.columns ?? 80,
    today: options.today ?? judgementDay,
    ...(options.thread === undefined ? {} : { thread: options.thread }),
    stdin: async () =>
      typeof options.stdin === 'string' ? new TextEncoder().encode(options.stdin) : (options.stdin ?? new Uint8Array()),
    out: (text) => out.push(text),
    err: (text) => err.push(text),
  });
  return { status, out: out.join(''), err: err.join('') };
}
