/** The commands that a container of a stage starts, ENTRYPOINT and CMD put together. */

import { baseImageConfig, commandVariableOf } from '../../knowledge/index.ts';
import type { Located, ShellCommand, ShellScript } from '../../syntax/index.ts';
import { commandStates, expandShellWord, simpleCommands } from '../../syntax/index.ts';
import { homeOf } from '../accounts/homes.ts';
import type { Stage, StartCommand } from '../build.ts';
import { baseName } from '../files/path.ts';
import { chainOf, endsScript } from '../query.ts';
import { remembered } from '../remembered.ts';
import { variablesOf } from '../state/environment.ts';

/** One command of the start, with wrappers such as tini, exec and env left out. */
export interface LaunchedCommand extends Located {
  readonly words: readonly (string | undefined)[];
  /** Absolute; undefined when not known. */
  readonly workdir: string | undefined;
  readonly runs: 'always' | 'sometimes';
  /** The start fails with it. */
  readonly decides: boolean;
  /** The shell goes on at once: `node server.js &`. */
  readonly background?: true;
  /** Names of the variables that are set for it, in front of it or by commands before it. */
  readonly sets: ReadonlySet<string>;
  /** The command of the image, where that finds these words in a variable. */
  readonly startedBy?: Located;
}

export interface Launch extends Located {
  /** In the order in which they run; words that a base's entrypoint puts in front are part of the first. */
  readonly commands: readonly LaunchedCommand[];
  /** `base`: the image's own entrypoint takes the words of CMD; `script`: what the script does with them is not known. */
  readonly entrypoint: 'own' | 'none' | 'base' | 'script';
}

/** Entrypoints that run the words they are given, after whatever they prepare. */
const passing =
  /^(?:docker-entrypoint\.sh|docker-php-entrypoint|(?:\/usr\/local\/bin)?\/docker-entrypoint\.sh|\/__cacert_entrypoint\.sh|\/usr\/local\/bin\/mvn-entrypoint\.sh)$/;

/** Programs that start the words after their options. */
const inits: ReadonlySet<string> = new Set(['tini', 'dumb-init', 'catatonit', 'tini-static', 'exec', 'env']);

/**
 * What a container of `stage` starts; undefined where nothing in the file says so, or where the entrypoint of a base
 * that is not known may do something else with the words.
 */
export const launchOf: (stage: Stage) => Launch | undefined = remembered((stage) => stage, findLaunch);

function findLaunch(stage: Stage): Launch | undefined {
  const { entrypoint, cmd } = stage.result;
  if (entrypoint === undefined) return cmd === undefined ? undefined : launchedByBase(stage, cmd);
  const [own, ...others] = commandsOf(entrypoint, stage);
  if (own === undefined) return undefined;
  const script = entrypoint.instruction.form !== 'exec' || entrypoint.script.commands[0]?.inner !== undefined;
  if (script || others.length > 0 || cmd === undefined)
    return { span: entrypoint.span, commands: [own, ...others], entrypoint: 'own' };
  if (isOnlyInit(own.words)) return { span: cmd.span, commands: commandsOf(cmd, stage), entrypoint: 'own' };
  if (isScript(own.words[0])) return { span: entrypoint.span, commands: [own], entrypoint: 'script' };
  if (cmd.instruction.form !== 'exec') return { span: entrypoint.span, commands: [own], entrypoint: 'own' };
  return { span: entrypoint.span, commands: [{ ...own, words: [...own.words, ...cmd.words] }], entrypoint: 'own' };
}

function launchedByBase(stage: Stage, cmd: StartCommand): Launch | undefined {
  const root = chainOf(stage)[0]?.base;
  if (root?.kind === 'scratch') return { span: cmd.span, commands: commandsOf(cmd, stage), entrypoint: 'none' };
  const config = root?.kind === 'image' ? baseImageConfig(root.reference.familiar, root.reference.tag) : undefined;
  if (config === undefined) return undefined;
  const given = config.entrypoint ?? [];
  const commands = commandsOf(cmd, stage);
  if (given.length === 0 || passing.test(given[0] ?? ''))
    return { span: cmd.span, commands, entrypoint: given.length === 0 ? 'none' : 'base' };
  const [first] = commands;
  if (first === undefined || cmd.instruction.form !== 'exec') return undefined;
  return { span: cmd.span, commands: [{ ...first, words: [...given, ...cmd.words] }], entrypoint: 'base' };
}

function commandsOf(start: StartCommand, stage: Stage): readonly LaunchedCommand[] {
  const { result } = stage;
  const lookup = variablesOf({ ...result, args: new Map() }, true);
  const states = commandStates(simpleCommands(start.script), result.workdir, lookup, homeOf(result, lookup, stage));
  const commands: LaunchedCommand[] = [];
  const before = new Set<string>();
  for (const { command, directory, lookup: visible } of states) {
    const words = command.effective.map((word) => expandShellWord(word, visible) ?? undefined);
    const span = start.instruction.form === 'exec' ? start.span : command.span;
    commands.push({
      ...(behindWatchdog(words, { span }, stage) ?? { span, words }),
      workdir: directory,
      runs: whenReached(command),
      decides: decidesScript(command, start.script),
      ...(command.background === true ? { background: true } : {}),
      sets: new Set([...before, ...variablesSetFor(command)]),
    });
    if (command.effective.length === 0 || words[0] === 'export')
      for (const { name } of command.assignments) before.add(name);
  }
  return commands;
}

/** `always`: nothing but the failure of what stands left of its `&&` keeps it from running. */
export const whenReached = ({ runs, guards }: ShellCommand): LaunchedCommand['runs'] =>
  runs === 'always' && guards.every((guard) => guard.kind === 'status' && guard.expected === true)
    ? 'always'
    : 'sometimes';

/** The script ends with a command where that fails. */
export const decidesScript = (command: ShellCommand, { errexit }: ShellScript): boolean =>
  endsScript(command, errexit) && command.piped === undefined && command.within === undefined;

/** The words that a watchdog of functions finds in its variable, where they are written. */
function behindWatchdog(
  words: LaunchedCommand['words'],
  startedBy: Located,
  { result }: Stage,
): Pick<LaunchedCommand, 'span' | 'words' | 'startedBy'> | undefined {
  const variable = commandVariableOf(words);
  const { text, span, via } = (variable === undefined ? undefined : result.env.get(variable)) ?? {};
  if (text === undefined || span === undefined || /[^\w\s./@:=-]/.test(text)) return undefined;
  return { span: via === 'image' ? startedBy.span : span, words: text.trim().split(/\s+/), startedBy };
}

const variablesSetFor = (command: ShellCommand): readonly string[] => command.environment.map(({ name }) => name);

/** `tini --`, `dumb-init`: nothing but an init and its options. */
const isOnlyInit = ([first, ...rest]: readonly (string | undefined)[]): boolean =>
  inits.has(baseName(first ?? '')) && rest.every((word) => word?.startsWith('-') === true);

const isScript = (word: string | undefined): boolean =>
  word === undefined || /\.(?:sh|bash|py|js|mjs|rb)$|entrypoint|^\/init$|^(?:\/bin\/)?(?:sh|bash|ash)$/.test(word);
