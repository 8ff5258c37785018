/** Labels whose keys are not spelled as keys of labels are. */
import { type LabelKeyFault, labelKeyFault } from '../../knowledge/index.ts';
import type { Build, Located } from '../build.ts';
import { textAt } from '../state/word-values.ts';
import { writtenPairs } from '../state/written-pairs.ts';

export interface MalformedLabelKey extends Located {
  readonly key: string;
  readonly fault: LabelKeyFault;
}

export function* malformedLabelKeys(build: Build): Iterable<MalformedLabelKey> {
  for (const { pair, instruction, step } of writtenPairs(build.stages)) {
    if (instruction.keyword !== 'LABEL') continue;
    const key = textAt(pair.name, step, build);
    const fault = key === undefined ? undefined : labelKeyFault(key);
    if (key !== undefined && fault !== undefined) yield { span: pair.name.span, key, fault };
  }
}
