/** Scripts that stay in front of the program that they start in the end: what stops the container is not told to it. */
import { lastsAsStart } from '../../knowledge/index.ts';
import { type ShellCommand, simpleCommands } from '../../syntax/index.ts';
import type { Build, Located, Stage } from '../build.ts';
import { baseName } from '../files/path.ts';
import { isMadeForDevelopers } from '../shipped/made-for-developers.ts';
import { launchOf } from './launch.ts';
import { isInit, purposeOf } from './start.ts';
import { commandsIn, scriptOf, startedScript } from './start-script.ts';

export interface LingeringScript extends Located {
  readonly target: Stage;
  /** Name of the script. */
  readonly script: string;
  /** The call in its last line. */
  readonly call: string;
}

/**
 * The script itself is process 1, reads no signal, and ends with a program that runs on. As process 1 a shell is
 * sent no SIGTERM that it has no trap for (kill(2)), and waits for the program (measured: dash, bash and busybox).
 */
export function* lingeringScripts(build: Build): Iterable<LingeringScript> {
  for (const target of build.targets) {
    const launch = launchOf(target);
    const [command, ...others] = launch?.commands ?? [];
    if (launch === undefined || command === undefined || others.length > 0 || !isFirstProcess(target)) continue;
    if (purposeOf(target, build.path) !== 'runtime' || isMadeForDevelopers(build, target)) continue;
    const started = startedScript(command, target, build);
    const call = started === undefined ? undefined : lastCall(started.text, command.workdir, target);
    if (started !== undefined && call !== undefined)
      yield { span: launch.span, target, script: baseName(started.path), call };
  }
}

/** Called by a JSON array, with neither an init nor a shell's command in front. */
function isFirstProcess({ result: { entrypoint, cmd } }: Stage): boolean {
  const start = entrypoint ?? cmd;
  const [first] = start?.words ?? [];
  const isPlain = start?.instruction.form === 'exec' && start.script.commands[0]?.inner === undefined;
  return isPlain && first !== undefined && !isInit(baseName(first));
}

/** What a script ends with, where that runs on and nothing in the script makes way for it or waits for signals. */
function lastCall(text: string, workdir: string | undefined, target: Stage): string | undefined {
  const script = scriptOf(text);
  if (script.fault !== undefined || script.commands.some(looksAfterSignals)) return undefined;
  const last = [...simpleCommands(script)].at(-1);
  const known = commandsIn(script, workdir, target).at(-1);
  if (last === undefined || known?.runs !== 'always' || /&\s*$/.test(text)) return undefined;
  if (last.scope.length > 0 || last.piped !== undefined || last.within !== undefined || last.readBy !== undefined)
    return undefined;
  const raw = last.effective.map((word) => word.raw).join(' ');
  return /^"?\$@"?$/.test(raw) || lastsAsStart(known.words) ? raw : undefined;
}

/** `exec`, `trap` and `wait`; a file that it reads in may do so. */
const looksAfterSignals = ({ words: [first, second] }: ShellCommand): boolean =>
  first !== undefined &&
  (first.text === undefined
    ? !/^"?\$@"?$/.test(first.raw)
    : /^(?:trap|wait|source|\.|eval|su-exec|gosu)$/.test(first.text) ||
      (first.text === 'exec' && second !== undefined));
