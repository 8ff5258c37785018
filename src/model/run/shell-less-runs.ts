/** RUNs for a shell that the stage does not have. */
import type { RunInstruction } from '../../syntax/index.ts';
import type { Build, Located, Stage, Step } from '../build.ts';
import { lacksShell, mayHoldShell } from '../files/no-shell.ts';
import { chainOf } from '../query.ts';
import { ownSteps } from '../state/word-values.ts';

export interface ShellLessRun extends Located {
  readonly stage: Stage;
  /** The stage whose FROM names the image without a shell. */
  readonly root: Stage;
}

/** The first of each stage, as the build stops there. */
export function* shellLessRuns(build: Build): Iterable<ShellLessRun> {
  for (const stage of build.stages) {
    const chain = chainOf(stage);
    const [root] = chain;
    const first = ownSteps(stage).find(({ instruction }) => instruction.keyword === 'RUN');
    const ranBefore = chain.some((each) => each !== stage && each.steps.some(runs));
    if (first === undefined || root === undefined || ranBefore) continue;
    const { instruction, before } = first;
    if (instruction.keyword !== 'RUN' || !needsShell(instruction) || !lacksShell(stage, before)) continue;
    yield { span: instruction.keywordSpan, stage, root };
  }
}

const runs = ({ instruction }: Step): boolean => instruction.keyword === 'RUN';

/** A heredoc that names its program runs without a shell; a mount may bring one along; an array may name one. */
function needsShell({ form, exec, line, heredocs, mounts }: RunInstruction): boolean {
  const script = heredocs[0]?.content;
  const ownProgram = script?.startsWith('#!') === true && line.text.trimStart().startsWith('<<');
  const text = line.text.trim();
  return (
    (form === 'shell' ? text !== '' && !ownProgram : exec[0]?.text === '/bin/sh') &&
    mounts.every(({ type, target }) => type !== 'bind' || (target?.text !== undefined && !mayHoldShell(target.text)))
  );
}
