/** What the commands of a script change for those after them: variables and the working directory. */
import type { Assignment, Guard, ShellCommand, ShellScript, ShellWord } from './command.ts';
import { type Directory, moveOf } from './directory.ts';
import { declarations } from './draft.ts';
import { expandShellWord, type VariableLookup } from './expand.ts';
import { guardsHold } from './guard.ts';

/** What holds when a command starts. */
export interface CommandState {
  readonly command: ShellCommand;
  /** Absolute, without `.`, `..` and double slashes; undefined when not known. */
  readonly directory: string | undefined;
  /** The variables of the script so far over those it started with. Valid until the next state is asked for. */
  readonly lookup: VariableLookup;
}

/** One change, made by one command. */
interface Change<Value> {
  readonly by: ShellCommand;
  readonly value: Value;
}

/** Whether a command that was given earlier took effect, as far as whoever walks through the commands has found out. */
export type Took = (command: ShellCommand) => boolean | undefined;

/** So many uncertain changes are looked through; what is behind more counts as unknown. */
const mostUncertain = 32;

/**
 * The state before each command, for commands in the order in which they run. A change inside a subshell or a pipeline
 * ends with it; one that only sometimes happens is known to the commands under the same guards and makes the
 * value unknown to the others.
 */
export function* commandStates(
  commands: Iterable<ShellCommand>,
  initial: string | undefined,
  lookup: VariableLookup,
  home: string | undefined,
  took: Took = () => undefined,
): Iterable<CommandState> {
  const variables = new Map<string, Change<string | null | undefined>[]>();
  const directories: Change<Directory>[] = [];
  const start: Directory = { current: initial, previous: undefined, stack: [] };
  /** Set by loops or by files that are sourced: their first values no longer count. */
  const overwritten = new Set<string>();
  let sourced = false;
  const outside: VariableLookup = (name) => (sourced || overwritten.has(name) ? undefined : lookup(name));
  /** What guards are judged by: only what no command of the script sets. */
  const settled: VariableLookup = (name) => (variables.has(name) ? undefined : outside(name));
  for (const command of commands) {
    const rounds = new Set(command.guards.map((guard) => (guard.kind === 'loop' ? guard.variable : undefined)));
    for (const name of rounds) if (name !== undefined) overwritten.add(name);
    const visible: VariableLookup = (name) => {
      if (rounds.has(name)) return undefined;
      const changes = variables.get(name);
      return changes === undefined ? outside(name) : valueAt(changes, command, outside(name), settled, took);
    };
    const directory = directoryAt(directories, command, start, settled, took);
    yield { command, directory: directory.current, lookup: visible };
    const moved = moveOf(command, directory, visible, home);
    if (moved !== undefined) directories.push({ by: command, value: moved });
    for (const { name, value } of assignedBy(command, visible)) {
      const changes = variables.get(name);
      if (changes === undefined) variables.set(name, [{ by: command, value }]);
      else changes.push({ by: command, value });
    }
    if (!isSourcing(command)) continue;
    sourced = true;
    variables.clear();
  }
}

const isSourcing = (command: ShellCommand): boolean =>
  command.effective[0]?.text === '.' || command.effective[0]?.text === 'source';

/** The working directory of each command, in the order of `commands`; undefined where it is not known. */
export function workingDirectories(
  script: ShellScript | Iterable<ShellCommand>,
  initial: string | undefined,
  lookup: VariableLookup,
  home: string | undefined,
): readonly (string | undefined)[] {
  const commands = 'commands' in script ? script.commands : script;
  const directories: (string | undefined)[] = [];
  for (const { directory } of commandStates(commands, initial, lookup, home)) directories.push(directory);
  return directories;
}

/** Changes that may be the last one before `command`, newest first; `whole` when none before them counts. */
function* lastChanges<Value>(
  changes: Change<Value>[],
  command: ShellCommand,
  lookup: VariableLookup,
  took: Took,
): Iterable<Change<Value> | 'more' | 'whole'> {
  let newest = changes.at(-1);
  while (newest !== undefined && !startsWith(command.scope, newest.by.scope)) {
    changes.pop();
    newest = changes.at(-1);
  }
  let looked = 0;
  for (let at = changes.length - 1; at >= 0; at -= 1) {
    const change = changes[at];
    if (change === undefined) continue;
    looked += 1;
    if (looked > mostUncertain) {
      yield 'more';
      return;
    }
    const known = startsWith(command.scope, change.by.scope) ? took(change.by) : false;
    const reaches = known === undefined ? happened(change.by, command, lookup) : known ? 'yes' : 'no';
    if (reaches === 'no') continue;
    yield change;
    if (reaches === 'yes') {
      yield 'whole';
      return;
    }
  }
}

const startsWith = (scope: readonly number[], outer: readonly number[]): boolean =>
  outer.length <= scope.length && outer.every((id, at) => id === scope[at]);

