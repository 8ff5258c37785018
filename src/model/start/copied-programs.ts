/** Programs that a compiler made in one stage and that a target takes from it. */
import { holdsProgram, javaRuntime, type LinkedProgram } from '../../knowledge/index.ts';
import type { Build, Command, Located, Stage } from '../build.ts';
import { isGlob, relativeTo, resolve } from '../files/path.ts';
import { chainOf, originOf } from '../query.ts';
import { remembered } from '../remembered.ts';
import { linkedProgramOf } from '../run/command-calls.ts';
import { evaluate, variablesOf } from '../state/environment.ts';

export interface CopiedProgram {
  readonly target: Stage;
  /** The COPY source that brings it. */
  readonly at: Located;
  readonly path: string;
  readonly program: LinkedProgram;
  /** What makes it, or the FROM that brings it. */
  readonly made: Located;
  /** The stage that it is taken from. */
  readonly stage: Stage;
  /** The roots of both chains, whose FROM names the images. */
  readonly builtOn: Stage;
  readonly runsOn: Stage;
}

export const copiedPrograms: (build: Build) => readonly CopiedProgram[] = remembered(
  (build) => build.targets,
  (build) => [...findCopies(build)],
);

function* findCopies(build: Build): Iterable<CopiedProgram> {
  const stageAt = new Map(build.edges.map(({ from, span }) => [span, from]));
  for (const target of build.targets) {
    const chain = chainOf(target);
    const [runsOn] = chain;
    if (runsOn === undefined) continue;
    for (const step of chain.flatMap(({ steps }) => steps)) {
      const { instruction, before } = step;
      if (instruction.keyword !== 'COPY' || instruction.from === undefined) continue;
      const stage = stageAt.get(instruction.from.span);
      const [builtOn] = stage === undefined ? [] : chainOf(stage);
      if (stage === undefined || builtOn === undefined || programsOf(stage).length === 0) continue;
      for (const word of instruction.sources) {
        const text = evaluate(word, variablesOf(before, true), build.file.escape);
        const path = text === undefined || isGlob(text) ? undefined : resolve('/', text);
        const made = path === undefined ? undefined : makerOf(path, stage);
        if (path !== undefined && made !== undefined) yield { target, at: word, path, ...made, stage, builtOn, runsOn };
      }
    }
  }
}

interface Made {
  readonly program: LinkedProgram;
  readonly made: Located;
  readonly output: string;
}

/** What the compilers that run for certain write, and where; the Java of the base image. */
const programsOf: (stage: Stage) => readonly Made[] = remembered(
  (stage) => stage,
  (stage) => [
    ...(stage.base.kind === 'stage' ? programsOf(stage.base.stage) : javaOf(stage)),
    ...stage.steps.flatMap(({ commands }) => commands.flatMap(madeBy)),
  ],
);

/** The folder that the image says its Java is in. */
function javaOf({ base, from }: Stage): readonly Made[] {
  const output = base.kind === 'image' ? base.facts?.env['JAVA_HOME'] : undefined;
  const program = javaRuntime(output);
  return output === undefined || program === undefined ? [] : [{ program, made: from, output }];
}

function madeBy(command: Command): readonly Made[] {
  const program = linkedProgramOf(command);
  if (program === undefined || command.workdir === undefined || command.runs !== 'always') return [];
  return [{ program, made: command, output: resolve(command.workdir, program.output) }];
}

/** A program may have been moved or copied on since. */
function makerOf(path: string, stage: Stage): Pick<Made, 'program' | 'made'> | undefined {
  const { change } = stage.result.rootfs.stat(path);
  const paths = [path, ...(change === undefined ? [] : [originOf(change).path])];
  const made = programsOf(stage).find(({ program, output }) =>
    paths.some((each) => {
      const inside = relativeTo(output, each);
      return inside !== undefined && holdsProgram(program, inside);
    }),
  );
  return made === undefined ? undefined : { program: made.program, made: made.made };
}
