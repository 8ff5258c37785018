/** Commands in the order in which they run. */
import type { Assignment, Guard, Redirect, ShellCommand, ShellScript } from './command.ts';
import { byFunction, functionOf } from './parse.ts';
import { newRound, type Round, roundsOf, startOfRound } from './rounds.ts';
import { baseName } from './wrapper.ts';

/** What a command hands on to those that run inside it: a shell to its script, a call to the body of its function. */
interface Caller {
  readonly guards: readonly Guard[];
  readonly redirects: readonly Redirect[];
  readonly environment: readonly Assignment[];
  readonly scope: readonly number[];
  readonly always: boolean;
  readonly failure: ShellCommand['failure'];
  readonly partial: boolean;
  /** Whether `-e` is in force in the script that it starts; undefined where that is so as in the script around. */
  readonly errexit: boolean | undefined;
  readonly readBy: string | undefined;
  /** Ids of the caller's own shells are already in `scope`; those below get new ones. */
  readonly numbers: Map<number, number> | undefined;
  /** The function that is called: guards and scopes of the place of its definition do not count. */
  readonly body?: { readonly name: string; readonly calledFrom: readonly number[] };
}

interface Walk {
  /** Ids handed out to repeated scopes and pipelines: negative, so that they meet none of a parsed script. */
  nextNumber: number;
  /** Commands of function bodies and loops that may still be given, against functions that call functions many times. */
  budget: number;
}

/** Function bodies and loops give at most this many commands more than the script has. */
const mostRepeated = 10_000;
const deepestCalls = 32;

/**
 * The commands that run, in order: those of inner scripts in place of the command that runs them, those
 * of a function at each call, those of a loop over known words once for each of them (before them a command
 * without words that assigns the loop's variable), those in substitutions before the command that holds them. Inner commands have
 * the guards, scope, redirects and environment of their wrapper. The body of a function that no command
 * calls by name stands where it is defined, with its `function` guard.
 */
export function simpleCommands(script: ShellScript): readonly ShellCommand[] {
  const known = inOrder.get(script);
  if (known !== undefined) return known;
  const commands: ShellCommand[] = [];
  addScript(script, topLevel, commands, { nextNumber: -1, budget: mostRepeated });
  inOrder.set(script, commands);
  return commands;
}

/** Scripts are kept while a text is edited, and several ask for their commands. */
const inOrder = new WeakMap<ShellScript, readonly ShellCommand[]>();

const topLevel: Caller = {
  guards: [],
  redirects: [],
  environment: [],
  scope: [],
  always: true,
  failure: 'ends the script',
  partial: false,
  errexit: undefined,
  readBy: undefined,
  numbers: undefined,
};

function addScript(script: ShellScript, caller: Caller, into: ShellCommand[], walk: Walk): void {
  const bodies = byFunction(script.commands.filter((command) => command.within === undefined));
  const called = new Set(script.commands.map((command) => command.words[0]?.text));
  const held = heldCommands(script);
  const active: string[] = [];
  const outside = script.commands.filter((command) => {
    const name = functionOf(command);
    return command.within === undefined && (name === undefined || !called.has(name));
  });
  /** Loops whose rounds are not known. */
  const whole = new Set<Guard>();
  addAll(outside, caller, []);

  function addAll(commands: readonly ShellCommand[], from: Caller, rounds: readonly Round[]): void {
    for (let at = 0; at < commands.length; ) {
      const command = commands[at];
      if (command === undefined) return;
      const loop = command.guards.find((one) => one.kind === 'loop' && one.words !== undefined && !whole.has(one));
      const body = loop?.kind === 'loop' ? commands.slice(at, endOfBody(commands, at, loop)) : [];
      const words = loop?.kind === 'loop' ? roundsOf(loop, body) : undefined;
      if (loop?.kind !== 'loop' || words === undefined || walk.budget < body.length * words.length) {
        if (loop !== undefined) whole.add(loop);
        else {
          add(command, from, rounds);
          at += 1;
        }
        continue;
      }
      walk.budget -= body.length * words.length;
      for (const word of words) {
        const guard: Guard = { kind: 'loop', certain: true };
        const round = newRound(loop, guard);
        add(startOfRound(loop, word, command, guard), from, []);
        addAll(body.map(round), from, [...rounds, round]);
      }
      at += body.length;
    }
  }

  function add(command: ShellCommand, from: Caller, rounds: readonly Round[]): void {
    for (const one of held.get(command.index) ?? [])
      add(
        rounds.reduce((made, round) => round(made), one),
        from,
        rounds,
      );
    const own = derive(command, from, walk);
    const { inner } = command;
    if (inner !== undefined && inner.commands.length > 0)
      addScript(inner, insideOf(own, inner, from, walk), into, walk);
    else into.push(own);
    const name = command.words[0]?.text;
    const body = name === undefined ? undefined : bodies.get(name);
    if (name === undefined || body === undefined || active.includes(name) || active.length >= deepestCalls) return;
    active.push(name);
    const call = callOf(name, command, own, from);
    addAll(body.slice(0, walk.budget), call, []);
    walk.budget -= Math.min(body.length, walk.budget);
    active.pop();
  }
}

