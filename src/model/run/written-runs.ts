/** RUN as it is written, each once, those that ONBUILD holds included. */
import {
  commandName,
  expandShellWord,
  type Located,
  type RunInstruction,
  runScript,
  type ShellCommand,
  type ShellScript,
} from '../../syntax/index.ts';
import type { Build, Stage, Step } from '../build.ts';
import { perStageAlone } from '../per-stage.ts';
import { remembered } from '../remembered.ts';
import { variablesOf } from '../state/environment.ts';
import { isOpenBase } from '../state/image-state.ts';

export interface WrittenRun extends Located {
  /** Of a RUN in an ONBUILD the step of the ONBUILD. */
  readonly step: Step;
  readonly instruction: RunInstruction;
  readonly script: ShellScript;
  /** Those of scripts that are given to another shell too, in source order. */
  readonly commands: readonly WrittenCommand[];
}

export interface WrittenCommand extends Located {
  readonly run: WrittenRun;
  /** The command whose script it stands in: `sh -c '…'`. */
  readonly holder?: WrittenCommand;
  readonly shell: ShellCommand;
  /** Without its directory and without sudo, env and their like; absent when unknown. */
  readonly name?: string;
  /** Values of the words after the name, as far as ENV and ARG tell them. */
  readonly arguments: readonly (string | undefined)[];
}

/** Every RUN of the file; a trigger counts where it is written, not where it runs. */
export const writtenRuns: (build: Build) => readonly WrittenRun[] = remembered(
  (build) => build.stages,
  ({ stages }) => stages.flatMap(runsOf),
);

export const writtenCommands: (build: Build) => readonly WrittenCommand[] = remembered(
  (build) => build.stages,
  (build) => writtenRuns(build).flatMap(({ commands }) => commands),
);

/** `find` for every RUN, kept with its stage: it must hang on nothing but the RUN and what `perStageAlone` allows. */
export const perRun = <Found>(find: (run: WrittenRun) => Iterable<Found>): ((build: Build) => readonly Found[]) =>
  perStageAlone(function* (stage) {
    for (const run of runsOf(stage)) yield* find(run);
  });

const runsOf: (stage: Stage) => readonly WrittenRun[] = remembered(
  (stage) => stage,
  ({ steps }) => steps.flatMap((step) => writtenRun(step) ?? []),
);

function writtenRun(step: Step): WrittenRun | undefined {
  const { instruction } = step;
  const run = instruction.keyword === 'ONBUILD' ? instruction.trigger : instruction;
  if (run.keyword !== 'RUN' || instruction.onbuild === true) return undefined;
  const script = step.script ?? runScript(run, step.before.shell);
  const commands: WrittenCommand[] = [];
  const written = { step, instruction: run, script, commands, span: run.span };
  addCommands(script, written, commands);
  return written;
}

function addCommands(script: ShellScript, run: WrittenRun, into: WrittenCommand[], holder?: WrittenCommand): void {
  const { before, stage } = run.step;
  const lookup = variablesOf(before, isOpenBase(stage.base));
  for (const shell of script.commands) {
    const name = commandName(shell);
    const command: WrittenCommand = {
      run,
      ...(holder === undefined ? {} : { holder }),
      shell,
      span: shell.span,
      ...(name === undefined ? {} : { name }),
      arguments: shell.effective.slice(1).map((word) => expandShellWord(word, lookup)),
    };
    into.push(command);
    if (shell.inner !== undefined) addCommands(shell.inner, run, into, command);
  }
}
