/** Arguments that are meant as a JSON array and are none. */
import { type BrokenArray, brokenArray, type Instruction } from '../../syntax/index.ts';
import type { Build } from '../build.ts';
import { ownSteps } from '../state/word-values.ts';

export interface BrokenForm extends BrokenArray {
  readonly keyword: Instruction['keyword'];
  readonly instruction: Instruction;
}

/** Triggers of ONBUILD as well. */
export function* brokenArrays(build: Build): Iterable<BrokenForm> {
  for (const stage of build.stages)
    for (const step of ownSteps(stage)) {
      const instruction = step.instruction.keyword === 'ONBUILD' ? step.instruction.trigger : step.instruction;
      const broken = brokenArray(instruction);
      if (broken !== undefined) yield { ...broken, keyword: instruction.keyword, instruction };
    }
}
