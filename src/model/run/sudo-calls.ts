/** sudo in RUN. */
import { type Located, wrappersOf } from '../../syntax/index.ts';
import type { Build } from '../build.ts';
import { type WrittenCommand, writtenRuns } from './written-runs.ts';

export interface SudoCall extends Located {
  readonly command: WrittenCommand;
  /** Where the RUN is root's already, `nothing`: sudo is for root; unknown where it is not known who calls it. */
  readonly does: 'nothing' | 'becomes root' | 'becomes another' | 'unknown';
  /** The account of `-u`. */
  readonly account?: string;
}

/** The first of each kind in a RUN. */
export function* sudoCalls(build: Build): Iterable<SudoCall> {
  for (const { commands } of writtenRuns(build)) {
    const seen = new Set<string>();
    for (const call of callsAmong(commands)) {
      if (!seen.has(call.does)) yield call;
      seen.add(call.does);
    }
  }
}

function* callsAmong(commands: readonly WrittenCommand[]): Iterable<SudoCall> {
  for (const command of commands) {
    const { words, effective } = command.shell;
    const wrappers = [...wrappersOf(command.shell), ...(command.name === 'sudo' ? effective.slice(0, 1) : [])];
    const at = wrappers.findIndex(({ text }) => text !== undefined && /(?:^|\/)sudo$/.test(text));
    const word = wrappers[at];
    if (word === undefined) continue;
    const account = accountOf(words.slice(at + 1).map(({ text }) => text));
    const { identity } = command.run.step.before.user;
    const known = command.holder === undefined && command.shell.guards.every(({ kind }) => kind !== 'function');
    yield {
      span: word.span,
      command,
      does: effectOf(known ? identity : 'unknown', account),
      ...(account === undefined || account === '' ? {} : { account }),
    };
  }
}

function effectOf(caller: 'root' | 'non-root' | 'unknown', account: string | undefined): SudoCall['does'] {
  if (account !== undefined && account !== 'root') return account === '' ? 'unknown' : 'becomes another';
  if (caller === 'unknown') return 'unknown';
  return caller === 'root' ? 'nothing' : 'becomes root';
}

/** Undefined without `-u`, empty where its value is not known. */
function accountOf(options: readonly (string | undefined)[]): string | undefined {
  for (const [at, option] of options.entries()) {
    if (option === undefined) continue;
    if (!option.startsWith('-')) return undefined;
    if (option === '--user' || /^-[A-Za-z]*u$/.test(option)) return options[at + 1] ?? '';
    if (option.startsWith('--user=')) return option.slice('--user='.length);
    const attached = /^-[AbEeHiKklnPSs]*u(.+)$/.exec(option)?.[1];
    if (attached !== undefined) return attached;
  }
  return undefined;
}
