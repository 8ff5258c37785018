/** How commands write changes: paths from the working directory, certainty from whether the command runs. */
import type { Content, FileChange } from '../build.ts';
import { resolve } from '../files/path.ts';
import type { RunningCommand, RunWorld } from './run.ts';

export interface More {
  readonly credential?: FileChange['credential'];
  readonly source?: FileChange;
  readonly runs?: FileChange['runs'];
  readonly eitherWay?: FileChange['eitherWay'];
}

export function put(running: RunningCommand, world: RunWorld, path: string, content: Content, more: More = {}): void {
  const whole = more.runs !== 'sometimes' || more.eitherWay === true;
  const inEachArm =
    running.runs === 'sometimes' && whole && running.arm !== undefined && world.arms.fills(path, running.arm);
  const eitherWay = inEachArm || (more.eitherWay === true && running.runs === 'always');
  world.put({
    kind: 'addition',
    path,
    span: running.shell.span,
    runs: more.runs === 'sometimes' || more.eitherWay === true ? 'sometimes' : running.runs,
    content,
    ...(more.credential === undefined ? {} : { credential: more.credential }),
    ...(more.source === undefined ? {} : { source: more.source }),
    ...(eitherWay ? { eitherWay } : {}),
  });
}

export function remove(running: RunningCommand, world: RunWorld, path: string): void {
  world.arms.empties(path);
  world.put({ kind: 'removal', path, span: running.shell.span, runs: running.runs });
}

/** A file is made whose name is not known: something may be new in the working directory. */
export function putSomewhere(running: RunningCommand, world: RunWorld): void {
  if (running.workdir !== undefined)
    put(running, world, running.workdir, { kind: 'output', makes: 'build-output' }, { runs: 'sometimes' });
}

export const absolute = (word: string | undefined, running: RunningCommand): string | undefined =>
  word === undefined || (running.workdir === undefined && !word.startsWith('/'))
    ? undefined
    : resolve(running.workdir ?? '/', word);

export const copied = (change: FileChange): More => ({
  source: change,
  runs: change.runs,
  ...(change.credential === undefined ? {} : { credential: change.credential }),
  ...(change.eitherWay === undefined ? {} : { eitherWay: change.eitherWay }),
});
