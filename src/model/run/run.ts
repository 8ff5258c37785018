/** RUN: walks its commands in order and lets each change the file system. */
import { type Invocation, readInvocation } from '../../knowledge/index.ts';
import type {
  FileTest,
  Guard,
  Outcome,
  Redirect,
  RunInstruction,
  ShellCommand,
  ShellScript,
  ShellWord,
} from '../../syntax/index.ts';
import {
  commandName,
  commandStates,
  evaluateTest,
  expandShellWord,
  expandShellWords,
  guardsHold,
  runScript,
  type ShellWorld,
  shebangOf,
  simpleCommands,
} from '../../syntax/index.ts';
import { homeOf } from '../accounts/homes.ts';
import type { Command, FileChange, FileStat, Install, Rootfs, RootfsEntry, State, Step } from '../build.ts';
import { mountOf, mountPoints } from '../files/mounts.ts';
import { isGlob, resolve } from '../files/path.ts';
import { followed } from '../files/rootfs.ts';
import { endsScript } from '../query.ts';
import type { Lookup } from '../state/environment.ts';
import type { Recorder, Surroundings } from '../state/surroundings.ts';
import { renderWord } from '../state/unknown-text.ts';
import { absentOperands } from './absent-operands.ts';
import { type Arms, createArms } from './arms.ts';
import type { Success } from './attempt.ts';
import { type CalledText, calledTexts, textAtExit, textsOfInstall } from './called-texts.ts';
import { readInvocationOf } from './command-calls.ts';
import { expandsBraces } from './dialects.ts';
import { changeFiles } from './file-commands.ts';
import { passesTest } from './file-kinds.ts';
import { callPackageManager } from './package-commands.ts';
import { type RunSecrets, runSecrets } from './run-secrets.ts';
import { ownVariables } from './unexported.ts';

/** What a command sees and may change. Its parts that change from command to command are open. */
export interface RunWorld {
  readonly step: Step;
  readonly around: Surroundings;
  readonly home: string;
  readonly managers: Map<string, string>;
  readonly settings: Map<string, string | undefined>;
  /** Earlier commands of this RUN. */
  readonly commands: Command[];
  readonly secrets: RunSecrets;
  readonly arms: Arms;
  /** Where output goes that groups and loops have opened: their commands write one after the other. */
  readonly opened: Map<Redirect, string>;
  lookup: Lookup;
  stat(path: string): FileStat;
  under(path: string): readonly FileChange[];
  trees(path: string): readonly FileChange[];
  entries(path: string): Iterable<RootfsEntry>;
  put: Recorder;
}

/** A command about to run. */
export interface RunningCommand {
  readonly shell: ShellCommand;
  readonly name: string | undefined;
  /** Words after the name; a word that is not known is undefined, one that brace expansion multiplies gives several. */
  readonly arguments: readonly (string | undefined)[];
  /** Those of `arguments` whose `*`, `?` and `[` all stand in quotes: they name the one file that is called so. */
  readonly quoted: ReadonlySet<string>;
  readonly workdir: string | undefined;
  readonly runs: 'always' | 'sometimes';
  readonly lookup: Lookup;
  /** The variables that the program itself finds: of those of the shell only what is exported. */
  readonly environment: Lookup;
  /** What its failure leads to; `open`: what comes after it runs all the same, as nothing asks for its status. */
  readonly failure: 'ends the build' | 'absorbed' | 'open';
  /** The guards of which it is not known whether they hold; undefined where more than guards decides. */
  readonly arm: readonly Guard[] | undefined;
}

/** Walks the commands of a RUN; the state that it leaves, and the commands that may run. */
export function runCommands(
  instruction: RunInstruction,
  step: Step,
  put: Recorder,
  rootfs: () => Rootfs,
  around: Surroundings,
): Partial<State> & { readonly commands: readonly Command[]; readonly script: ShellScript } {
  const script = runScript(instruction, step.before.shell);
  const home = homeOf(step.before, around.lookup, step.stage);
  const secretVariables = new Set(instruction.mounts.map((mount) => mount.env?.text));
  const variables: Lookup = (name) => {
    if (secretVariables.has(name)) return undefined;
    const text = around.lookup(name);
    return text === null && name === 'HOME' ? home : text;
  };
  const mounts = mountPoints(instruction, step, around);
  const world: RunWorld = {
    step,
    around,
    home,
    managers: new Map(step.before.managers),
    settings: new Map(step.before.settings),
    commands: [],
    secrets: runSecrets(instruction, step, around),
    arms: createArms(),
    opened: new Map(),
    lookup: variables,
    stat: (path) => (mountOf(mounts, path)?.rootfs ?? rootfs()).stat(path),
    under: (path) => rootfs().under(path),
    trees: (path) => (mountOf(mounts, path)?.rootfs ?? rootfs()).trees(path),
    entries: (path) => (mountOf(mounts, path)?.rootfs ?? rootfs()).entries(path),
    put: (change) => {
      const path = followed(change.path, rootfs().linkAt);
      return mountOf(mounts, path) === undefined ? put({ ...change, path }) : { ...change, step, sequence: 0 };
    },
  };
  const within: Within = { world, depth: 0, budget: { texts: mostTexts } };
  let atExit: (() => void) | undefined;
  walk({ script, directory: step.before.workdir, lookup: variables }, world, (running) => {
    const { command, success } = perform(running, within);
    world.commands.push(command);
    const texts = textAtExit(running);
    const caller = { command, called: [] };
    if (running.name === 'trap') atExit = () => performTexts(texts, running, { ...within, depth: 1, caller });
    return success;
  });
  atExit?.();
  return { managers: world.managers, settings: world.settings, commands: world.commands, script };
}

