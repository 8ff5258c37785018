/** References that are meant for a stage and do not reach it: misspelled, too early, in capitals. */
import { baseImage, isOfficialImage, stagePurpose } from '../../knowledge/index.ts';
import { type Located, parseImageReference } from '../../syntax/index.ts';
import type { Build, OutsideReference, Stage } from '../build.ts';
import { areNear } from '../files/near-names.ts';

export interface MisnamedStage extends Located {
  readonly via: OutsideReference['via'];
  /** As the reference has it, variables expanded. */
  readonly name: string;
  readonly meant: Stage;
  /**
   * `misspelled`: nearly the name of an earlier stage; `later` and `itself`: the stage of that name does not stand
   * before; `capitals`: FROM compares the name as written with the names in lower case; `number`: FROM takes none;
   * `impossible`: misspelled so that no image can have the name; `unnamed`: called like what the stage does, which
   * has another name or none.
   */
  readonly fault: 'misspelled' | 'later' | 'itself' | 'capitals' | 'number' | 'impossible' | 'unnamed';
}

/**
 * BuildKit takes a name that is no earlier stage for an image; COPY and mounts of a later stage or of
 * their own one stop the build (frontend/dockerfile/dockerfile2llb, checked by building them).
 */
export function* misnamedStages(build: Build): Iterable<MisnamedStage> {
  for (const reference of build.outsideReferences) {
    const found = misnamed(reference, build);
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
  const earlier = build.stages.slice(0, stage.index);
  const near = earlier.findLast((each) => each.name !== undefined && areNear(name.toLowerCase(), each.id));
  if (near !== undefined) return { meant: near, fault: isPossible ? 'misspelled' : 'impossible' };
  const meant = via === 'base' ? undefined : calledByPurpose(name, earlier);
  return meant === undefined ? undefined : { meant, fault: 'unnamed' };
}

/** The one earlier stage that `builder`, `deps` or the like can be: it has no name, or another one for the same. */
function calledByPurpose(name: string, earlier: readonly Stage[]): Stage | undefined {
  const purpose = stagePurpose(name);
  if (purpose !== 'build' && purpose !== 'dependencies') return undefined;
  const [meant, ...others] = earlier.filter((each) => each.name === undefined || stagePurpose(each.id) === purpose);
  return others.length === 0 ? meant : undefined;
}

const isImage = (name: string): boolean => isOfficialImage(name) || baseImage(name, undefined) !== undefined;
