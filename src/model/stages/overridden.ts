/** Instructions of which an image keeps one, given again in the same stage. */
import type { Instruction } from '../../syntax/index.ts';
import type { Build, Step } from '../build.ts';
import { ownSteps } from '../state/word-values.ts';

export interface OverriddenInstruction {
  readonly step: Step;
  /** The next one of its kind in the stage, which takes its place. */
  readonly by: Step;
  readonly keyword: 'CMD' | 'ENTRYPOINT' | 'HEALTHCHECK';
}

/** Each CMD, ENTRYPOINT and HEALTHCHECK that another one below it in its stage replaces. */
export function* overriddenInstructions(build: Build): Iterable<OverriddenInstruction> {
  for (const stage of build.stages) {
    const latest = new Map<Instruction['keyword'], Step>();
    for (const step of ownSteps(stage)) {
      const { keyword } = step.instruction;
      if (keyword !== 'CMD' && keyword !== 'ENTRYPOINT' && keyword !== 'HEALTHCHECK') continue;
      const earlier = latest.get(keyword);
      if (earlier !== undefined) yield { step: earlier, by: step, keyword };
      latest.set(keyword, step);
    }
  }
}
