/** Programs that load glibc when they start, in images that do not have it. */
import { type LinkedProgram, linkedProgram, linksOtherwise } from '../../knowledge/index.ts';
import type { Build, Command, Located, Stage } from '../build.ts';
import { isGlob, relativeTo, resolve } from '../files/path.ts';
import { chainOf } from '../query.ts';
import { evaluate, variablesOf } from '../state/environment.ts';

export interface ForeignProgram {
  readonly target: Stage;
  /** The COPY source that brings it. */
  readonly at: Located;
  readonly path: string;
  readonly program: LinkedProgram;
  readonly command: Command;
  readonly builtOn: Stage;
  readonly runsOn: Stage;
  /** What the image has instead. */
  readonly has: 'musl' | 'none';
}

/** Copies out of what a compiler wrote, where nothing in the file speaks of static linking or of another target. */
export function* foreignPrograms(build: Build): Iterable<ForeignProgram> {
  const stageAt = new Map(build.edges.map(({ from, span }) => [span, from]));
  for (const target of build.targets) {
    const chain = chainOf(target);
    const [runsOn] = chain;
    const has = runsOn === undefined ? undefined : libcOf(runsOn);
    if (runsOn === undefined || (has !== 'musl' && has !== 'none') || chain.some(bringsGlibc)) continue;
    for (const step of chain.flatMap(({ steps }) => steps)) {
      const { instruction, before } = step;
      if (instruction.keyword !== 'COPY' || instruction.from === undefined) continue;
      const stage = stageAt.get(instruction.from.span);
      const [builtOn] = stage === undefined ? [] : chainOf(stage);
      if (stage === undefined || builtOn === undefined || libcOf(builtOn) !== 'glibc') continue;
      if (chainOf(stage).some(speaksOfLinking) || build.context.stat('.cargo/config.toml') === 'file') continue;
      for (const word of instruction.sources) {
        const text = evaluate(word, variablesOf(before, true), build.file.escape);
        const path = text === undefined || isGlob(text) ? undefined : resolve('/', text);
        const made = path === undefined ? undefined : makerOf(path, stage);
        if (path !== undefined && made !== undefined && hasLinker(made.program, builtOn))
          yield { target, at: word, path, ...made, builtOn, runsOn, has };
      }
    }
  }
}

/** Go links with the C library where it finds a C compiler, as in its own image. */
const hasLinker = ({ language }: LinkedProgram, { base }: Stage): boolean =>
  language === 'Rust' || (base.kind === 'image' && base.reference.familiar.endsWith('golang'));

function makerOf(path: string, stage: Stage): Pick<ForeignProgram, 'program' | 'command'> | undefined {
  for (const { steps } of chainOf(stage))
    for (const command of steps.flatMap(({ commands }) => commands)) {
      const program = linkedProgram([command.name, ...command.arguments]);
      if (program === undefined || command.workdir === undefined || command.runs !== 'always') continue;
      if (relativeTo(resolve(command.workdir, program.output), path) !== undefined) return { program, command };
    }
  return undefined;
}

function libcOf({ base }: Stage): 'glibc' | 'musl' | 'none' | 'unknown' {
  if (base.kind === 'scratch') return 'none';
  return base.kind === 'image' && base.openTag !== true ? (base.facts?.libc ?? 'unknown') : 'unknown';
}

/** A compatibility layer, or the libraries themselves. */
const bringsGlibc = ({ steps }: Stage): boolean =>
  steps.some(({ instruction }) => {
    if (instruction.keyword === 'COPY') return instruction.sources.some(({ raw }) => /^\/?(?:usr\/)?lib/.test(raw));
    return instruction.keyword === 'RUN' && /glibc|gcompat|libc6|patchelf|ld-linux/.test(instruction.logical.text);
  });

/** Commands, variables and arguments of the stage that may decide how its programs are linked. */
const speaksOfLinking = ({ from, steps, result }: Stage): boolean =>
  linksOtherwise(from.image.raw) ||
  [...result.env, ...result.args].some(
    ([name, { text, via }]) => via !== 'image' && linksOtherwise(`${name}=${text ?? ''}`),
  ) ||
  steps.some(({ instruction }) => instruction.keyword === 'RUN' && linksOtherwise(instruction.logical.text));
