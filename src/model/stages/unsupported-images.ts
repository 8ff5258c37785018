/** Images with releases in them whose support is over on the day of judgement. */
import { type EndedSupport, endedSupport } from '../../knowledge/index.ts';
import type { ImageReference } from '../../syntax/index.ts';
import type { Build } from '../build.ts';
import { chainOf } from '../query.ts';
import { remembered } from '../remembered.ts';
import { type TakenImage, takenImages } from './taken-images.ts';

export interface UnsupportedImage extends TakenImage {
  /** The longest ended first. */
  readonly ended: readonly EndedSupport[];
  /** How much it weighs: what ships before what builds, what ended long ago before what ended now. */
  readonly weight: 'heavy' | 'light' | 'slight';
}

/** Silent where no day is given. */
export function* unsupportedImages(build: Build): Iterable<UnsupportedImage> {
  const { today } = build;
  if (today === undefined) return;
  const shipping = new Set(build.targets.flatMap(chainOf));
  for (const image of takenImages(build)) {
    const ended = endedBy(image.reference, today);
    if (ended.length === 0) continue;
    const ships = image.via === 'base' && shipping.has(image.stage);
    const weights = ended.map((each) => weightOf(each) + (ships ? 1 : 0));
    const weight = Math.max(...weights);
    const { argument, ...rest } = image;
    const isDefault =
      argument?.name.text !== undefined && build.globalArguments.get(argument.name.text)?.given !== true;
    yield {
      ...rest,
      ...(isDefault ? { argument } : {}),
      ended: ended.filter((_, index) => weights[index] === weight || weights[index] === weight - 1),
      weight: weight >= 3 ? 'heavy' : weight === 2 ? 'light' : 'slight',
    };
  }
}

function endedBy(reference: ImageReference, today: string): readonly EndedSupport[] {
  const known = endedOn(reference);
  const ended = known.get(today) ?? endedSupport(reference.familiar, reference.tag, today);
  known.set(today, ended);
  return ended;
}

/** By day. */
const endedOn: (reference: ImageReference) => Map<string, readonly EndedSupport[]> = remembered(
  (reference) => reference,
  () => new Map(),
);

/** Where others make the image, they may go on with what its makers have left. */
function weightOf({ since, byMaker }: EndedSupport): number {
  if (since === 'partial') return 0;
  return (since === 'long' ? 2 : 1) - (byMaker ? 0 : 1);
}
