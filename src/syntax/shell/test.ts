/** Whether the commands that ask something succeed: `[`, `test`, `[[`, `command -v`, `true` … */
import type { LoopGuard, ShellCommand, ShellWord } from './command.ts';
import { expandShellWord, expandShellWords, patternOf, type VariableLookup } from './expand.ts';
import { matchesPattern } from './pattern.ts';
import { baseName } from './wrapper.ts';

/** What a test asks of a path: the operator without its dash; `e` for any kind of entry. */
export type FileTest = 'e' | 'f' | 'd' | 's' | 'r' | 'w' | 'x' | 'L';

/** What came of a command: not known where undefined. */
export interface Outcome {
  readonly ran: boolean | undefined;
  /** As far as it ran. */
  readonly success: boolean | undefined;
}

/** What a script can ask. Every answer may be undefined: not known. */
export interface ShellWorld {
  readonly lookup: VariableLookup;
  /** Whether the test holds of a path, which is as the script writes it, relative ones included. */
  readonly exists?: (path: string, test: FileTest) => boolean | undefined;
  /** What came of a command that the script has reached; undefined for others and for pseudo-commands. */
  readonly outcome?: (command: ShellCommand) => Outcome | undefined;
  /** Whether the body of a loop runs at all. */
  readonly enters?: (loop: LoopGuard) => boolean | undefined;
  /** Whether a command is there to be run. */
  readonly hasCommand?: (name: string) => boolean | undefined;
}

/** Whether a command succeeds; undefined when that is not known, as for nearly all that are no tests. */
export function evaluateTest(command: ShellCommand, world: ShellWorld): boolean | undefined {
  return evaluateWords(command.effective, command, world);
}

function evaluateWords(words: readonly ShellWord[], command: ShellCommand, world: ShellWorld): boolean | undefined {
  const name = baseName(words[0]);
  switch (name) {
    case '!':
      return not(evaluateWords(words.slice(1), command, world));
    case 'true':
    case ':':
      return true;
    case 'false':
      return false;
    case '[[':
      return evaluateDoubleBracket(words.slice(1, -1), world);
    case '[':
    case 'test': {
      const operands: (string | undefined)[] = [];
      for (const word of words.slice(1)) {
        const texts = expandShellWords(word, world.lookup);
        if (texts === undefined && !isOneWord(word)) return undefined;
        operands.push(...(texts ?? [undefined]));
      }
      if (name === '[' && operands.pop() !== ']') return undefined;
      return evaluateOperands(operands, world);
    }
    case 'command':
    case 'which':
    case 'type':
    case 'hash':
      return findCommands(name, words.slice(1), world);
    case undefined:
      return isPlainAssignment(command) ? true : undefined;
    default:
      return undefined;
  }
}

/** A word that is not split, however its variables come out. */
const isOneWord = (word: ShellWord): boolean =>
  word.parts.every(
    (part) => part.kind === 'literal' || (part.kind === 'parameter' && part.quoted && part.name !== '@'),
  );

const isPlainAssignment = (command: ShellCommand): boolean =>
  command.words.length === 0 &&
  command.assignments.length > 0 &&
  command.redirects.length === 0 &&
  command.assignments.every((assignment) => assignment.value.parts.every((part) => part.kind !== 'substitution'));

function findCommands(name: string, words: readonly ShellWord[], world: ShellWorld): boolean | undefined {
  const texts = words.map((word) => expandShellWord(word, world.lookup));
  if (name === 'command' && !/^-[vV]$/.test(texts[0] ?? '')) return undefined;
  const names = texts.filter((text) => text === undefined || !text.startsWith('-'));
  if (names.length !== 1) return undefined;
  const [wanted] = names;
  return wanted === undefined ? undefined : world.hasCommand?.(wanted);
}

export const not = (value: boolean | undefined): boolean | undefined => (value === undefined ? undefined : !value);

/** Three-valued: false wins over unknown in `and`, true in `or`. */
export function both(left: boolean | undefined, right: boolean | undefined): boolean | undefined {
  if (left === false || right === false) return false;
  return left === undefined || right === undefined ? undefined : true;
}

export const either = (left: boolean | undefined, right: boolean | undefined): boolean | undefined =>
  not(both(not(left), not(right)));

type Operands = readonly (string | undefined)[];

/** POSIX test: what the operators are depends on the number of operands. */
function evaluateOperands(operands: Operands, world: ShellWorld): boolean | undefined {
  const [first, second, third] = operands;
  switch (operands.length) {
    case 0:
      return false;
    case 1:
      return first === undefined ? undefined : first !== '';
    case 2:
      if (first === '!') return not(evaluateOperands(operands.slice(1), world));
      return first === undefined ? undefined : evaluateUnary(first, second, world);
    case 3:
      if (second !== undefined && isBinary(second)) return evaluateBinary(first, second, third);
      if (second === '-a') return both(evaluateOperands([first], world), evaluateOperands([third], world));
      if (second === '-o') return either(evaluateOperands([first], world), evaluateOperands([third], world));
      if (first === '!') return not(evaluateOperands(operands.slice(1), world));
      if (first === '(' && third === ')') return evaluateOperands([second], world);
      return undefined;
    default:
      return evaluateLong(operands, world);
  }
}

