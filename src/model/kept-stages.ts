/** Stages of an earlier build of the same file that are what interpreting them again would give. */
import type { BuildContext } from '../context/context.ts';
import type { FromInstruction, Instruction } from '../syntax/index.ts';
import type { Build, Stage } from './build.ts';
import type { OpenStage } from './interpret.ts';
import type { NamedContexts } from './stages/stage-references.ts';
import type { GivenArguments } from './state/passed-arguments.ts';

/** What all stages of a build are made of, beside their instructions. */
export interface Ground {
  readonly context: BuildContext;
  readonly escape: '\\' | '`';
  readonly shell: readonly string[] | undefined;
  readonly given: GivenArguments;
  readonly contexts: NamedContexts;
  /** The instructions before the first FROM. */
  readonly preamble: readonly Instruction[];
}

/** A stage and what it is made of. */
interface Origin {
  readonly stage: OpenStage;
  readonly body: readonly Instruction[];
  /** Where its COPY, ADD and mounts take from, and where they say that they do. */
  readonly sources: Set<Stage>;
}

interface Made {
  readonly ground: Ground;
  /** In the order of the file. */
  readonly origins: readonly Origin[];
}

const madeOf = new WeakMap<Build, Made>();

export interface KeptStages {
  /** The earlier stage in the place of the one that would come next; undefined where that has to be interpreted. */
  next(from: FromInstruction, body: readonly Instruction[], isFinal: boolean): OpenStage | undefined;
  /** Notes the stage that comes next, and gives the list that its sources are to be added to. */
  add(stage: OpenStage, body: readonly Instruction[]): Set<Stage>;
  /** To be called when all is known of the build; false where a stage that was kept is no longer what it was. */
  finish(build: Build, reachable: ReadonlySet<Stage>): boolean;
}

/**
 * The stages of `previous` that have the same instructions, in the same lines, on the same ground, and whose sources are
 * kept, too. Stages in which secrets are known or used are not: what is known of a secret grows with the other stages.
 */
export function keptStages(previous: Build | undefined, ground: Ground): KeptStages {
  const earlier = previous && madeOf.get(previous);
  const known = earlier !== undefined && isSameGround(earlier.ground, ground) ? earlier.origins : [];
  const secretive = new Set(previous?.secrets.flatMap(({ stage, uses }) => [stage, ...uses.map((step) => step.stage)]));
  const origins: Origin[] = [];
  const kept = new Set<Stage>();
  let namesAreSame = true;
  return {
    next(from, body, isFinal) {
      const origin = known[origins.length];
      if (origin === undefined || !namesAreSame) return undefined;
      const { stage } = origin;
      const isSame =
        stage.from === from &&
        stage.final === isFinal &&
        isSameList(origin.body, body) &&
        !secretive.has(stage) &&
        (stage.base.kind !== 'stage' || kept.has(stage.base.stage)) &&
        [...origin.sources].every((source) => kept.has(source));
      if (!isSame) return undefined;
      kept.add(stage);
      origins.push(origin);
      return stage;
    },
    add(stage, body) {
      const before = known[origins.length]?.stage;
      namesAreSame &&= before?.id === stage.id && (before.name === undefined) === (stage.name === undefined);
      const sources = new Set<Stage>();
      origins.push({ stage, body, sources });
      return sources;
    },
    finish(build, reachable) {
      for (const { from, to } of build.edges) origins[to.index]?.sources.add(from);
      madeOf.set(build, { ground, origins });
      return [...kept].every((stage) => stage.reachable === reachable.has(stage));
    },
  };
}

const isSameGround = (one: Ground, other: Ground): boolean =>
  one.context === other.context &&
  one.escape === other.escape &&
  isSameList(one.shell ?? [], other.shell ?? []) &&
  (one.shell === undefined) === (other.shell === undefined) &&
  isSameList([...one.given].flat(), [...other.given].flat()) &&
  isSameList([...one.contexts], [...other.contexts]) &&
  isSameList(one.preamble, other.preamble);

const isSameList = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.length === other.length && one.every((each, at) => each === other[at]);
