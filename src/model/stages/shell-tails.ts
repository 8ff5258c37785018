/** Operators of a shell in instructions that no shell reads. */
import type { Located } from '../../syntax/index.ts';
import type { Build, Step } from '../build.ts';
import { remembered } from '../remembered.ts';
import { ownSteps } from '../state/word-values.ts';

export interface ShellTail extends Located {
  readonly step: Step;
  /** The operator. */
  readonly text: string;
  /** What the words behind it become. */
  readonly becomes: 'sources' | 'value';
}

export const shellTails: (build: Build) => readonly ShellTail[] = remembered(
  (build) => build.stages,
  ({ stages }) =>
    stages.flatMap((stage) =>
      [...ownSteps(stage)].flatMap((step) => {
        const found = shellTail(step);
        return found === undefined ? [] : { step, ...found };
      }),
    ),
);

function shellTail({ instruction }: Step): Pick<ShellTail, 'span' | 'text' | 'becomes'> | undefined {
  if (instruction.keyword === 'COPY' || instruction.keyword === 'ADD') {
    const { tail } = instruction;
    return tail?.kind === 'shell' ? { span: tail.span, text: tail.text, becomes: 'sources' } : undefined;
  }
  if (instruction.keyword !== 'WORKDIR' && instruction.keyword !== 'USER') return undefined;
  const { raw, span } = instruction.value;
  if (span.line !== span.endLine) return undefined;
  const operator = /^[^\s"'\\]+\s+(?<text>&&|\|\|)\s/.exec(raw);
  const text = operator?.groups?.['text'];
  if (operator === null || text === undefined) return undefined;
  const column = span.column + operator[0].lastIndexOf(text);
  return { span: { ...span, column, endColumn: column + text.length }, text, becomes: 'value' };
}
