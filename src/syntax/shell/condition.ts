/** Guards made from the commands whose status decides. */
import type { Guard, ShellCommand, ShellWord, StatusGuard } from './command.ts';
import { operatorWord, pseudoCommand, type Surrounding } from './draft.ts';
import { failure } from './nodes.ts';
import type { AndOr, CompoundCommand, SyntaxNode, TestExpression } from './unbash.ts';
import { type Reading, wordFrom } from './word.ts';

/** More tests than anyone writes by hand count as unknown: guards would take memory with the square of their number. */
const mostTests = 64;

/** The commands of which the last that runs decides the status of a list. */
export type Tests = readonly ShellCommand[];

/** Both outcomes of a condition, with one `tests` between them. */
export const statusGuards = (tests: Tests): { readonly success: StatusGuard; readonly failure: StatusGuard } => ({
  success: { kind: 'status', tests, outcome: 'success' },
  failure: { kind: 'status', tests, outcome: 'failure' },
});

/** The tests of a list so far and of its next member. */
export const joinedTests = (before: Tests, next: Tests, unknown: () => ShellCommand): Tests =>
  before.length + next.length <= mostTests ? [...before, ...next] : [unknown()];

/** The status of `! …`: a copy of the command with `!` before its words. */
export function negatedTests(tests: Tests, surrounding: Surrounding, at: { pos: number; end: number }): Tests {
  const [only] = tests;
  if (only === undefined || tests.length > 1) return [pseudoCommand(surrounding, [], at.pos, at.end)];
  const bang = operatorWord('!', at.pos, at.pos + 1, surrounding.reading);
  const words = [bang, ...only.words];
  return [{ ...only, index: -1, words, effective: [bang, ...only.effective] }];
}

/** `[[ … ]]` or `(( … ))` as a command whose words are the parts of the expression. */
export function testCommand(node: CompoundCommand, surrounding: Surrounding): ShellCommand {
  const { reading } = surrounding;
  const words: ShellWord[] = [];
  const operator = (text: string, start: number): void => {
    words.push(operatorWord(text, start, start + text.length, reading));
  };
  if (node.type === 'TestCommand') {
    operator('[[', node.pos);
    addExpression(node.expression, words, operator, reading);
    operator(']]', Math.max(node.pos, node.end - 2));
  } else if (node.type === 'ArithmeticCommand') {
    operator('((', node.pos);
    operator(node.body, node.pos + 2);
    operator('))', Math.max(node.pos, node.end - 2));
  }
  return pseudoCommand(surrounding, words, node.pos, node.end);
}

function addExpression(
  expression: TestExpression,
  words: ShellWord[],
  operator: (text: string, start: number) => void,
  reading: Reading,
): void {
  switch (expression.type) {
    case 'TestUnary':
      operator(expression.operator, expression.pos);
      words.push(wordFrom(expression.operand, reading));
      return;
    case 'TestBinary':
      words.push(wordFrom(expression.left, reading));
      operator(expression.operator, expression.left.end);
      words.push(wordFrom(expression.right, reading));
      return;
    case 'TestLogical':
      for (const [at, operand] of expression.operands.entries()) {
        if (at > 0) operator(expression.operator, operand.pos);
        addExpression(operand, words, operator, reading);
      }
      return;
    case 'TestNot':
      for (const negation of expression.negations) operator('!', negation.pos);
      addExpression(expression.operand, words, operator, reading);
      return;
    case 'TestGroup':
      operator('(', expression.pos);
      addExpression(expression.expression, words, operator, reading);
      operator(')', Math.max(expression.pos, expression.end - 1));
  }
}

/** The status of a statement of which nothing runs: an `if` or `case` without an arm that fits, a definition. */
export const successAt = (node: SyntaxNode, inside: Surrounding): ShellCommand =>
  pseudoCommand(inside, [operatorWord(':', node.pos, node.pos, inside.reading)], node.pos, node.pos);

/** Holds when not all of `guards` do: with none it never holds, with several it is not known. */
export function againstAll(guards: readonly Guard[], inside: Surrounding): Guard {
  const [only, ...others] = guards.filter((guard) => !isCertain(guard));
  if (only === undefined) return { kind: 'status', tests: [], outcome: 'failure' };
  if (only.kind === 'status' && others.length === 0)
    return { ...only, outcome: only.outcome === 'success' ? 'failure' : 'success' };
  return { kind: 'status', tests: [pseudoCommand(inside, [], 0, 0)], outcome: 'success' };
}

type Fallback = 'none' | 'runs on' | 'ends the script';

/** What a failure of each member of a list leads to: a `|| …` that goes on, one that ends the script, or neither. */
export function fallbacksOf(list: AndOr, inside: Surrounding): readonly Fallback[] {
  const found: Fallback[] = [];
  let next: Fallback = 'none';
  for (let at = list.commands.length - 1; at >= 0; at -= 1) {
    found[at] = next;
    const member = list.commands[at];
    if (at === 0 || list.operators[at - 1] !== '||' || member === undefined) continue;
    const ends = failure(member);
    const reaches: boolean = next === 'ends the script' || (next === 'none' && inside.critical);
    next = ends === 'leaves' || (ends === 'fails' && reaches) ? 'ends the script' : 'runs on';
  }
  return found;
}

/** Inside of one more guard, which makes it uncertain whether anything runs. */
export function guarded(inside: Surrounding, guard: Guard): Surrounding {
  return { ...inside, guards: [...inside.guards, guard], sometimes: true };
}

const isCertain = (guard: Guard): boolean =>
  (guard.kind === 'loop' && guard.certain) || (guard.kind === 'status' && guard.expected === true);
