/** The words of EXPOSE, read. */
import { type PortSpec, readPortSpec } from '../../knowledge/index.ts';
import type { Build, Located } from '../build.ts';
import { undefinedVariables } from '../state/undefined-variables.ts';
import { outlineAt, ownSteps } from '../state/word-values.ts';

export interface ExposedWord extends Located {
  readonly text: string;
  readonly spec: PortSpec;
}

/**
 * Every port that an EXPOSE of the file names, those of variables too whose value is known. Triggers
 * of ONBUILD as well; of what is meant as a comment the first word. What is left of a word where a variable is missing is
 * no port that anybody wrote.
 */
export function* exposedWords(build: Build): Iterable<ExposedWord> {
  const refused = undefinedVariables(build).filter(({ stops }) => stops === 'refused');
  const torn = new Set(refused.map(({ word }) => word));
  for (const stage of build.stages)
    for (const step of ownSteps(stage)) {
      const instruction = step.instruction.keyword === 'ONBUILD' ? step.instruction.trigger : step.instruction;
      if (instruction.keyword !== 'EXPOSE') continue;
      const comment = instruction.values.findIndex(({ raw }) => raw.startsWith('#'));
      for (const word of comment === -1 ? instruction.values : instruction.values.slice(0, comment + 1))
        for (const text of torn.has(word) ? [] : outlineAt(word, step, build).split(/\s+/))
          if (text !== '') yield { span: word.span, text, spec: readPortSpec(text) };
    }
}
