/** Stages from which nothing ends in any image that the project builds. */
import { stagePurpose } from '../../knowledge/index.ts';
import type { Base, Build, Stage } from '../build.ts';
import { chainOf } from '../query.ts';
import { remembered } from '../remembered.ts';
import { baseServes } from '../start/serves-by-itself.ts';
import { purposeOf } from '../start/start.ts';
import { misnamedStages } from './misnamed-stage.ts';
import { callsFor } from './ship-targets.ts';

export interface UnreachableStage {
  readonly stage: Stage;
  /** `step`: by its name it serves other stages; `empty`: called like what ships, with nothing of the project in it. */
  readonly looksLike: 'step' | 'empty';
  /** Files of the project say how this Dockerfile is built, and none of them needs the stage. */
  readonly built: 'elsewhere' | 'unknown';
}

/**
 * Named stages that no ship target needs and nobody is likely to ask for by `--target`. Stages for development
 * and tests, and those with names that may be products of their own, are asked for by hand.
 */
export function* unreachableStages(build: Build): Iterable<UnreachableStage> {
  const { targets, evidence } = build;
  const unused = unusedStages(build);
  if (unused.length > targets.length + 1) return;
  const left = unused.filter((stage) => !targets.includes(stage));
  const built = evidence.calls.length > 0 ? 'elsewhere' : 'unknown';
  const shipsSteps = targets.some((target) => target.name !== undefined && isStep(target));
  // Several of them, or steps that ship: a file of many images.
  if (left.length > 1 || shipsSteps) return;
  for (const stage of left) {
    if (isStep(stage)) yield { stage, looksLike: 'step', built };
    else if (stagePurpose(stage.id) === 'production' && isEmpty(stage)) yield { stage, looksLike: 'empty', built };
  }
}

/** Those that nobody names, or is likely to ask for; none where a reference may name any stage. */
const unusedStages: (build: Build) => readonly Stage[] = remembered(
  (build) => build.stages,
  (build) => {
    const { stages, edges, evidence } = build;
    if (evidence.calls.some(({ target }) => target === 'unknown') || stages.some(mayNameAnyStage)) return [];
    if ([...build.shipsBecause.values()].some(({ because }) => because === 'asked')) return [];
    const used = new Set([
      ...edges.map((edge) => edge.from),
      ...[...misnamedStages(build)].map((reference) => reference.meant),
      ...stages.filter((stage) => callsFor(build, stage).length > 0),
    ]);
    return stages.filter((stage) => !used.has(stage) && stage.name !== undefined && !isBuiltByHand(stage));
  },
);

const isBuiltByHand = (stage: Stage): boolean => {
  const purpose = purposeOf(stage);
  return purpose === 'development' || purpose === 'test' || purpose === 'artifact';
};

const isStep = (stage: Stage): boolean =>
  ['base', 'build', 'dependencies'].includes(stagePurpose(stage.id) ?? '') && startsNothing(stage);

const startsNothing = ({ result }: Stage): boolean => result.entrypoint === undefined && result.cmd === undefined;

/** Nothing is copied into it, and it sets nothing to start; a server image would start by itself. */
const isEmpty = (stage: Stage): boolean =>
  startsNothing(stage) &&
  baseServes(stage) === 'no' &&
  chainOf(stage).every(({ steps }) =>
    steps.every(({ instruction: { keyword } }) => keyword !== 'COPY' && keyword !== 'ADD'),
  );

/** An image that no stage can be called like. */
const isNoName = (base: Base): boolean =>
  base.kind === 'image' && (base.reference.tag !== undefined || base.reference.familiar.includes('/'));

/** A FROM or `--from` with a variable, in whose place another stage may be named; none where an image stands there by default. */
function mayNameAnyStage({ base, from, steps }: Stage): boolean {
  if (from.image.references.length > 0 && !(/[/:]/.test(from.image.raw) ? base.kind === 'image' : isNoName(base)))
    return true;
  return steps.some(({ instruction }) => {
    if (instruction.keyword === 'RUN')
      return instruction.mounts.some((mount) => (mount.from?.references.length ?? 0) > 0);
    return instruction.keyword === 'COPY' && (instruction.from?.references.length ?? 0) > 0;
  });
}
