/** Commands of a RUN that do not end by themselves: servers, and watchers. */
import { manifestScript, runsOn, scriptWords } from '../../knowledge/index.ts';
import { wrappersOf } from '../../syntax/index.ts';
import type { Build, Command } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { join } from '../files/path.ts';
import { firstOfStage } from '../per-stage.ts';
import { surelyEndsTheBuild, wordsOf } from '../query.ts';
import { calledScript } from './called-project.ts';
import { runsOnIn } from './command-calls.ts';

export interface EndlessCommand {
  readonly command: Command;
  /** What the script of package.json runs, when that is known. */
  readonly script?: string;
}

/** The first of each stage: the build does not get further. */
export const endlessCommands = firstOfStage(endless);

function endless(command: Command, build: Build): EndlessCommand | undefined {
  const { shell, invocation, step } = command;
  const words = wordsOf(command);
  // timeout and its like end it; behind it, or in the background, something else may.
  const around = wrappersOf(shell);
  const isAlone = shell.piped === undefined && around.every(({ text }) => text !== undefined && lets.test(text));
  if (!surelyEndsTheBuild(command) || !isAlone) return undefined;
  if (words.some((word) => word === undefined || /^(?:--help|--version|--dry-run|-h|-v)$/.test(word))) return undefined;
  if (invocation?.operation !== 'run' || invocation.script === undefined)
    return runsOnIn(command) ? { command } : undefined;
  if (!/^(?:start|serve|dev|develop)(?::|$)/.test(invocation.script)) return undefined;
  const { folder } = calledScript(command, build) ?? {};
  const manifest = folder && textAt(join(folder, 'package.json'), step.before.rootfs, build);
  const script = manifest === undefined ? undefined : manifestScript(manifest, invocation.script);
  if (script === undefined)
    return /^(?:start|serve|dev|develop)$/.test(invocation.script) && isLast(command) ? { command } : undefined;
  if (script === null) return undefined;
  const last = script.split(/&&|;/).at(-1) ?? '';
  const called = scriptWords(last);
  if (/[&|]/.test(last)) return undefined;
  return runsOn(called) || runsSource(called) ? { command, script } : undefined;
}

/** Words in front of a command that let it run for as long as it does. */
const lets = /^(?:env|exec|command|time|nice|nohup|sudo|-\w+|\w+=.*)$/;

/** What a script called `start` runs is the program. */
const runsSource = ([first]: readonly string[]): boolean =>
  /^(?:node|ts-node|ts-node-esm|ts-node-dev|tsx|babel-node)$/.test(first ?? '');

/** Without options of its own, and with no RUN behind it: what a generator has made is worked on. */
const isLast = ({ step, arguments: words, invocation }: Command): boolean =>
  words.at(-1) === invocation?.script &&
  !step.stage.steps.some(({ instruction, span }) => instruction.keyword === 'RUN' && span.line > step.span.line);
