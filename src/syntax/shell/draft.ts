/** Simple commands in the making, and the one place that makes them. */
import { type MappedText, mappedSpan } from '../source.ts';
import type { Assignment, Guard, Pipeline, Redirect, ShellCommand, ShellScript, ShellWord } from './command.ts';
import {
  type ScriptOperand,
  type StartOptions,
  scriptOperand,
  type Unquoted,
  unquote,
  unquoteHeredoc,
} from './inner.ts';
import { assemble, copyUnescaped, fileOffset } from './mapping.ts';
import {
  type AssignmentNode,
  type CommandNode,
  nestedScripts,
  type ParsedScript,
  type Redirection,
  type SyntaxNode,
  type WordNode,
} from './unbash.ts';
import { assignmentFrom, assignmentInWord, heredocWord, type Reading, wordFrom, wordOf } from './word.ts';
import { baseName, unwrap } from './wrapper.ts';

export type Draft = { -readonly [Key in keyof ShellCommand]: ShellCommand[Key] };

/** What surrounds the statements that are read. */
export interface Surrounding {
  readonly reading: Reading;
  readonly guards: readonly Guard[];
  readonly redirects: readonly Redirect[];
  readonly scope: readonly number[];
  /** A guard makes it uncertain that they run. */
  readonly sometimes: boolean;
  /** When they fail, the script fails. */
  readonly critical: boolean;
  /** Their failure is asked for or ignored: conditions, left sides of `||`. */
  readonly absorbed: boolean;
  /** They stand left of `&&`. */
  readonly joined: boolean;
  /** In a list that ends with `&`. */
  readonly background?: true;
  readonly within?: Draft;
  readonly piped?: ShellCommand['piped'] | undefined;
}

/** What comes together while a script is read. */
export interface Gathering {
  readonly drafts: {
    readonly draft: Draft;
    /** Offset in the file. */
    readonly at: number;
    /** The command that holds the substitution it is in. */
    readonly holder: Draft | undefined;
  }[];
  /** Faults of scripts in substitutions. */
  readonly faults: string[];
  /** Guards of the `exit 0` and `return 0` met so far, and of the `continue` and `break` of the loops around. */
  readonly exits: (readonly Guard[])[];
  /** Those of `exits` that end with the loop. */
  readonly endsOfRounds: Set<readonly Guard[]>;
  readonly nextNumber: () => number;
  readonly parseInner: (inner: Unquoted, options: StartOptions) => ShellScript | undefined;
  readonly newPipeline: (members: number) => Pipeline;
  readonly readScript: (script: ParsedScript, surrounding: Surrounding) => void;
}

/** Builtins whose arguments assign. */
export const declarations: ReadonlySet<string> = new Set(['export', 'local', 'readonly', 'declare', 'typeset']);

function failureIn({ critical, absorbed, joined }: Surrounding): ShellCommand['failure'] {
  if (critical) return 'ends the script';
  if (absorbed) return 'absorbed';
  return joined ? 'skips' : 'open';
}

/** Adds a simple command and those in its substitutions. */
export function addCommand(node: CommandNode, surrounding: Surrounding, pipeline: number, gathering: Gathering): Draft {
  const { reading } = surrounding;
  const nodes = new Map<ShellWord, WordNode>();
  const words: ShellWord[] = [];
  const assignments: Assignment[] = [];
  const redirects: Redirect[] = [];
  const addWord = (word: WordNode): ShellWord => {
    const made = wordFrom(word, reading);
    nodes.set(made, word);
    words.push(made);
    return made;
  };
  for (const prefix of node.prefix) {
    if (prefix.type === 'Assignment') assignments.push(assignmentFrom(prefix, reading));
    else redirects.push(...redirectFrom(prefix, reading));
  }
  const environment = [...assignments];
  if (node.name !== undefined) addWord(node.name);
  const declares = declarations.has(node.name?.value ?? '');
  for (const suffix of node.suffix) {
    if (suffix.type === 'Word') {
      const word = addWord(suffix);
      const assignment = declares ? assignmentInWord(word) : undefined;
      if (assignment !== undefined) assignments.push(assignment);
    } else if (suffix.type === 'Assignment') {
      const assignment = assignmentFrom(suffix, reading);
      words.push(assignmentWord(suffix, assignment, reading));
      if (declares) assignments.push(assignment);
    } else redirects.push(...redirectFrom(suffix, reading));
  }
  const { effective, assignments: added } = unwrap(words);
  const draft = addDraft(surrounding, gathering, {
    at: node.pos,
    end: node.end,
    words,
    effective,
    assignments,
    redirects: [...redirects, ...surrounding.redirects],
    environment: [...environment, ...added],
    pipeline,
  });
  const operand = scriptOperand(effective);
  const inner = operand && innerText(operand, nodes, node, reading);
  const script = operand && inner && gathering.parseInner(inner, operand);
  if (script !== undefined) draft.inner = script;
  for (const part of [...node.prefix, ...(node.name === undefined ? [] : [node.name]), ...node.suffix])
    addSubstitutions(part, { ...surrounding, within: draft }, gathering);
  noteExit(draft, surrounding, gathering);
  return draft;
}

interface Made {
  readonly at: number;
  readonly end: number;
  readonly words: readonly ShellWord[];
  readonly effective: readonly ShellWord[];
  readonly assignments: readonly Assignment[];
  readonly redirects: readonly Redirect[];
  readonly environment: readonly Assignment[];
  readonly pipeline: number;
}

