/** Comments behind an instruction on its line: BuildKit knows none, their words belong to the instruction. */
import type { Instruction, Located, Span } from '../../syntax/index.ts';
import type { Build, Step } from '../build.ts';
import { remembered } from '../remembered.ts';
import { ownSteps } from '../state/word-values.ts';

export interface JoinedComment extends Located {
  readonly step: Step;
  /** From `#` on; of several words the first. */
  readonly text: string;
  /** What its words become. */
  readonly becomes: 'sources' | 'value';
}

/** EXPOSE, FROM and JSON arrays with something behind them are refused, which has rules of its own; a shell knows comments. */
export const joinedComments: (build: Build) => readonly JoinedComment[] = remembered(
  (build) => build.stages,
  ({ stages }) =>
    stages.flatMap((stage) =>
      [...ownSteps(stage)].flatMap((step) => {
        const found = joinedComment(step.instruction);
        return found === undefined ? [] : { step, ...found };
      }),
    ),
);

/** What is meant as a comment in the words of an instruction. */
export function joinedComment(instruction: Instruction): Pick<JoinedComment, 'span' | 'text' | 'becomes'> | undefined {
  switch (instruction.keyword) {
    case 'COPY':
    case 'ADD': {
      const { tail } = instruction;
      return tail?.kind === 'comment' ? { span: tail.span, text: tail.text, becomes: 'sources' } : undefined;
    }
    case 'USER':
    case 'WORKDIR':
    case 'STOPSIGNAL':
      return inValue(instruction.value);
    case 'ENV':
      return instruction.pairs.length === 1 ? inValue(instruction.pairs[0]?.value) : undefined;
    default:
      return undefined;
  }
}

/** Behind a blank that no quotes hold: a value in the old form, `ENV NAME value # comment`, goes on to the end of the line. */
function inValue(
  word: { readonly raw: string; readonly span: Span } | undefined,
): Pick<JoinedComment, 'span' | 'text' | 'becomes'> | undefined {
  if (word === undefined || word.span.line !== word.span.endLine) return undefined;
  const sign = word.raw.search(/(?<=\s)#(?:\s|$)/);
  const value = word.raw.slice(0, Math.max(0, sign)).trimEnd();
  if (value === '' || /["'\\]/.test(value)) return undefined;
  const text = word.raw.slice(sign);
  return { span: { ...word.span, column: word.span.endColumn - text.length }, text, becomes: 'value' };
}
