/** How commands write changes: paths from the working directory, certainty from whether the command runs. */
import type { Content, FileChange } from '../build.ts';
import { isUntouched } from '../files/base-files.ts';
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
  const isSure = running.runs === 'always' || isOfSameArm(running, world, path);
  world.arms.empties(path);
  world.put({ kind: 'removal', path, span: running.shell.span, runs: isSure ? 'always' : running.runs });
}

/**
 * Whether what a command takes away is there only where the command runs: `if …; then curl -O a.zip; unzip a.zip; rm a.zip; fi`.
 * A folder of that name may be in the base image, with more in it.
 */
function isOfSameArm({ arm }: RunningCommand, { step, arms, stat, under }: RunWorld, path: string): boolean {
  const before = step.before.rootfs.stat(path);
  const { change } = stat(path);
  if (arm === undefined || arm.length === 0 || change?.path !== path || !isUntouched(before)) return false;
  if (change.content?.kind === 'directory' && before.presence !== 'absent') return false;
  return [change, ...under(path)].every(
    (each) => each.step === step && each.runs === 'sometimes' && arms.onlyUnder(each.path, arm),
  );
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
