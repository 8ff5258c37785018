/** Accounts whose UID makes useradd write huge login logs. */
import { leavesLoginLogs, loginLogSize } from '../../knowledge/index.ts';
import type { Located } from '../../syntax/index.ts';
import type { Build, Stage } from '../build.ts';
import { chainOf } from '../query.ts';
import { accountCallOf } from '../run/command-calls.ts';
import { writtenCommands } from '../run/written-runs.ts';

export interface SparseLog extends Located {
  readonly uid: number;
  /** Bytes that the logs grow to. */
  readonly size: number;
  /** The useradd of this image leaves them as they are. */
  readonly spared: boolean;
}

/** From here on the logs take tens of megabytes. */
const highUid = 100_000;

export function* sparseLogs(build: Build): Iterable<SparseLog> {
  for (const command of writtenCommands(build)) {
    const { name, shell, run } = command;
    if (name !== 'useradd') continue;
    const call = accountCallOf(command);
    if (call?.uid === undefined || call.outOfLogs || !/^\d+$/.test(call.uid)) continue;
    const uid = Number(call.uid);
    if (uid < highUid) continue;
    const at =
      shell.words.find(({ raw }) => raw.includes(call.uid ?? '')) ?? shell.words.find(({ text }) => text === undefined);
    yield { span: (at ?? shell).span, uid, size: loginLogSize(uid), spared: isSpared(run.step.stage) };
  }
}

function isSpared(stage: Stage): boolean {
  const base = chainOf(stage)[0]?.base;
  return (
    base?.kind === 'image' &&
    base.openTag === undefined &&
    leavesLoginLogs(base.reference.familiar, base.reference.tag ?? 'latest')
  );
}
