/** What is found in each stage by itself is worked out once, whatever target is judged. */
import type { Build, Command, Stage, Step } from './build.ts';
import { chainOf, judgedStages } from './query.ts';
import { remembered } from './remembered.ts';

/** `find` for some stages, by default those that are judged; it must not hang on the targets. */
export function perStage<Found>(
  find: (stage: Stage, build: Build) => Iterable<Found>,
): (build: Build, stages?: Iterable<Stage>) => Iterable<Found> {
  const knownIn = remembered(
    (build: Build) => build.stages,
    () => new Map<Stage, readonly Found[]>(),
  );
  return function* (build, stages = judgedStages(build)) {
    const known = knownIn(build);
    for (const stage of stages) {
      let found = known.get(stage);
      if (found === undefined) {
        found = [...find(stage, build)];
        known.set(stage, found);
      }
      yield* found;
    }
  };
}

/**
 * `find` for some stages, by default those that are judged, kept with each while others change. It may hang on the stage, on those that it is made of
 * and on what all share (context, global arguments, escape character), and neither on other stages, nor on targets, nor
 * on the day: of a text that is edited, a stage stays the same for as long as these do.
 */
export function perStageAlone<Found>(
  find: (stage: Stage, build: Build) => Iterable<Found>,
): (build: Build, stages?: Iterable<Stage>) => readonly Found[] {
  const known = remembered(
    ({ stage }: { readonly stage: Stage; readonly build: Build }) => stage,
    ({ stage, build }) => [...find(stage, build)],
  );
  return (build, stages = judgedStages(build)) => [...stages].flatMap((stage) => known({ stage, build }));
}

/** The first command of each reachable stage for which `find` answers: the build does not get further. As for `perStageAlone`. */
export const firstOfStage = <Found>(
  find: (command: Command, build: Build) => Found | undefined,
): ((build: Build, stages?: Iterable<Stage>) => readonly Found[]) =>
  perStageAlone(function* ({ reachable, steps }, build) {
    if (!reachable) return;
    for (const { commands } of steps)
      for (const command of commands) {
        const found = find(command, build);
        if (found === undefined) continue;
        yield found;
        return;
      }
  });

/**
 * Whether before a command, in its stage or in those that the stage is based on, one runs that `is` means, or stands an
 * instruction that `isStep` means; without a command, whether there is one at all. Looked for once a stage.
 */
export function preceded(
  is: (command: Command) => boolean,
  isStep: (step: Step) => boolean = () => false,
): (stage: Stage, command?: Command) => boolean {
  interface Preceded {
    readonly found: boolean;
    readonly behind: ReadonlySet<Command>;
  }
  const inStage: (stage: Stage) => Preceded = remembered(
    (stage) => stage,
    ({ base, steps }) => {
      let found = base.kind === 'stage' && inStage(base.stage).found;
      const behind = new Set<Command>();
      for (const step of steps) {
        for (const command of step.commands) {
          if (found) behind.add(command);
          else found = is(command);
        }
        found ||= isStep(step);
      }
      return { found, behind };
    },
  );
  return (stage, command) => {
    const { found, behind } = inStage(stage);
    return command === undefined ? found : behind.has(command);
  };
}

/** The same for each of some names, which are few: what is looked for hangs on the name. */
export function precededFor(
  is: (command: Command, name: string) => boolean,
  isStep?: (step: Step) => boolean,
): (name: string) => ReturnType<typeof preceded> {
  const known = new Map<string, ReturnType<typeof preceded>>();
  return (name) => {
    const found = known.get(name) ?? preceded((command) => is(command, name), isStep);
    known.set(name, found);
    return found;
  };
}

/** The commands of a stage and of those that it is based on, in their order, and which place each has. */
const commandsInOrder = remembered(
  (stage: Stage) => stage,
  (stage) => {
    const commands = chainOf(stage).flatMap(({ steps }) => steps.flatMap((step) => step.commands));
    return { commands, places: new Map(commands.map((command, place) => [command, place])) };
  },
);

/** The commands that run before one, in its stage and in those that the stage is based on, in their order. */
export function commandsBefore(command: Command): readonly Command[] {
  const { commands, places } = commandsInOrder(command.step.stage);
  return commands.slice(0, places.get(command));
}
