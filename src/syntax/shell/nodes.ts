/** What unbash's nodes say of the status that they end with. */
import type { AndOr, CompoundList, PipelineNode, WordNode } from './unbash.ts';

/** Commands written for their status: that they fail is no fault of the build. */
const testCommands: ReadonlySet<string> = new Set([
  ...['[', 'test', 'false', 'which', 'type', 'hash', 'whence', 'cmp', 'pgrep', 'getent', 'mountpoint', 'ischroot'],
]);

const quietOptions = /^(-(?=[A-Za-z]*[qs])[A-Za-z]+|--quiet|--silent)$/;
const greps: ReadonlySet<string> = new Set(['grep', 'egrep', 'fgrep', 'zgrep', 'rg', 'diff']);

/** It asks something: it may fail without anything being wrong. */
export function isTest(node: PipelineNode | AndOr): boolean {
  switch (node.type) {
    case 'TestCommand':
    case 'ArithmeticCommand':
      return true;
    case 'Redirected':
      return isTest(node.command);
    case 'Subshell':
    case 'BraceGroup':
      return lastIsTest(node.body);
    case 'If':
      return (
        [node, ...node.elif].some((arm) => lastIsTest(arm.then)) || (node.else !== undefined && lastIsTest(node.else))
      );
    case 'Case':
      return node.items.some((item) => lastIsTest(item.body));
    case 'For':
    case 'While':
    case 'Select':
    case 'ArithmeticFor':
      return lastIsTest(node.body);
    case 'Pipeline': {
      if (node.prefixes.some((prefix) => prefix.type === 'Negation')) return true;
      const last = node.commands.at(-1);
      return last !== undefined && isTest(last);
    }
    case 'AndOr':
      return listIsTest(node);
    case 'Command': {
      const name = node.name?.value ?? '';
      if (testCommands.has(name)) return true;
      const [first] = node.suffix;
      const option = first?.type === 'Word' ? first.value : '';
      if (name === 'command') return /^-[vV]$/.test(option);
      return (
        greps.has(name) && node.suffix.some((argument) => argument.type === 'Word' && quietOptions.test(argument.value))
      );
    }
    default:
      return false;
  }
}

function lastIsTest(list: CompoundList): boolean {
  const last = list.commands.at(-1);
  return last !== undefined && last.background !== true && isTest(last.command);
}

function listIsTest(list: AndOr): boolean {
  let may = false;
  for (const [at, member] of list.commands.entries()) may = joinTests(may, at, list, isTest(member));
  return may;
}

/** Whether the list up to and with member `at` may fail as a test does, when the list before it may or may not. */
export function joinTests(before: boolean, at: number, list: AndOr, member: boolean): boolean {
  if (at === 0) return member;
  return list.operators[at - 1] === '||' ? before && member : before || member;
}

/**
 * How surely the right side of a `||` ends the script with a failure: `exit 1` leaves it, `false` only fails.
 * `alone`: nothing ran between the left side and `node`, so that a bare `exit` hands on its failure.
 */
export function failure(node: PipelineNode | AndOr, alone = true): 'leaves' | 'fails' | undefined {
  switch (node.type) {
    case 'Command': {
      const name = node.name?.value;
      if (name === 'false') return 'fails';
      if (name !== 'exit' && name !== 'return') return undefined;
      const [status] = node.suffix;
      if (status === undefined) return alone ? 'leaves' : undefined;
      if (status.type !== 'Word') return undefined;
      return /^[1-9]\d*$/.test(status.value) || (alone && status.value === '$?') ? 'leaves' : undefined;
    }
    case 'Redirected':
      return failure(node.command, alone);
    case 'BraceGroup':
    case 'Subshell': {
      const last = node.body.commands.at(-1);
      if (last === undefined || last.background === true) return undefined;
      const found = failure(last.command, alone && node.body.commands.length === 1);
      return found === 'leaves' && node.type === 'Subshell' ? 'fails' : found;
    }
    case 'AndOr': {
      const last = node.commands.at(-1);
      return last === undefined || node.operators.includes('||') ? undefined : failure(last, false);
    }
    default:
      return undefined;
  }
}

/** `exit 0`, `continue` and their like, right of `&&`: what is left of it decides whether anything after it runs. */
export function leavesWithSuccess(node: PipelineNode | AndOr): boolean {
  if (node.type === 'BraceGroup') {
    const last = node.body.commands.at(-1);
    return last !== undefined && last.background !== true && leavesWithSuccess(last.command);
  }
  if (node.type !== 'Command') return false;
  const name = node.name?.value;
  if (name === 'continue' || name === 'break') return true;
  if (name !== 'exit' && name !== 'return') return false;
  const [status] = node.suffix;
  return status === undefined || (status.type === 'Word' && status.value === '0');
}

/** A word that comes to at least one word, whatever its variables hold; an unmatched glob stands for itself. */
export function isNeverEmpty(word: WordNode): boolean {
  if (word.parts === undefined) return word.text !== '';
  return word.parts.some(
    ({ type }) => type !== 'SimpleExpansion' && type !== 'ParameterExpansion' && type !== 'CommandExpansion',
  );
}
