/** Pipes whose left end fails without anybody noticing. */
import { type Failing, failsLeft, onNothing, stopsReading } from '../../knowledge/index.ts';
import type { Located, Pipeline } from '../../syntax/index.ts';
import type { Build, Stage, Step } from '../build.ts';
import { remembered } from '../remembered.ts';
import { type WrittenCommand, type WrittenRun, writtenRuns } from './written-runs.ts';

export interface UnguardedPipe extends Located {
  readonly run: WrittenRun;
  /** The command whose failure is lost. */
  readonly left: WrittenCommand;
  /** The one that decides in its place, when it is a simple command. */
  readonly right?: WrittenCommand;
  readonly fails: Exclude<Failing, 'never'>;
  /**
   * What hangs on it: `build`, which goes on although the network did not answer; `value`, what the right end makes
   * of it; `little`: the right end fails with it, or stops reading early, which pipefail makes a failure of the left.
   */
  readonly costs: 'build' | 'value' | 'little';
  /** Nobody asks for the status of the pipe either: `a | b; c` goes on, whatever it is. */
  readonly ignored: boolean;
}

/** The worst pipe of each RUN whose shell lacks pipefail. */
export const unguardedPipes: (build: Build) => readonly UnguardedPipe[] = remembered(
  (build) => build.stages,
  (build) => [...findPipes(build)],
);

/** By stage the first RUN that has one. */
export const firstUnguarded: (build: Build) => ReadonlyMap<Stage, Step> = remembered(
  (build) => build.stages,
  (build) =>
    new Map(
      unguardedPipes(build)
        .toReversed()
        .map(({ run: { step } }) => [step.stage, step]),
    ),
);

function* findPipes(build: Build): Iterable<UnguardedPipe> {
  for (const run of writtenRuns(build)) {
    const found = [...pipesOf(run)].map(([pipeline, commands]) => judge(run, pipeline, commands));
    const pipes = found.filter((pipe) => pipe !== undefined);
    const worst = ['build', 'value', 'little'].map((cost) => pipes.find(({ costs }) => costs === cost));
    const first = worst.find((pipe) => pipe !== undefined);
    if (first !== undefined) yield first;
  }
}

function pipesOf({ commands }: WrittenRun): ReadonlyMap<Pipeline, readonly WrittenCommand[]> {
  const pipes = new Map<Pipeline, WrittenCommand[]>();
  for (const command of commands) {
    const { by } = command.shell.piped ?? {};
    if (by === undefined || by.pipefail) continue;
    const members = pipes.get(by);
    if (members === undefined) pipes.set(by, [command]);
    else members.push(command);
  }
  return pipes;
}

function judge(run: WrittenRun, pipeline: Pipeline, commands: readonly WrittenCommand[]): UnguardedPipe | undefined {
  const last = pipeline.members - 1;
  const rights = commands.filter(({ shell }) => shell.piped?.member === last);
  const lefts = commands.filter(({ shell }) => shell.piped?.member !== last);
  const judged = lefts.map((left) => ({ left, fails: failureOf(left) }));
  const worst = judged.find(({ fails }) => fails === 'fetch') ?? judged.find(({ fails }) => fails === 'may');
  // Somebody asks for the status of the pipe, or lets it fail.
  if (worst === undefined || worst.fails === 'never' || worst.left.shell.failure === 'absorbed') return undefined;
  const [right] = rights;
  const only = rights.length === 1 ? right : undefined;
  return {
    span: worst.left.span,
    run,
    left: worst.left,
    ...(only === undefined ? {} : { right: only }),
    fails: worst.fails,
    costs: costOf(worst.fails, only),
    ignored: isIgnored(worst.left),
  };
}

/** `set -e` ends a script at a command whose status nothing else asks for; that of a substitution is one of its command's. */
const isIgnored = ({ shell, run, holder }: WrittenCommand): boolean =>
  shell.within === undefined &&
  (shell.failure === 'skips' ||
    (shell.failure === 'open' && (holder === undefined ? run.script : holder.shell.inner)?.errexit !== true));

function costOf(fails: Failing, right: WrittenCommand | undefined): UnguardedPipe['costs'] {
  const reaction = onNothing(right?.name);
  if (reaction === 'fails' || (right !== undefined && stopsReading(right.name, right.arguments))) return 'little';
  const decides = reaction === 'succeeds' && right?.shell.within === undefined;
  return fails === 'fetch' && decides ? 'build' : 'value';
}

const failureOf = ({ name, shell, arguments: words }: WrittenCommand): Failing =>
  failsLeft(
    name,
    words,
    shell.redirects.some(({ heredoc }) => heredoc !== undefined),
  );
