/** What a ship target starts: its program, and what that tells of its purpose. */

import type { Invocation } from '../../knowledge/index.ts';
import { commandPurpose, dockerfilePurpose, isParcel, readInvocation, stagePurpose } from '../../knowledge/index.ts';
import type { Located } from '../../syntax/index.ts';
import { commandName, simpleCommands } from '../../syntax/index.ts';
import type { Build, Stage, StartCommand } from '../build.ts';
import { baseName } from '../files/path.ts';
import { chainOf } from '../query.ts';
import { remembered } from '../remembered.ts';

export interface StartingProgram extends Located {
  /** Words of the program, wrappers such as tini left out. */
  readonly words: readonly (string | undefined)[];
  /** Started through an init (tini, dumb-init) that passes signals on. */
  readonly init: boolean;
  readonly invocation?: Invocation;
}

const inits: ReadonlySet<string> = new Set(['tini', 'dumb-init', 'catatonit', 'tini-static']);

/** A program that hands signals on to the one behind it, by its name. */
export const isInit = (name: string): boolean => inits.has(name);

/** What ENTRYPOINT and CMD run; the last command of a script. Undefined when neither is set in the file. */
export const startingProgram: (stage: Stage) => StartingProgram | undefined = remembered((stage) => stage, findProgram);

function findProgram(stage: Stage): StartingProgram | undefined {
  const { entrypoint, cmd } = stage.result;
  const entryName = lastPart(entrypoint?.words[0]);
  const isInit = entryName !== undefined && inits.has(entryName);
  const passesOn =
    entrypoint === undefined ||
    entrypoint.script.commands.length === 0 ||
    isInit ||
    /entrypoint|^(sh|bash)$/.test(entryName ?? '');
  const start = passesOn ? (cmd ?? entrypoint) : entrypoint;
  // What `sh -c` runs stands in its place.
  const command = start === undefined ? undefined : simpleCommands(start.script).at(-1);
  if (start === undefined || command === undefined) return undefined;
  const isJoined =
    start === entrypoint && cmd !== undefined && isPlainArray(entrypoint) && cmd.instruction.form === 'exec';
  const added = isJoined ? cmd.words : [];
  const words = [...command.effective.map((word) => word.text), ...added];
  const invocation = readInvocation([commandName(command), ...words.slice(1)]);
  const ownInit = command.words.some((word) => inits.has(lastPart(word.text) ?? ''));
  return { span: start.span, words, init: isInit || ownInit, ...(invocation === undefined ? {} : { invocation }) };
}

/** The words of CMD are added to its own. */
const isPlainArray = ({ instruction, script }: StartCommand): boolean =>
  instruction.form === 'exec' && script.commands[0]?.inner === undefined;

const lastPart = (word: string | undefined): string | undefined => (word === undefined ? undefined : baseName(word));

export type TargetPurpose = 'runtime' | 'development' | 'test' | 'artifact' | 'base';

const purposeOfProgram: (stage: Stage) => ReturnType<typeof commandPurpose> = remembered(
  (stage) => stage,
  (stage) => {
    const program = startingProgram(stage);
    return program === undefined ? 'unknown' : commandPurpose(program.words);
  },
);

/** What a ship target is for, by what it starts, by its stage's name, by what it is made of. */
export function purposeOf(stage: Stage, fileName?: string): TargetPurpose {
  const { result } = stage;
  if (result.onbuild.length > 0) return 'base';
  const starts = result.entrypoint ?? result.cmd;
  const root = chainOf(stage)[0];
  if (root?.base.kind === 'scratch' && (starts === undefined || isParcel(starts.words[0] ?? ''))) return 'artifact';
  const byCommand = purposeOfProgram(stage);
  const byName = stage.name === undefined ? undefined : stagePurpose(stage.id);
  const byFile = fileName === undefined ? undefined : dockerfilePurpose(fileName);
  if (byCommand === 'development-server' || byName === 'development' || byFile === 'development') return 'development';
  if (byCommand === 'test' || byCommand === 'lint' || byName === 'test' || byFile === 'test') return 'test';
  if (byCommand === 'development-tool') return 'development';
  return byName === 'artifact' && starts === undefined ? 'artifact' : 'runtime';
}

/** Whether some image that ships is one that runs the application. */
export const shipsToRun = (build: Build): boolean =>
  build.targets.some((target) => purposeOf(target, build.path) === 'runtime');
