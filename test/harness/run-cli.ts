/**
 * Runs the command line in a world of the test's making: in this process, or as the process that DFLINT_COMMAND names.
 */
import manifest from '../../package.json' with { type: 'json' };
import { commands, main } from '../../src/cli/main.ts';
import type { Keeps } from '../../src/cli/surroundings.ts';
import { isCommandNamed, runCommand } from './command.ts';
import { judgementDay, repository } from './shared.ts';

const { version } = manifest;

// Loaded before the first test is timed.
await import('../../src/cli/lint-all.ts');

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
  /** Where results are kept; nothing is where it is absent. */
  readonly keeps?: Keeps;
}

export async function runCli(argv: readonly string[], options: RunOptions = {}): Promise<Transcript> {
  return isCommandNamed ? runProcess(argv, options) : runHere(argv, options);
}

async function runHere(argv: readonly string[], options: RunOptions): Promise<Transcript> {
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
    ...(options.keeps === undefined ? {} : { keeps: options.keeps }),
    stdin: async () =>
      typeof options.stdin === 'string' ? new TextEncoder().encode(options.stdin) : (options.stdin ?? new Uint8Array()),
    out: (text) => out.push(text),
    err: (text) => err.push(text),
  });
  return { status, out: out.join(''), err: err.join('') };
}

/** Nothing is a terminal there, and the day can be told to what takes --today only. */
function runProcess(argv: readonly string[], options: RunOptions): Transcript {
  const { cwd = repository, env = {}, columns, stdin = '', today = judgementDay } = options;
  const [first = ''] = argv;
  const lints = !commands.has(first) && !(first === 'help' && argv.slice(1).every((word) => !word.startsWith('-')));
  const takesDay = (lints || first === 'facts') && !argv.some((word) => word.startsWith('--today'));
  const words = takesDay ? argv.toSpliced(first === '' || first.startsWith('-') ? 0 : 1, 0, '--today', today) : argv;
  const { status, stdout, stderr } = runCommand(words, {
    cwd,
    env: { ...(columns === undefined && options.terminal !== true ? {} : { COLUMNS: String(columns ?? 80) }), ...env },
    input: stdin,
  });
  // The version in which a rule came stays.
  const plain = (text: string): string =>
    text
      .split(/("since": ?"[^"]*")/)
      .map((part, at) => (at % 2 === 0 ? part.replaceAll(version, '@@VERSION@@') : part))
      .join('');
  return { status: status ?? -1, out: plain(stdout), err: plain(stderr) };
}
