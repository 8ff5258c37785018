/** References that are meant for a stage and do not reach it: misspelled, too early, in capitals. */
import {
  baseImage,
  isOfficialImage,
  isSystemDirectory,
  type StagePurpose,
  stagePurpose,
} from '../../knowledge/index.ts';
import { type Located, parseImageReference, type Span, type Word } from '../../syntax/index.ts';
import type { Build, OutsideReference, Stage } from '../build.ts';
import { areNear } from '../files/near-names.ts';
import { relativeTo, resolve } from '../files/path.ts';
import { remembered } from '../remembered.ts';

export interface MisnamedStage extends Located {
  readonly via: OutsideReference['via'];
  /** As the reference has it, variables expanded. */
  readonly name: string;
  readonly meant: Stage;
  /**
   * `misspelled`: nearly the name of an earlier stage; `later` and `itself`: the stage of that name does not stand
   * before; `capitals`: FROM compares the name as written with the names in lower case; `number`: FROM takes none;
   * `impossible`: misspelled so that no image can have the name; `unnamed`: called like what the stage does, which
   * has another name or none; `base`: the image that the stage is made from, which has no such path.
   */
  readonly fault: 'misspelled' | 'later' | 'itself' | 'capitals' | 'number' | 'impossible' | 'unnamed' | 'base';
}

/**
 * BuildKit takes a name that is no earlier stage for an image; COPY and mounts of a later stage or of
 * their own one stop the build (frontend/dockerfile/dockerfile2llb, checked by building them).
 */
export function* misnamedStages(build: Build): Iterable<MisnamedStage> {
  const earlier = createEarlierStages(build);
  for (const reference of build.outsideReferences) {
    const found = builtUpon(reference, build) ?? misnamed(reference, build, earlier(reference.stage));
    if (found !== undefined) yield { span: reference.span, via: reference.via, name: reference.name, ...found };
  }
  for (const { base, from } of build.stages) {
    const name = from.image.text;
    if (base.kind === 'stage' && name !== undefined && name !== name.toLowerCase())
      yield { span: from.image.span, via: 'base', name, meant: base.stage, fault: 'capitals' };
  }
}

function misnamed(
  { via, name, stage, namesake, namedContext }: OutsideReference,
  build: Build,
  earlier: EarlierStages,
): Pick<MisnamedStage, 'meant' | 'fault'> | undefined {
  if (namedContext) return undefined;
  if (namesake !== undefined && via !== 'base')
    return { meant: namesake, fault: namesake === stage ? 'itself' : 'later' };
  const numbered = via === 'base' && /^\d+$/.test(name) ? build.stages[Number(name)] : undefined;
  if (numbered !== undefined && numbered.index < stage.index) return { meant: numbered, fault: 'number' };
  const isPossible = parseImageReference(name) !== undefined;
  // `FROM nginx AS nginx` is an image that lends its name to the stage.
  if ((isPossible && !/^[\w-]+$/.test(name)) || namesake === stage || isImage(name)) return undefined;
  if (namesake !== undefined) return { meant: namesake, fault: 'later' };
  const near = earlier.near(name.toLowerCase());
  if (near !== undefined) return { meant: near, fault: isPossible ? 'misspelled' : 'impossible' };
  const meant = via === 'base' ? undefined : earlier.calledByPurpose(name);
  return meant === undefined ? undefined : { meant, fault: 'unnamed' };
}