function addDraft(surrounding: Surrounding, gathering: Gathering, made: Made): Draft {
  const { reading, guards, scope, sometimes, piped, background } = surrounding;
  const { at, end } = made;
  const draft: Draft = {
    words: made.words,
    effective: made.effective,
    assignments: made.assignments,
    redirects: made.redirects,
    environment: made.environment,
    pipeline: made.pipeline,
    index: -1,
    runs: sometimes ? 'sometimes' : 'always',
    failure: failureIn(surrounding),
    guards,
    scope,
    partial: false,
    span: mappedSpan(reading.text, at, end),
  };
  if (piped !== undefined) draft.piped = piped;
  if (background !== undefined) draft.background = background;
  gathering.drafts.push({ draft, at: fileOffset(reading.text, at), holder: surrounding.within });
  return draft;
}

/** Reads the scripts of the substitutions in `node`, each in a shell of its own. */
export function addSubstitutions(node: SyntaxNode, surrounding: Surrounding, gathering: Gathering): void {
  const { text } = surrounding.reading;
  for (const { script, start, end } of nestedScripts(node)) {
    const reading =
      script.source === undefined
        ? surrounding.reading
        : { text: decoded(text, start, end, script.source), expansions: [] };
    gathering.faults.push(...(script.errors ?? []).map((error) => error.message));
    gathering.readScript(script, {
      ...surrounding,
      reading,
      redirects: [],
      scope: [...surrounding.scope, gathering.nextNumber()],
      critical: false,
      absorbed: false,
      joined: false,
      piped: undefined,
    });
  }
}

function decoded(text: MappedText, start: number, end: number, value: string): MappedText {
  const assembly = assemble(text.source);
  copyUnescaped(assembly, text, start, end, value);
  return assembly.finish();
}

function assignmentWord(node: AssignmentNode, assignment: Assignment, reading: Reading): ShellWord {
  const name = node.text.slice(0, node.value.pos - node.pos);
  const parts = [{ kind: 'literal', text: name, quoted: false } as const, ...assignment.value.parts];
  return wordOf(node.text, parts, node.pos, node.end, reading);
}

/** The redirect as a list; empty when its target is missing. */
export function redirectFrom(node: Redirection, reading: Reading): readonly Redirect[] {
  const fd = node.descriptor?.type === 'FileDescriptor' ? { fd: node.descriptor.value } : {};
  const base = { operator: node.operator, ...fd, span: mappedSpan(reading.text, node.pos, node.end) };
  if (node.type !== 'HereDoc')
    return node.target === undefined ? [] : [{ ...base, target: wordFrom(node.target, reading) }];
  const { delimiter } = node;
  if (delimiter === undefined) return [];
  const parts = [{ kind: 'literal', text: delimiter.value, quoted: delimiter.quoted } as const];
  const target = wordOf(delimiter.text, parts, delimiter.pos, delimiter.end, reading);
  return [{ ...base, target, heredoc: heredocWord(node, reading) }];
}

function innerText(
  operand: ScriptOperand,
  nodes: ReadonlyMap<ShellWord, WordNode>,
  command: CommandNode,
  reading: Reading,
): Unquoted | undefined {
  if (operand.from === 'input') {
    const heredoc = command.redirects.findLast((redirect) => redirect.type === 'HereDoc');
    return heredoc?.type === 'HereDoc' ? unquoteHeredoc(heredoc, reading) : undefined;
  }
  const texts: Unquoted[] = [];
  for (const word of operand.words) {
    const node = nodes.get(word);
    const text = node === undefined ? undefined : unquote(node, reading);
    if (text === undefined) return undefined;
    texts.push(text);
  }
  return joined(texts);
}

/** `eval` joins its arguments with blanks. */
export function joined(texts: readonly Unquoted[]): Unquoted | undefined {
  const [first, ...rest] = texts;
  if (first === undefined || rest.length === 0) return first;
  const assembly = assemble(first.text.source);
  const expansions: Unquoted['expansions'][number][] = [];
  for (const { text, expansions: own } of texts) {
    if (assembly.length() > 0) assembly.put(' ', fileOffset(text, 0));
    const shift = assembly.length();
    assembly.copy(text, 0, text.text.length);
    expansions.push(...own.map((one) => ({ ...one, start: one.start + shift, end: one.end + shift })));
  }
  return { text: assembly.finish(), expansions };
}

/** `exit` and `return` with success: what follows runs only when their guards do not all hold. */
function noteExit(draft: Draft, surrounding: Surrounding, gathering: Gathering): void {
  const name = baseName(draft.words[0]);
  if (name === 'continue' || name === 'break') {
    const guards = [...surrounding.guards];
    gathering.exits.push(guards);
    gathering.endsOfRounds.add(guards);
  }
  if (name !== 'exit' && name !== 'return') return;
  const status = draft.words[1];
  const last = surrounding.guards.at(-1);
  const afterFailure = last?.kind === 'status' && last.outcome === 'failure';
  if (status === undefined ? !afterFailure : status.text === '0') gathering.exits.push(surrounding.guards);
}

/** A command that stands in no script, for the tests of a guard. */
export function pseudoCommand(
  surrounding: Surrounding,
  words: readonly ShellWord[],
  start: number,
  end: number,
): ShellCommand {
  return {
    index: -1,
    words,
    effective: words,
    assignments: [],
    redirects: [],
    environment: [],
    runs: surrounding.sometimes ? 'sometimes' : 'always',
    failure: failureIn(surrounding),
    guards: surrounding.guards,
    pipeline: -1,
    scope: surrounding.scope,
    partial: false,
    span: mappedSpan(surrounding.reading.text, start, end),
  };
}

/** A word that is an operator of the shell's grammar. */
export function operatorWord(text: string, start: number, end: number, reading: Reading): ShellWord {
  return wordOf(text, [{ kind: 'literal', text, quoted: false }], start, end, reading);
}
