/** RUN after RUN where one would do. */
import type { Located, RunInstruction } from '../../syntax/index.ts';
import type { Build, Stage, Step } from '../build.ts';
import { chainOf, judgedStages, targetOver } from '../query.ts';
import { remembered } from '../remembered.ts';
import { type WrittenRun, writtenRuns } from './written-runs.ts';

export interface ConsecutiveRun extends Located {
  readonly run: WrittenRun;
  /** The RUN before it. */
  readonly previous: WrittenRun;
  /** How many RUNs follow one another up to here. */
  readonly count: number;
}

/** A RUN of one command right after another one, with the same flags, in a stage whose layers are some image's. */
export function* consecutiveRuns(build: Build): Iterable<ConsecutiveRun> {
  const builtByName = looseImages(build);
  const runs = runsByStep(build);
  for (const stage of judgedStages(build)) {
    if (!builtByName.has(stage) && targetOver(build, stage) === undefined) continue;
    const { steps } = stage;
    let previous: WrittenRun | undefined;
    let count = 1;
    for (const step of steps) {
      const run = step.instruction.keyword === 'RUN' ? runs.get(step) : undefined;
      const joins = previous !== undefined && run !== undefined && joinable(previous, run);
      count = joins ? count + 1 : 1;
      if (joins && previous !== undefined && run !== undefined)
        yield { span: run.instruction.keywordSpan, run, previous, count };
      previous = run;
    }
  }
}

/** A stage that no other one needs is built by its name; with those that it is based on. */
const looseImages: (build: Build) => ReadonlySet<Stage> = remembered(
  (build) => build.edges,
  ({ edges, stages }) => {
    const needed = new Set(edges.map(({ from }) => from));
    return new Set(stages.filter((stage) => !needed.has(stage)).flatMap(chainOf));
  },
);

const runsByStep: (build: Build) => ReadonlyMap<Step, WrittenRun> = remembered(
  (build) => build.stages,
  (build) => new Map(writtenRuns(build).map((run) => [run.step, run])),
);

const joinable = (first: WrittenRun, second: WrittenRun): boolean =>
  isShort(first) && isShort(second) && flagsOf(first.instruction) === flagsOf(second.instruction);

/** Of one command; what is more is a step by itself. A test before it does not count. */
const isShort = ({ script }: WrittenRun): boolean =>
  script.interpreter === 'posix' &&
  script.commands.filter(({ words: [first] }) => first !== undefined && first.text !== '[').length <= 1;

const flagsOf = ({ flags }: RunInstruction): string =>
  flags
    .map(({ name, value }) => `${name}=${value?.raw.split(',').sort().join(',') ?? ''}`)
    .sort()
    .join(' ');
