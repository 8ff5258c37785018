/** Every command that a file has, also those that do not run when it is built as it stands. */
import { type Invocation, readInvocation } from '../../knowledge/index.ts';
import { commandName, runScript, type ShellCommand, type ShellScript, simpleCommands } from '../../syntax/index.ts';
import type { Build, Command, Stage, Step } from '../build.ts';
import { judgedStages } from '../query.ts';
import { remembered } from '../remembered.ts';

/**
 * The commands of each RUN in order, then those that the defaults of its arguments leave out, and the commands of
 * ONBUILD triggers that no stage of the file pulls; of both, words are known as far as they have no variable.
 */
export const writtenCommands = (build: Build, stages: Iterable<Stage> = judgedStages(build)): readonly Command[] =>
  [...stages].flatMap(
    basesOf(build).size === 0
      ? withTriggers
      : (stage) => (basesOf(build).has(stage) ? withoutTriggers : withTriggers)(stage),
  );

const withTriggers: (stage: Stage) => readonly Command[] = remembered(
  (stage) => stage,
  ({ steps }) => steps.flatMap((step) => [...step.commands, ...commandsLeftOut(step)]),
);

/** Of a stage whose triggers run in another one. */
const withoutTriggers: (stage: Stage) => readonly Command[] = remembered(
  (stage) => stage,
  ({ steps }) =>
    steps.flatMap((step) => [
      ...step.commands,
      ...(step.instruction.keyword === 'ONBUILD' ? [] : commandsLeftOut(step)),
    ]),
);

/** The stages that others are based on. */
export const basesOf: (build: Build) => ReadonlySet<Stage> = remembered(
  (build) => build.stages,
  ({ stages }) => new Set(stages.flatMap(({ base }) => (base.kind === 'stage' ? [base.stage] : []))),
);

/** Of a RUN, or of the RUN that an ONBUILD holds. */
function commandsLeftOut(step: Step): readonly Command[] {
  const { instruction, script } = step;
  if (script !== undefined) return leftOut(step, script);
  if (instruction.keyword !== 'ONBUILD' || instruction.trigger.keyword !== 'RUN') return [];
  return leftOut(step, runScript(instruction.trigger, step.before.shell));
}

function leftOut(step: Step, script: ShellScript): readonly Command[] {
  const written = simpleCommands(script);
  if (written.length === step.commands.length) return [];
  const done = new Set(step.commands.map(({ span }) => span));
  return written.flatMap((shell) => (shell.index !== -1 && !done.has(shell.span) ? [asWritten(shell, step)] : []));
}

function asWritten(shell: ShellCommand, step: Step): Command {
  const name = commandName(shell);
  const words = shell.effective.slice(1).map(({ text }) => text);
  const invocation: Invocation | undefined = readInvocation([name, ...words]);
  return {
    span: shell.span,
    step,
    shell,
    arguments: words,
    runs: shell.runs,
    ...(name === undefined ? {} : { name }),
    ...(invocation === undefined ? {} : { invocation }),
  };
}