/** Has the commands of a script performed, one after the other, as far as they may run. */
function walk(
  { script, directory: initial, lookup: variables }: CalledText,
  world: RunWorld,
  performed: (running: RunningCommand) => Success,
): void {
  const { home } = world;
  const outcomes = new Map<ShellWord | ShellCommand['words'], Outcome>();
  const took = new Map<ShellCommand, boolean>();
  /** Subshells that an `exit` has ended. */
  const left = new Set<number>();
  const own = ownVariables(variables);
  for (const { command: shell, directory, lookup } of commandStates(
    simpleCommands(script),
    initial,
    variables,
    home,
    (earlier) => took.get(earlier),
  )) {
    world.lookup = lookup;
    if (shell.index === -1 || (left.size > 0 && shell.scope.some((id) => left.has(id)))) continue;
    const shellWorld: ShellWorld = {
      lookup,
      exists: (path, test) => exists(path, test, directory, world),
      outcome: ({ words }) => outcomes.get(words[0] ?? words),
    };
    const holds = shell.guards.length === 0 ? true : guardsHold(shell.guards, shellWorld);
    const note = (outcome: Outcome): void => {
      outcomes.set(shell.words[0] ?? shell.words, outcome);
    };
    note({ ran: holds, success: undefined });
    if (holds !== undefined) took.set(shell, holds);
    if (holds === false) continue;
    world.secrets.assign(shell);
    const running = {
      ...start(shell, directory, holds === true ? 'always' : 'sometimes', script.errexit, {
        lookup,
        home,
        isOwn: (name) => own.has(name),
        expandsBraces: () => bracesExpand(shell, script, world),
      }),
      arm: holds === true ? [] : shell.guards.filter((guard) => guardsHold([guard], shellWorld) !== true),
    };
    own.note(shell);
    const success = performed(running);
    if (success === false) took.set(shell, false);
    const subshell = shell.scope.at(-1);
    if (holds === true && running.name === 'exit' && subshell !== undefined) left.add(subshell);
    note({ ran: holds, success: success ?? evaluateTest(shell, shellWorld) });
  }
}

function exists(path: string, test: FileTest, directory: string | undefined, world: RunWorld): boolean | undefined {
  if (directory === undefined && !path.startsWith('/')) return undefined;
  // What a link leads to is no link.
  if (test === 'L' && path.endsWith('/')) return false;
  return passesTest(resolve(directory ?? '/', path), test, world);
}

function start(
  shell: ShellCommand,
  workdir: string | undefined,
  runs: 'always' | 'sometimes',
  errexit: boolean,
  around: Expanding,
): Omit<RunningCommand, 'arm'> {
  const outer = around.lookup;
  const own = new Map(
    shell.environment.map((assignment) => [assignment.name, expandShellWord(assignment.value, outer)]),
  );
  const lookup: Lookup = own.size === 0 ? outer : (name) => (own.has(name) ? own.get(name) : outer(name));
  const words = shell.effective.slice(1).flatMap((word) => expandArgument(word, around));
  return {
    shell,
    name: commandName(shell),
    arguments: sameWords(shell, words),
    quoted: words.some((word) => word !== undefined && isGlob(word)) ? quotedIn(shell, around) : nothingQuoted,
    workdir,
    runs: shell.runs === 'always' ? 'always' : runs,
    lookup,
    environment: (name) => (around.isOwn(name) && !own.has(name) ? null : lookup(name)),
    failure: endsScript(shell, errexit) ? 'ends the build' : shell.failure === 'absorbed' ? 'absorbed' : 'open',
  };
}

/** The list that a command had before, where it has the same words again: what is known of them hangs on it. */
function sameWords(shell: ShellCommand, words: Words): Words {
  const before = wordsBefore.get(shell);
  if (before?.length === words.length && before.every((word, at) => word === words[at])) return before;
  wordsBefore.set(shell, words);
  return words;
}

const wordsBefore = new WeakMap<ShellCommand, Words>();

type Words = readonly (string | undefined)[];

/** What decides how words are expanded. */
interface Expanding {
  readonly lookup: Lookup;
  readonly home: string;
  /** Whether a variable is one that the shell keeps to itself. */
  readonly isOwn: (name: string) => boolean;
  readonly expandsBraces: () => boolean | undefined;
}