/** Where the commands with a guard end, which stand side by side. */
function endOfBody(commands: readonly ShellCommand[], start: number, guard: Guard): number {
  let end = start;
  while (commands[end]?.guards.includes(guard) === true) end += 1;
  return end;
}

function heldCommands(script: ShellScript): ReadonlyMap<number, readonly ShellCommand[]> {
  const held = new Map<number, ShellCommand[]>();
  for (const command of script.commands) {
    if (command.within === undefined) continue;
    const siblings = held.get(command.within);
    if (siblings === undefined) held.set(command.within, [command]);
    else siblings.push(command);
  }
  return held;
}

function derive(command: ShellCommand, caller: Caller, walk: Walk): ShellCommand {
  const { numbers, body } = caller;
  if (numbers === undefined) return command;
  const { guards, scope } = body === undefined ? command : ownParts(command, body);
  return {
    ...command,
    guards: [...caller.guards, ...guards],
    redirects: [...command.redirects, ...caller.redirects],
    environment: [...caller.environment, ...command.environment],
    scope: [...caller.scope, ...scope.map((id) => renumbered(id, numbers, walk))],
    pipeline: renumbered(command.pipeline, numbers, walk),
    runs: caller.always ? command.runs : 'sometimes',
    failure: failureOf(command, caller),
    partial: command.partial || caller.partial,
    ...(caller.readBy === undefined ? {} : { readBy: caller.readBy }),
  };
}

/** A `-e` ends the shell that has it, and what that leads to the caller says. */
function failureOf({ failure }: ShellCommand, { failure: outer, errexit }: Caller): ShellCommand['failure'] {
  if (failure === 'ends the script' || (failure === 'open' && errexit === true)) return outer;
  return failure === 'open' && errexit === false ? 'skips' : failure;
}

/** Guards and scopes of a command in a function's body, without those of the place where it is defined. */
function ownParts(
  command: ShellCommand,
  body: { readonly name: string; readonly calledFrom: readonly number[] },
): { readonly guards: readonly Guard[]; readonly scope: readonly number[] } {
  const defined = command.guards.findLastIndex((guard) => guard.kind === 'function' && guard.name === body.name);
  let shared = 0;
  while (shared < command.scope.length && command.scope[shared] === body.calledFrom[shared]) shared += 1;
  return { guards: command.guards.slice(defined + 1), scope: command.scope.slice(shared) };
}

function renumbered(id: number, numbers: Map<number, number>, walk: Walk): number {
  const known = numbers.get(id);
  if (known !== undefined) return known;
  const fresh = walk.nextNumber;
  walk.nextNumber -= 1;
  numbers.set(id, fresh);
  return fresh;
}

function insideOf(wrapper: ShellCommand, script: ShellScript, around: Caller, walk: Walk): Caller {
  const program = baseName(wrapper.effective[0]);
  const evaluated = program === 'eval';
  const shell = walk.nextNumber;
  walk.nextNumber -= 1;
  return {
    guards: wrapper.guards,
    redirects: wrapper.redirects.filter((redirect) => redirect.heredoc === undefined),
    environment: wrapper.environment,
    scope: evaluated ? wrapper.scope : [...wrapper.scope, shell],
    always: wrapper.runs === 'always',
    failure: wrapper.failure,
    partial: wrapper.partial,
    errexit: evaluated ? around.errexit : script.errexit,
    readBy: evaluated ? around.readBy : program,
    numbers: new Map(),
  };
}

function callOf(name: string, command: ShellCommand, own: ShellCommand, around: Caller): Caller {
  return {
    guards: own.guards,
    redirects: own.redirects,
    environment: own.environment,
    scope: own.scope,
    always: own.runs === 'always',
    failure: own.failure,
    partial: own.partial,
    errexit: around.errexit,
    readBy: around.readBy,
    numbers: new Map(),
    body: { name, calledFrom: command.scope },
  };
}
