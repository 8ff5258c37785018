/** Statements of a shell script: which of their commands run, and where. */
import type { CaseGuard, Guard, LoopGuard, ShellWord } from './command.ts';
import {
  againstAll,
  fallbacksOf,
  guarded,
  joinedTests,
  negatedTests,
  statusGuards,
  successAt,
  type Tests,
  testCommand,
} from './condition.ts';
import {
  addCommand,
  addSubstitutions,
  type Gathering,
  pseudoCommand,
  redirectFrom,
  type Surrounding,
} from './draft.ts';
import { isNeverEmpty, isTest, joinTests, leavesWithSuccess } from './nodes.ts';
import type {
  AndOr,
  ArithmeticFor,
  Case,
  CompoundCommand,
  For,
  FunctionNode,
  If,
  Pipeline,
  PipelineMember,
  PipelineNode,
  Select,
  Statement,
  While,
} from './unbash.ts';
import { wordFrom } from './word.ts';

/** The arms of an `if` behind so many others are not told apart: each has the guards of all before it. */
const mostArms = 32;
/** After so many early exits the next ones make nothing more uncertain. */
const mostExits = 16;

/** Reads statements into `gathering.drafts`. */
export function readStatements(statements: readonly Statement[], surrounding: Surrounding, gathering: Gathering): void {
  readList(statements, surrounding);

  /** Each of these functions gives the tests that decide the status of what it read. */
  function readList(list: readonly Statement[], outer: Surrounding): Tests {
    let inside = outer;
    let tests: Tests = [];
    for (const [at, statement] of list.entries()) {
      const last = at === list.length - 1;
      const exitsBefore = gathering.exits.length;
      tests = readStatement(statement, last ? inside : { ...inside, critical: false, absorbed: false });
      if (!last) inside = afterExits(inside, exitsBefore);
    }
    return tests;
  }

  function afterExits(inside: Surrounding, seen: number): Surrounding {
    let after = inside;
    for (const guards of gathering.exits.slice(seen, mostExits)) {
      after = guarded(after, againstAll(guards.slice(inside.guards.length), inside));
    }
    return after;
  }

  /** `exit` and `return` end only the shell or function that they are in. */
  function readApart(list: readonly Statement[], inside: Surrounding): Tests {
    const exitsBefore = gathering.exits.length;
    const tests = readList(list, inside);
    gathering.exits.length = exitsBefore;
    return tests;
  }

  function readStatement(statement: Statement, inside: Surrounding): Tests {
    if (statement.background !== true) return readNode(statement.command, inside);
    const exitsBefore = gathering.exits.length;
    readNode(statement.command, { ...inShell(inside), critical: false, absorbed: false, background: true });
    gathering.exits.length = exitsBefore;
    return [successAt(statement, inside)];
  }

  function inShell(inside: Surrounding): Surrounding {
    return { ...inside, scope: [...inside.scope, gathering.nextNumber()] };
  }

  function readNode(node: PipelineNode | AndOr, inside: Surrounding): Tests {
    if (node.type === 'AndOr') return readAndOr(node, inside);
    if (node.type === 'Pipeline') return readPipeline(node, inside);
    return readMember(node, inside, gathering.nextNumber());
  }

  function readAndOr(list: AndOr, inside: Surrounding): Tests {
    const fallbacks = fallbacksOf(list, inside);
    let tests: Tests = [];
    let mayFail = false;
    const exitsBefore = gathering.exits.length;
    for (const [at, member] of list.commands.entries()) {
      const fallback = fallbacks[at] ?? 'none';
      const absorbed = fallback === 'runs on' || (fallback === 'none' && inside.absorbed);
      const critical = fallback === 'ends the script' || (fallback === 'none' && inside.critical);
      const joined = inside.joined || at < list.commands.length - 1;
      let around: Surrounding = { ...afterExits(inside, exitsBefore), absorbed, critical, joined };
      if (at > 0) {
        const guards = statusGuards(tests);
        if (list.operators[at - 1] === '||') around = guarded(around, guards.failure);
        else if (absorbed || (mayFail && !critical) || leavesWithSuccess(member))
          around = guarded(around, guards.success);
        else if (mayFail) around = { ...around, guards: [...around.guards, guards.success] };
        else if (!critical) around = { ...around, guards: [...around.guards, { ...guards.success, expected: true }] };
      }
      const own = readNode(member, around);
      tests = joinedTests(tests, own, () => pseudoCommand(inside, [], list.pos, list.end));
      mayFail = joinTests(mayFail, at, list, isTest(member));
    }
    return tests;
  }

  function readPipeline(pipeline: Pipeline, inside: Surrounding): Tests {
    const negated = pipeline.prefixes.filter((prefix) => prefix.type === 'Negation').length % 2 === 1;
    const around = negated ? { ...inside, absorbed: true, critical: false } : inside;
    const number = gathering.nextNumber();
    let tests: Tests = [];
    const alone = pipeline.commands.length === 1;
    const by = alone ? undefined : gathering.newPipeline(pipeline.commands.length);
    for (const [at, member] of pipeline.commands.entries()) {
      const exitsBefore = gathering.exits.length;
      tests = readMember(member, by === undefined ? around : { ...inShell(around), piped: { by, member: at } }, number);
      if (!alone) gathering.exits.length = exitsBefore;
    }
    return negated ? negatedTests(tests, inside, pipeline) : tests;
  }

  function readMember(node: PipelineMember, inside: Surrounding, pipeline: number): Tests {
    switch (node.type) {
      case 'Command':
        return [addCommand(node, inside, pipeline, gathering)];
      case 'Redirected': {
        for (const redirect of node.redirects) addSubstitutions(redirect, inside, gathering);
        const own = node.redirects.flatMap((redirect) => redirectFrom(redirect, inside.reading));
        return readCompound(node.command, { ...inside, redirects: [...own, ...inside.redirects] });
      }
      case 'Function':
        readFunction(node, inside);
        return [successAt(node, inside)];
      case 'Coproc': {
        const { body } = node;
        const shell = { ...inShell(inside), critical: false, absorbed: false };
        if (body.type === 'CompoundList') readApart(body.commands, shell);
        else readMember(body, shell, gathering.nextNumber());
        return [successAt(node, inside)];
      }
      default:
        return readCompound(node, inside);
    }
  }

  function readFunction(node: FunctionNode, inside: Surrounding): void {
    const exitsBefore = gathering.exits.length;
    const guards: readonly Guard[] = [...inside.guards, { kind: 'function', name: node.name.value }];
    const body = { ...inside, guards, critical: false, absorbed: false, piped: undefined };
    if (node.body.type === 'CompoundList') readList(node.body.commands, body);
    else readMember(node.body, body, gathering.nextNumber());
    gathering.exits.length = exitsBefore;
  }

  function readCompound(node: CompoundCommand, inside: Surrounding): Tests {
    switch (node.type) {
      case 'BraceGroup':
        return readList(node.body.commands, inside);
      case 'Subshell':
        return readApart(node.body.commands, inShell(inside));
      case 'If':
        return readIf(node, inside);
      case 'While':
        return readWhile(node, inside);
      case 'For':
      case 'Select':
        return readFor(node, inside);
      case 'ArithmeticFor':
        for (const part of [node.initialize, node.test, node.update])
          if (part !== undefined) addSubstitutions(part, inside, gathering);
        return readLoop(node, { kind: 'loop', certain: false }, inside);
      case 'Case':
        return readCase(node, inside);
      case 'TestCommand':
      case 'ArithmeticCommand':
        addSubstitutions(node, inside, gathering);
        return [testCommand(node, inside)];
    }
  }

  function readIf(node: If, inside: Surrounding): Tests {
    let tests: Tests = [successAt(node, inside)];
    let outside = inside;
    const asked = { absorbed: true, critical: false };
    for (const [at, arm] of [node, ...node.elif].entries()) {
      const exitsBefore = gathering.exits.length;
      const condition = statusGuards(readList(arm.clause.commands, { ...outside, ...asked }));
      outside = afterExits(outside, exitsBefore);
      const own = readList(arm.then.commands, guarded(outside, condition.success));
      tests = joinedTests(tests, own, () => pseudoCommand(inside, [], node.pos, node.end));
      if (at < mostArms) outside = guarded(outside, condition.failure);
      else if (at === mostArms) outside = guarded(outside, { kind: 'loop', certain: false });
    }
    if (node.else === undefined) return tests;
    const own = readList(node.else.commands, outside);
    return joinedTests(tests, own, () => pseudoCommand(inside, [], node.pos, node.end));
  }

  function readWhile(node: While, inside: Surrounding): Tests {
    const asked = { ...inside, absorbed: true, critical: false };
    const condition = statusGuards(readList(node.clause.commands, asked));
    const outcome = node.kind === 'while' ? condition.success : condition.failure;
    return readLoop(node, { kind: 'loop', certain: false }, guarded(inside, outcome));
  }

  function readFor(node: For | Select, inside: Surrounding): Tests {
    for (const word of node.wordlist ?? []) addSubstitutions(word, inside, gathering);
    const variable = node.name.value;
    if (node.type === 'Select' || node.wordlist === undefined)
      return readLoop(node, { kind: 'loop', certain: false, variable }, inside);
    const words = node.wordlist.map((word) => wordFrom(word, inside.reading));
    const certain = node.wordlist.some(isNeverEmpty);
    return readLoop(node, { kind: 'loop', certain, variable, words, scope: inside.scope }, inside);
  }

  function readLoop(node: For | Select | While | ArithmeticFor, loop: LoopGuard, inside: Surrounding): Tests {
    const around = { ...inside, critical: false };
    const body = loop.certain ? { ...around, guards: [...around.guards, loop] } : guarded(around, loop);
    const exitsBefore = gathering.exits.length;
    const tests = readList(node.body.commands, body);
    const exits = gathering.exits.splice(exitsBefore);
    gathering.exits.push(...exits.filter((guards) => !gathering.endsOfRounds.has(guards)));
    return [successAt(node, inside), ...tests];
  }

  function readCase(node: Case, inside: Surrounding): Tests {
    addSubstitutions(node.word, inside, gathering);
    const subject = wordFrom(node.word, inside.reading);
    let previous: CaseGuard | undefined;
    let falling: readonly ShellWord[] = [];
    let tests: Tests = [successAt(node, inside)];
    for (const item of node.items) {
      for (const pattern of item.pattern) addSubstitutions(pattern, inside, gathering);
      const patterns = [...falling, ...item.pattern.map((pattern) => wordFrom(pattern, inside.reading))];
      const guard: CaseGuard = { kind: 'case', subject, patterns, ...(previous === undefined ? {} : { previous }) };
      const own = readList(item.body.commands, guarded(inside, guard));
      tests = joinedTests(tests, own, () => pseudoCommand(inside, [], node.pos, node.end));
      falling = item.terminator === ';&' ? patterns.slice(-mostArms) : [];
      if (item.terminator !== ';&' && item.terminator !== ';;&') previous = guard;
    }
    return tests;
  }
}
