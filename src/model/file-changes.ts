/** How commands write changes: paths from the working directory, certainty from whether the command runs. */
import type { Content, FileChange } from './build.ts';
import { resolve } from './path.ts';
import type { RunningCommand, RunWorld } from './run.ts';

export function put(
  running: RunningCommand,
  world: RunWorld,
  path: string,
  content: Content,
  more: { credential?: FileChange['credential']; source?: FileChange; runs?: FileChange['runs'] } = {},
): void {
  world.put({
    kind: 'addition',
    path,
    span: running.shell.span,
    runs: more.runs === 'sometimes' ? 'sometimes' : running.runs,
    content,
    ...(more.credential === undefined ? {} : { credential: more.credential }),
    ...(more.source === undefined ? {} : { source: more.source }),
  });
}

export function remove(running: RunningCommand, world: RunWorld, path: string): void {
  world.put({ kind: 'removal', path, span: running.shell.span, runs: running.runs });
}

export const absolute = (word: string | undefined, running: RunningCommand): string | undefined =>
  word === undefined || (running.workdir === undefined && !word.startsWith('/'))
    ? undefined
    : resolve(running.workdir ?? '/', word);

export const copied = (
  change: FileChange,
): { credential?: FileChange['credential']; source: FileChange; runs: FileChange['runs'] } => ({
  source: change,
  runs: change.runs,
  ...(change.credential === undefined ? {} : { credential: change.credential }),
});
