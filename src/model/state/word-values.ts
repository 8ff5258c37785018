/** What the words of an instruction come to where it stands. */
import { type ExpandedVariable, expandedVariables, type Instruction, type Word } from '../../syntax/index.ts';
import type { Build, Stage, Step } from '../build.ts';
import { remembered } from '../remembered.ts';
import { evaluate, renderText, variablesOf } from './environment.ts';
import { isOpenBase } from './image-state.ts';

/** The text of a word of `step`, variables expanded and quotes removed; undefined when it is not known. */
export const textAt = (word: Word, step: Step, build: Build): string | undefined =>
  evaluate(word, variablesOf(step.before, isOpenBase(step.stage.base)), build.file.escape);

/** The same with U+FFFC for each part that is not known. */
export const outlineAt = (word: Word, step: Step, build: Build): string =>
  textAt(word, step, build) ??
  renderText(word.raw, variablesOf(step.before, isOpenBase(step.stage.base)), build.file.escape);

/** Every variable that BuildKit puts the value in of. */
export const variablesIn: (of: {
  readonly instruction: Instruction;
  readonly build: Build;
}) => readonly ExpandedVariable[] = remembered(
  ({ instruction }) => instruction,
  ({ instruction, build }) => [...expandedVariables(instruction, build.file.escape)],
);

/** The steps that stand in the stage itself, those left out that ONBUILD of its parent brings. */
export const ownSteps: (stage: Stage) => readonly Step[] = remembered(
  (stage) => stage.steps,
  (stage) => stage.steps.filter(({ instruction }) => instruction.onbuild === undefined),
);
