/** RUN after RUN where one would do. */
import type { Located, RunInstruction } from '../../syntax/index.ts';
import type { Build, Stage } from '../build.ts';
import { chainOf } from '../query.ts';
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
  // A stage that no other one needs is built by its name.
  const needed = new Set(build.edges.map(({ from }) => from));
  const images = build.stages.filter((stage) => build.targets.includes(stage) || !needed.has(stage));
  const shipped = new Set<Stage>(images.flatMap(chainOf));
  const runs = new Map(writtenRuns(build).map((run) => [run.step, run]));
  for (const { steps } of build.stages.filter((stage) => shipped.has(stage))) {
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