function expandArgument(word: ShellWord, { lookup, home, expandsBraces }: Expanding): Words {
  const braces = word.parts.some((part) => part.kind === 'brace') ? expandsBraces() : true;
  if (braces === undefined) return [undefined];
  const expanded = expandShellWords(word, lookup, { globs: 'keep', ...(braces ? {} : { braces: 'keep' as const }) });
  if (expanded === undefined) return [undefined];
  return /^~(\/|$)/.test(word.raw) ? expanded.map((text) => home + text.slice(1)) : expanded;
}

const nothingQuoted: ReadonlySet<string> = new Set();

function quotedIn(shell: ShellCommand, around: Expanding): ReadonlySet<string> {
  const [quoted, open]: [Set<string>, Set<string>] = [new Set(), new Set()];
  for (const word of shell.effective.slice(1)) {
    const into = word.parts.some(mayBePattern) ? open : quoted;
    for (const text of expandArgument(word, around)) if (text !== undefined && isGlob(text)) into.add(text);
  }
  for (const text of open) quoted.delete(text);
  return quoted;
}

const mayBePattern = (part: ShellWord['parts'][number]): boolean =>
  part.kind === 'glob' || part.kind === 'brace' || (part.kind === 'parameter' && !part.quoted);

/** Whether the shell that reads a command makes several words of `{a,b}`. */
function bracesExpand(shell: ShellCommand, script: ShellScript, { step, stat }: RunWorld): boolean | undefined {
  const [heredoc] = step.instruction.keyword === 'RUN' ? step.instruction.heredocs : [];
  const shebang = script.text === heredoc?.body ? shebangOf(script.text.text) : undefined;
  const reader = shell.readBy === undefined ? (shebang ?? step.before.shell) : [shell.readBy];
  if (shell.readBy === 'su' || shell.readBy === 'runuser') return undefined;
  const expands = expandsBraces(reader, step.stage.base);
  return expands === false && stat('/bin/sh').change !== undefined ? undefined : expands;
}

function perform(running: RunningCommand, within: Within): { readonly command: Command; readonly success: Success } {
  const { shell, name } = running;
  const { world } = within;
  const invocation = invocationOf(running);
  const absent = absentOperands(running, world);
  const command: Command & { install?: Install; within?: readonly Command[] } = {
    span: shell.span,
    step: world.step,
    shell,
    arguments: running.arguments,
    runs: running.runs,
    ...(name === undefined ? {} : { name }),
    ...(running.workdir === undefined ? {} : { workdir: running.workdir }),
    ...(invocation === undefined ? {} : { invocation }),
    ...(absent.length === 0 ? {} : { absent }),
  };
  const caller = within.caller ?? { command, called: [] };
  const inner = { ...within, depth: within.depth + 1, caller };
  performTexts(calledTexts(running, invocation, world), running, inner);
  const install = callPackageManager(command, running, world, caller.command);
  const success = install === undefined ? changeFiles(command, running, world) : undefined;
  if (install !== undefined && install !== 'done') {
    command.install = install;
    performTexts(textsOfInstall(install, running, world), running, inner);
  }
  if (within.caller === undefined && caller.called.length > 0) command.within = caller.called;
  return { command, success };
}

/** So many scripts may call each other, and so many are followed in one RUN: each may call the next one twice. */
const deepest = 4;
const mostTexts = 100;

/** Lets scripts that a command calls change the file system, at the place of the command and as its own work. */
function performTexts(
  texts: readonly CalledText[],
  running: RunningCommand,
  within: Within & { readonly caller: Caller },
): void {
  const { world, depth, budget, caller } = within;
  const { lookup } = world;
  for (const text of depth <= deepest ? texts : []) {
    if (budget.texts === 0) break;
    budget.texts -= 1;
    walk(text, world, (inner) => {
      const called: RunningCommand = {
        ...inner,
        shell: { ...inner.shell, span: running.shell.span },
        runs: running.runs === 'always' ? inner.runs : 'sometimes',
        arm: running.arm === undefined || inner.arm === undefined ? undefined : [...running.arm, ...inner.arm],
        failure: running.failure === 'ends the build' ? inner.failure : running.failure,
      };
      const { command, success } = perform(called, within);
      caller.called.push(command);
      return success;
    });
  }
  world.lookup = lookup;
}

/** Where a command stands that is performed. */
interface Within {
  readonly world: RunWorld;
  /** How many scripts are around it. */
  readonly depth: number;
  /** How many scripts may still be followed in this RUN. */
  readonly budget: { texts: number };
  /** Absent for a command of the RUN itself. */
  readonly caller?: Caller;
}

interface Caller {
  /** The command of the RUN that has called the script. */
  readonly command: Command;
  /** The commands of its scripts so far. */
  readonly called: Command[];
}

/** A package manager's call. Settings are read from words of which a part is known (`//host/:_authToken=$TOKEN`). */
function invocationOf(running: RunningCommand): Invocation | undefined {
  const invocation = readInvocationOf(running);
  if (invocation?.operation !== 'config-set' || !invocation.uncertain) return invocation;
  const words = running.shell.effective.slice(1).map((word) => renderWord(word, running.lookup));
  return readInvocation([running.name, ...words]);
}