/** More than three operands: `-o` binds looser than `-a`, both looser than `!`. */
function evaluateLong(operands: Operands, world: ShellWorld): boolean | undefined {
  if (operands.length > 200) return undefined;
  const anyParts = splitAt(operands, '-o');
  if (anyParts.length > 1) return anyParts.map((part) => evaluateOperands(part, world)).reduce(either, false);
  const allParts = splitAt(operands, '-a');
  if (allParts.length > 1) return allParts.map((part) => evaluateOperands(part, world)).reduce(both, true);
  if (operands[0] === '!') return not(evaluateOperands(operands.slice(1), world));
  if (operands[0] === '(' && operands.at(-1) === ')') return evaluateOperands(operands.slice(1, -1), world);
  return undefined;
}

/** The operands between the operators outside of parentheses. */
function splitAt(operands: Operands, operator: string): readonly Operands[] {
  const parts: (string | undefined)[][] = [];
  let part: (string | undefined)[] = [];
  let level = 0;
  for (const operand of operands) {
    if (operand === '(') level += 1;
    if (operand === ')') level -= 1;
    if (operand === operator && level === 0 && part.length > 0) {
      parts.push(part);
      part = [];
    } else part.push(operand);
  }
  return [...parts, part];
}

const fileTests: ReadonlyMap<string, FileTest> = new Map([
  ['-e', 'e'],
  ['-a', 'e'],
  ['-f', 'f'],
  ['-d', 'd'],
  ['-s', 's'],
  ['-r', 'r'],
  ['-w', 'w'],
  ['-x', 'x'],
  ['-L', 'L'],
  ['-h', 'L'],
]);

function evaluateUnary(operator: string, operand: string | undefined, world: ShellWorld): boolean | undefined {
  if (operand === undefined) return undefined;
  if (operator === '-z') return operand === '';
  if (operator === '-n') return operand !== '';
  if (operator === '-v') {
    const value = world.lookup(operand);
    return value === undefined ? undefined : value !== null;
  }
  const test = fileTests.get(operator);
  if (test === undefined) return undefined;
  return operand === '' ? false : world.exists?.(operand, test);
}

const binaryOperators: ReadonlySet<string> = new Set([
  ...['=', '==', '!=', '<', '>', '-eq', '-ne', '-lt', '-le', '-gt', '-ge', '-nt', '-ot', '-ef'],
]);

const isBinary = (operator: string): boolean => binaryOperators.has(operator);

function evaluateBinary(left: string | undefined, operator: string, right: string | undefined): boolean | undefined {
  if (left === undefined || right === undefined) return undefined;
  if (operator === '=' || operator === '==') return left === right;
  if (operator === '!=') return left !== right;
  if (!/^\s*[-+]?\d{1,15}\s*$/.test(left) || !/^\s*[-+]?\d{1,15}\s*$/.test(right)) return undefined;
  const difference = Number(left) - Number(right);
  switch (operator) {
    case '-eq':
      return difference === 0;
    case '-ne':
      return difference !== 0;
    case '-lt':
      return difference < 0;
    case '-le':
      return difference <= 0;
    case '-gt':
      return difference > 0;
    case '-ge':
      return difference >= 0;
    default:
      return undefined;
  }
}

/** `[[ … ]]`: words are not split, the right side of `==` is a pattern, and `&&`, `||`, `!`, `(` are operators. */
function evaluateDoubleBracket(words: readonly ShellWord[], world: ShellWorld): boolean | undefined {
  let at = 0;
  const operator = (): string | undefined => {
    const word = words[at];
    return word !== undefined && word.raw === word.text ? word.text : undefined;
  };
  const evaluateOr = (): boolean | undefined => {
    let value = evaluateAnd();
    while (operator() === '||') {
      at += 1;
      value = either(value, evaluateAnd());
    }
    return value;
  };
  const evaluateAnd = (): boolean | undefined => {
    let value = evaluateNot();
    while (operator() === '&&') {
      at += 1;
      value = both(value, evaluateNot());
    }
    return value;
  };
  const evaluateNot = (): boolean | undefined => {
    let negated = false;
    for (; operator() === '!'; at += 1) negated = !negated;
    const value = evaluatePrimary();
    return negated ? not(value) : value;
  };
  const evaluatePrimary = (): boolean | undefined => {
    if (operator() === '(') {
      at += 1;
      const value = evaluateOr();
      at += 1;
      return value;
    }
    const [first, second, third] = words.slice(at, at + 3);
    if (first === undefined) return undefined;
    const middle = second?.text;
    if (third !== undefined && middle !== undefined && (isBinary(middle) || middle === '=~')) {
      at += 3;
      return evaluateMatch(first, middle, third, world);
    }
    at += 2;
    const operand = second === undefined ? undefined : expandShellWord(second, world.lookup);
    return first.text === undefined ? undefined : evaluateUnary(first.text, operand, world);
  };
  return evaluateOr();
}

function evaluateMatch(left: ShellWord, operator: string, right: ShellWord, world: ShellWorld): boolean | undefined {
  const value = expandShellWord(left, world.lookup);
  if (operator !== '=' && operator !== '==' && operator !== '!=')
    return evaluateBinary(value, operator, expandShellWord(right, world.lookup));
  const matches = matchesWord(value, right, world.lookup);
  return operator === '!=' ? not(matches) : matches;
}

/** Whether a text matches a word as a pattern, as in `case`. */
export function matchesWord(text: string | undefined, pattern: ShellWord, lookup: VariableLookup): boolean | undefined {
  if (pattern.raw === '*') return true;
  const compiled = text === undefined ? undefined : patternOf(pattern.parts, lookup);
  return text === undefined || compiled === undefined ? undefined : matchesPattern(compiled, [...text]);
}
