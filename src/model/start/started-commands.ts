/** All that a container runs when it starts: the commands of CMD, of the npm scripts that they call, of the shell scripts. */
import { buildCall, manifestScript, readInvocation } from '../../knowledge/index.ts';
import type { Build, Stage } from '../build.ts';
import { remembered } from '../remembered.ts';
import { calledProject } from '../run/called-project.ts';
import { type LaunchedCommand, launchOf } from './launch.ts';
import { manifestText } from './manifest-script.ts';
import { commandsInText, scriptCommands } from './start-script.ts';

export interface StartedCommand {
  readonly words: readonly (string | undefined)[];
  readonly workdir: string | undefined;
  readonly runs: 'always' | 'sometimes';
  /** The command of CMD or ENTRYPOINT that leads to it. */
  readonly launched: LaunchedCommand;
  /** Its text stands in a script that is started. */
  readonly inScript: boolean;
}

/** How many scripts may call each other. */
const deepest = 4;

/** In the order in which they run; none where nothing in the file says what is started. */
export function startedCommands(target: Stage, build: Build): readonly StartedCommand[] {
  return startedIn(build)(target);
}

const startedIn = remembered(
  (build: Build) => build.targets,
  (build) =>
    remembered(
      (target: Stage) => target,
      (target) => [...commandsOf(target, build)],
    ),
);

function* commandsOf(target: Stage, build: Build): Iterable<StartedCommand> {
  for (const launched of launchOf(target)?.commands ?? []) {
    const { words, workdir, runs } = launched;
    yield* opened({ words, workdir, runs, launched, inScript: false }, target, build, deepest);
  }
}

/** A call of a script stands for what the script runs, where that can be read and is no build. */
function* opened(started: StartedCommand, target: Stage, build: Build, depth: number): Iterable<StartedCommand> {
  const { words } = started;
  const isLeaf = depth === 0 || buildCall(words, readInvocation(words)) !== undefined;
  const inside = isLeaf ? [] : commandsWithin(started, target, build);
  if (inside.length === 0) yield started;
  for (const each of inside) yield* opened(each, target, build, depth - 1);
}

function commandsWithin(started: StartedCommand, target: Stage, build: Build): readonly StartedCommand[] {
  const { words, workdir, launched } = started;
  const weaker = (runs: StartedCommand['runs']) => (started.runs === 'always' ? runs : 'sometimes');
  const call = readInvocation(words);
  if (call?.script === undefined || call.operation !== 'run')
    return scriptCommands({ words, workdir }, target, build).map((command) => ({
      ...command,
      runs: weaker(command.runs),
      launched,
      inScript: true,
    }));
  const folder = calledProject(call, workdir, target.result.rootfs, build);
  const manifest = manifestText(folder, target, build);
  if (manifest === undefined) return [];
  const texts = [`pre${call.script}`, call.script].flatMap((name) => manifestScript(manifest, name) ?? []);
  return manifestScript(manifest, call.script) === null
    ? []
    : texts.flatMap((text) =>
        commandsInText(text, folder, target).map((command) => ({
          ...command,
          runs: weaker(command.runs),
          launched,
          inScript: true,
        })),
      );
}
