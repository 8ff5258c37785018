/** Images that a build takes from outside: what FROM, `--from` and `from=` name beside stages. */
import { isDistroless, isOfficialImage, movesByName, namesRelease } from '../../knowledge/index.ts';
import { type ImageReference, type Located, type Pair, parseImageReference } from '../../syntax/index.ts';
import type { Build, OutsideReference, Stage } from '../build.ts';
import { judgedStages } from '../query.ts';
import { misnamedStages } from './misnamed-stage.ts';

export interface TakenImage extends Located {
  readonly via: OutsideReference['via'];
  readonly stage: Stage;
  readonly reference: ImageReference;
  /** The global ARG whose default is part of the name. */
  readonly argument?: Pair;
}

/** Images whose names are known; those that a named context may stand for are left out. */
export function* takenImages(build: Build): Iterable<TakenImage> {
  const defaults = globalDefaults(build);
  for (const stage of judgedStages(build)) {
    const { base, from } = stage;
    if (base.kind !== 'image' || base.openTag === true) continue;
    const argument = from.image.references.map((name) => defaults.get(name)).find((pair) => pair !== undefined);
    const { reference } = base;
    yield { span: from.image.span, via: 'base', stage, reference, ...(argument === undefined ? {} : { argument }) };
  }
  for (const { span, via, stage, name, namesake, namedContext } of build.outsideReferences) {
    const reference = via === 'base' || namedContext || namesake !== undefined ? undefined : parseImageReference(name);
    if (reference !== undefined) yield { span, via, stage, reference };
  }
}

/** The ARGs before the first FROM, in order. */
export function* globalPairs(build: Build): Iterable<Pair> {
  for (const instruction of build.file.instructions)
    if (instruction.keyword === 'FROM') return;
    else if (instruction.keyword === 'ARG') yield* instruction.pairs;
}

/** Global ARGs that have a default, by name; the last of a name counts. */
export function globalDefaults(build: Build): ReadonlyMap<string, Pair> {
  const found = new Map<string, Pair>();
  for (const pair of globalPairs(build))
    if (pair.name.text !== undefined && pair.value !== undefined) found.set(pair.name.text, pair);
  return found;
}

export interface UnpinnedImage extends TakenImage {
  /** `rolling`: the tag names a flavour and no release, `node:alpine`. */
  readonly fault: 'untagged' | 'latest' | 'rolling';
  /**
   * `registry`: it is pulled; `local`: Docker Hub has no image without an owner of this name, so that it is built
   * here or stands for a named context; `without-tags`: there are no tags of releases to choose among.
   */
  readonly kind: 'registry' | 'local' | 'without-tags';
}

/** Images that another day's build may take in another release. */
export function* unpinnedImages(build: Build): Iterable<UnpinnedImage> {
  const meantForStages = new Set([...misnamedStages(build)].map(({ span }) => span));
  for (const image of takenImages(build)) {
    const { familiar, tag, digest } = image.reference;
    if (digest !== undefined || meantForStages.has(image.span)) continue;
    const fault = tag === undefined ? 'untagged' : tag === 'latest' ? 'latest' : rolling(familiar, tag);
    if (fault !== undefined) yield { ...image, fault, kind: kindOf(image.reference) };
  }
}

const rolling = (familiar: string, tag: string): 'rolling' | undefined =>
  (isOfficialImage(familiar) ? !namesRelease(familiar, tag) : movesByName(tag)) ? 'rolling' : undefined;

/** Chainguard gives its free images no tags but latest and latest-dev. */
const latestOnly = /^cgr\.dev\/chainguard\//;

function kindOf({ familiar, domain }: ImageReference): UnpinnedImage['kind'] {
  if (isDistroless(familiar) || latestOnly.test(familiar)) return 'without-tags';
  if (domain === 'localhost') return 'local';
  return familiar.includes('/') || isOfficialImage(familiar) ? 'registry' : 'local';
}