/** `FROM node AS build`, and `--from=node` for what that stage makes in its folder: nothing else takes from it. */
function builtUpon(
  { via, name, stage, span, namesake, namedContext }: OutsideReference,
  build: Build,
): Pick<MisnamedStage, 'meant' | 'fault'> | undefined {
  if (via !== 'copy' || namesake !== undefined || namedContext) return undefined;
  const { familiar, tag } = parseImageReference(name) ?? {};
  const meant = familiar === undefined ? undefined : leftAlone(build).get(familiar);
  if (meant === undefined || meant.index >= stage.index || meant.base.kind !== 'image') return undefined;
  if (tag !== undefined && tag !== meant.base.reference.tag) return undefined;
  const { workdir } = meant.result;
  const sources = sourcesByFrom(stage).get(span) ?? [];
  if (workdir === undefined || isSystemDirectory(workdir) || sources.length === 0) return undefined;
  const isMade = ({ text }: Word): boolean =>
    text !== undefined && relativeTo(workdir, resolve('/', text)) !== undefined;
  return sources.every(isMade) ? { meant, fault: 'base' } : undefined;
}

/** What the COPYs of a stage take, by the place of their `--from`. */
const sourcesByFrom: (stage: Stage) => ReadonlyMap<Span, readonly Word[]> = remembered(
  (stage) => stage,
  ({ steps }) =>
    new Map(
      steps.flatMap(({ instruction }) =>
        instruction.keyword === 'COPY' && instruction.from !== undefined
          ? [[instruction.from.span, instruction.sources] as const]
          : [],
      ),
    ),
);

/** By the image that they are made from, those that no other stage uses; none of two of an image. */
const leftAlone: (build: Build) => ReadonlyMap<string, Stage> = remembered(
  (build) => build.stages,
  ({ stages, edges }) => {
    const used = new Set(edges.map(({ from }) => from));
    const found = new Map<string, Stage | undefined>();
    for (const stage of stages) {
      if (stage.base.kind !== 'image' || stage.base.openTag === true) continue;
      const { familiar } = stage.base.reference;
      found.set(familiar, found.has(familiar) || used.has(stage) ? undefined : stage);
    }
    return new Map([...found].flatMap(([image, stage]) => (stage === undefined ? [] : [[image, stage] as const])));
  },
);

/** The stages before one. */
interface EarlierStages {
  /** The last that has nearly this name, which is in lower case. */
  near(name: string): Stage | undefined;
  /** The one that `builder`, `deps` or the like can be: it has no name, or another one for the same. */
  calledByPurpose(name: string): Stage | undefined;
}

/** For references in the order of their stages; each name is compared once with each other one, however often they stand there. */
function createEarlierStages({ stages }: Build): (stage: Stage) => EarlierStages {
  const names = new Set(stages.flatMap(({ name, id }) => (name === undefined ? [] : id)));
  const namesNear = new Map<string, readonly string[]>();
  const lastCalled = new Map<string, Stage>();
  const byPurpose = new Map<StagePurpose | undefined, Stage[]>();
  let seen = 0;
  const earlier: EarlierStages = {
    near(name) {
      let near = namesNear.get(name);
      if (near === undefined) {
        near = [...names].filter((each) => areNear(name, each));
        namesNear.set(name, near);
      }
      return near
        .flatMap((each) => lastCalled.get(each) ?? [])
        .sort((one, other) => one.index - other.index)
        .at(-1);
    },
    calledByPurpose(name) {
      const purpose = stagePurpose(name);
      if (purpose !== 'build' && purpose !== 'dependencies') return undefined;
      const [meant, ...others] = [...(byPurpose.get(undefined) ?? []), ...(byPurpose.get(purpose) ?? [])];
      return others.length === 0 ? meant : undefined;
    },
  };
  return ({ index }) => {
    for (const stage of stages.slice(seen, index)) {
      if (stage.name !== undefined) lastCalled.set(stage.id, stage);
      const purpose = stage.name === undefined ? undefined : stagePurpose(stage.id);
      const alike = byPurpose.get(purpose) ?? [];
      // Two of a kind are as many as a thousand.
      if ((stage.name === undefined || purpose !== undefined) && alike.length < 2)
        byPurpose.set(purpose, [...alike, stage]);
    }
    seen = Math.max(seen, index);
    return earlier;
  };
}

const isImage = (name: string): boolean => isOfficialImage(name) || baseImage(name, undefined) !== undefined;
