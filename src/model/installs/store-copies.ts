/** COPY whose paths lead into the store of pnpm by the version of a package. */
import { type StoredPackage, storedPackage } from '../../knowledge/index.ts';
import type { Located } from '../build.ts';
import { copiesOf } from '../files/copy-destinations.ts';
import { perStageAlone } from '../per-stage.ts';
import { textAt } from '../state/word-values.ts';

export interface StoreCopy extends Located, StoredPackage {
  /** `source`: the build stops when the version changes; `destination`: nothing reads the files any more. */
  readonly is: 'source' | 'destination';
}

/** One for each COPY; the destination counts more. */
export const storeCopies = perStageAlone<StoreCopy>(function* (stage, build) {
  for (const { step, instruction } of copiesOf(stage)) {
    const words = [instruction.destination, ...instruction.sources];
    for (const word of words) {
      const found = storedPackage(textAt(word, step, build) ?? '');
      if (found === undefined) continue;
      yield { span: word.span, is: word === instruction.destination ? 'destination' : 'source', ...found };
      break;
    }
  }
});
