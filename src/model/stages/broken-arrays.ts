/** Arguments that are meant as a JSON array and are none. */
import { type BrokenArray, brokenArray, type Instruction } from '../../syntax/index.ts';
import { perStageAlone } from '../per-stage.ts';
import { ownSteps } from '../state/word-values.ts';

export interface BrokenForm extends BrokenArray {
  readonly keyword: Instruction['keyword'];
  readonly instruction: Instruction;
}

/** Triggers of ONBUILD as well. */
export const brokenArrays = perStageAlone<BrokenForm>(function* (stage) {
  for (const step of ownSteps(stage)) {
    const instruction = step.instruction.keyword === 'ONBUILD' ? step.instruction.trigger : step.instruction;
    const broken = brokenArray(instruction);
    if (broken !== undefined) yield { ...broken, keyword: instruction.keyword, instruction };
  }
});