/** Whether `earlier` took effect when `later` runs. */
function happened(earlier: ShellCommand, later: ShellCommand, lookup: VariableLookup): 'yes' | 'no' | 'maybe' {
  let answer: 'yes' | 'maybe' = 'yes';
  for (const guard of later.guards) {
    if (guard.kind !== 'status') continue;
    const place = guard.tests.findIndex((test) => isSame(test, earlier));
    if (place === -1) continue;
    if (guard.outcome === 'success' && guard.tests.slice(Math.max(1, place)).every(isJoinedByAnd)) return 'yes';
    if (guard.outcome === 'failure' && guard.tests.length === 1) return 'no';
    if (guard.outcome === 'failure') answer = 'maybe';
  }
  for (const guard of earlier.guards) {
    if (later.guards.includes(guard)) continue;
    if (later.guards.some((other) => exclude(guard, other))) return 'no';
    if (earlier.runs === 'always') continue;
    const holds = guardsHold([guard], { lookup });
    if (holds === false) return 'no';
    if (holds === undefined) answer = 'maybe';
  }
  return answer;
}

/** The words tell commands apart: one that runs inside another has a copy with the same words. */
const isSame = (test: ShellCommand, command: ShellCommand): boolean =>
  test.words === command.words && command.words.length > 0;

function isJoinedByAnd(test: ShellCommand): boolean {
  const joint = test.guards.at(-1);
  return joint?.kind === 'status' && joint.outcome === 'success';
}

/** Two arms of one `if` or `case`. */
function exclude(one: Guard, other: Guard): boolean {
  if (one.kind === 'status')
    return other.kind === 'status' && one.tests === other.tests && one.outcome !== other.outcome;
  return one.kind === 'case' && other.kind === 'case' && one.subject === other.subject && one !== other;
}

function valueAt(
  changes: Change<string | null | undefined>[],
  command: ShellCommand,
  before: string | null | undefined,
  lookup: VariableLookup,
  took: Took,
): string | null | undefined {
  const values = new Set<string | null | undefined>();
  let whole = false;
  for (const change of lastChanges(changes, command, lookup, took)) {
    if (change === 'more') values.add(undefined);
    else if (change === 'whole') whole = true;
    else values.add(change.value);
  }
  if (!whole) values.add(before);
  const [first, ...others] = values;
  return others.length === 0 ? first : undefined;
}

function directoryAt(
  changes: Change<Directory>[],
  command: ShellCommand,
  start: Directory,
  lookup: VariableLookup,
  took: Took,
): Directory {
  let found: Directory | undefined;
  let agreed = true;
  const add = (directory: Directory): void => {
    if (found !== undefined && found.current !== directory.current) agreed = false;
    found ??= directory;
  };
  let whole = false;
  for (const change of lastChanges(changes, command, lookup, took)) {
    if (change === 'whole') whole = true;
    else if (change === 'more') agreed = false;
    else add(change.value);
  }
  if (!whole) add(start);
  return agreed && found !== undefined ? found : { current: undefined, previous: undefined, stack: [] };
}

const readers: ReadonlySet<string> = new Set(['read', 'getopts', 'mapfile', 'readarray']);

interface Assigned {
  readonly name: string;
  readonly value: string | null | undefined;
}

/** The variables that a command leaves changed, all with values of before it. */
function assignedBy(command: ShellCommand, lookup: VariableLookup): readonly Assigned[] {
  const assigned: Assigned[] = [];
  const [word] = command.effective;
  const name = word?.text ?? '';
  if (word === undefined || declarations.has(name))
    for (const assignment of command.assignments)
      assigned.push({ name: assignment.name, value: assignedValue(assignment, lookup) });
  for (const operand of operandsSet(name, command))
    if (/^[A-Za-z_]\w*$/.test(operand.text ?? ''))
      assigned.push({ name: operand.text ?? '', value: name === 'unset' ? null : undefined });
  // `${NAME:=value}` sets NAME.
  for (const one of command.words)
    for (const part of one.parts)
      if (part.kind === 'parameter' && (part.operator === '=' || part.operator === ':='))
        assigned.push({ name: part.name, value: expandShellWord({ ...one, parts: [part] }, lookup) });
  return assigned;
}

function operandsSet(name: string, { effective }: ShellCommand): readonly ShellWord[] {
  if (readers.has(name) || name === 'unset') return effective.slice(1);
  return name === 'printf' && effective[1]?.text === '-v' ? effective.slice(2, 3) : [];
}

function assignedValue(assignment: Assignment, lookup: VariableLookup): string | undefined {
  const value = expandShellWord(assignment.value, lookup);
  if (!assignment.append || value === undefined) return value;
  const before = lookup(assignment.name);
  return before === undefined ? undefined : (before ?? '') + value;
}
