/** References that are meant for a stage and do not reach it: misspelled, too early, in capitals. */
import { baseImage, isOfficialImage } from '../../knowledge/index.ts';
import type { Located } from '../../syntax/index.ts';
import type { Build, OutsideReference, Stage } from '../build.ts';
import { areNear } from '../files/near-names.ts';

export interface MisnamedStage extends Located {
  readonly via: OutsideReference['via'];
  /** As the reference has it, variables expanded. */
  readonly name: string;
  readonly meant: Stage;
  /**
   * `misspelled`: nearly the name of an earlier stage; `later` and `itself`: the stage of that name does not stand
   * before; `capitals`: FROM compares the name as written with the names in lower case; `number`: FROM takes none.
   */
  readonly fault: 'misspelled' | 'later' | 'itself' | 'capitals' | 'number';
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
  // `FROM nginx AS nginx` is an image that lends its name to the stage.
  if (!/^[\w-]+$/.test(name) || namesake === stage || isImage(name)) return undefined;
  if (namesake !== undefined) return { meant: namesake, fault: 'later' };
  const earlier = build.stages.filter((each) => each.name !== undefined && each.index < stage.index);
  const meant = earlier.findLast((each) => areNear(name.toLowerCase(), each.id));
  return meant === undefined ? undefined : { meant, fault: 'misspelled' };
}

const isImage = (name: string): boolean => isOfficialImage(name) || baseImage(name, undefined) !== undefined;
