/** Text of a shell script to simple commands. */
import type { MappedText } from '../source.ts';
import type { Expansion, Interpreter, Pipeline, ShellCommand, ShellScript } from './command.ts';
import type { Draft, Gathering, Surrounding } from './draft.ts';
import { withoutCarriageReturns } from './mapping.ts';
import { markPipefail, type PipelineDraft } from './pipefail.ts';
import { shellOptions } from './shell-options.ts';
import { readStatements } from './statements.ts';
import { type ParsedScript, readTree, unreadable } from './unbash.ts';
import { baseName } from './wrapper.ts';

export interface ParseOptions {
  /** The shell was started with `-e`. */
  readonly errexit?: boolean;
  /** The shell was started with `-o pipefail`. */
  readonly pipefail?: boolean;
  /** Stretches that the shell around has expanded already: variables in the text of `sh -c "…"`. */
  readonly expansions?: readonly Expansion[];
  /** How many scripts are around this one. */
  readonly depth?: number;
}

/** Scripts in scripts in scripts: deeper ones stay words of the command that runs them. */
const deepest = 8;

/**
 * Reads a script. It never throws: of a script that is not whole, the commands that could be read come out,
 * marked `partial`. A script that no POSIX shell reads has no commands.
 */
export function parseShell(text: MappedText, interpreter: Interpreter, options: ParseOptions = {}): ShellScript {
  const { errexit = false, pipefail = false, expansions = [], depth = 0 } = options;
  if (interpreter !== 'posix') return { interpreter, text, commands: [], errexit };
  const read = withoutCarriageReturns(text);
  const { tree, fault } = readTree(read.text);
  const faults = fault === undefined ? [] : [fault];
  const gathering = gather(faults, depth);
  if (tree !== undefined) readWhole(tree, { ...outermost, reading: { text: read, expansions } }, gathering, faults);
  const commands = inSourceOrder(gathering, faults.length > 0);
  markFunctionBodies(commands);
  markPipefail(commands, gathering.pipelines, pipefail);
  const [first] = faults;
  return {
    interpreter,
    text,
    commands,
    ...(first === undefined ? {} : { fault: first }),
    errexit: setsErrexit(commands, errexit),
  };
}

const outermost: Omit<Surrounding, 'reading'> = {
  guards: [],
  redirects: [],
  scope: [],
  sometimes: false,
  critical: true,
  absorbed: false,
  joined: false,
};

function gather(
  faults: string[],
  depth: number,
): Gathering & { readonly pipelines: ReadonlyMap<Pipeline, PipelineDraft> } {
  let number = 0;
  const pipelines = new Map<Pipeline, PipelineDraft>();
  const gathering: Gathering = {
    drafts: [],
    faults,
    exits: [],
    endsOfRounds: new Set(),
    nextNumber: () => number++,
    newPipeline: (members) => {
      const pipeline = { members, pipefail: false };
      pipelines.set(pipeline, pipeline);
      return pipeline;
    },
    parseInner: (inner, { errexit, pipefail }) =>
      depth >= deepest
        ? undefined
        : parseShell(inner.text, 'posix', { errexit, pipefail, expansions: inner.expansions, depth: depth + 1 }),
    readScript: (script, surrounding) => {
      const exitsBefore = gathering.exits.length;
      readStatements(script.commands, surrounding, gathering);
      gathering.exits.length = exitsBefore;
    },
  };
  return { ...gathering, pipelines };
}

/** unbash reads substitutions when they are first looked at, so its faults and a full stack show up here as well. */
function readWhole(tree: ParsedScript, surrounding: Surrounding, gathering: Gathering, faults: string[]): void {
  try {
    readStatements(tree.commands, surrounding, gathering);
  } catch (error) {
    faults.push(unreadable(error));
  }
}

function inSourceOrder(gathering: Gathering, partial: boolean): readonly Draft[] {
  const commands = gathering.drafts.sort((left, right) => left.at - right.at).map(({ draft }) => draft);
  for (const [index, draft] of commands.entries()) {
    draft.index = index;
    draft.partial = partial;
  }
  for (const { draft, holder } of gathering.drafts) if (holder !== undefined) draft.within = holder.index;
  return commands;
}

/** The function whose body a command stands in; undefined outside of functions. */
export function functionOf(command: ShellCommand): string | undefined {
  const guard = command.guards.findLast((one) => one.kind === 'function');
  return guard?.kind === 'function' ? guard.name : undefined;
}

/** Commands by the function whose body they stand in. */
export function byFunction<Command extends ShellCommand>(
  commands: Iterable<Command>,
): Map<string | undefined, Command[]> {
  const bodies = new Map<string | undefined, Command[]>();
  for (const command of commands) {
    const name = functionOf(command);
    const body = bodies.get(name);
    if (body === undefined) bodies.set(name, [command]);
    else body.push(command);
  }
  return bodies;
}

/** Lets the commands of a function always run when some call of it always does, else sometimes. */
function markFunctionBodies(commands: readonly Draft[]): void {
  const bodies = byFunction(commands);
  if (bodies.size === 0 || (bodies.size === 1 && bodies.has(undefined))) return;
  const called = new Set<string>();
  const pending = [...(bodies.get(undefined) ?? [])];
  for (let command = pending.pop(); command !== undefined; command = pending.pop()) {
    const name = command.words[0]?.text;
    if (command.runs !== 'always' || name === undefined || called.has(name)) continue;
    const body = bodies.get(name);
    if (body === undefined) continue;
    called.add(name);
    for (const inside of body) pending.push(inside);
  }
  for (const [name, body] of bodies)
    if (name !== undefined && !called.has(name)) for (const command of body) command.runs = 'sometimes';
}

/** `set -e` before anything else reaches the whole script, unless `set +e` takes it back. */
function setsErrexit(commands: readonly ShellCommand[], initial: boolean): boolean {
  let errexit = initial;
  let first = true;
  for (const command of commands) {
    const sets = baseName(command.words[0]) === 'set' && command.scope.length === 0;
    if (sets) {
      const words = command.words.slice(1).map((word) => word.text);
      if (takesBack(words)) return false;
      if (first && command.runs === 'always' && shellOptions(words)?.errexit === true) errexit = true;
    } else if (command.words.length > 0) first = false;
  }
  return errexit;
}

const takesBack = (words: readonly (string | undefined)[]): boolean =>
  words.some((word, at) =>
    word === '+o' ? words[at + 1] === 'errexit' : word !== undefined && /^\+[a-zA-Z]*e/.test(word),
  );
