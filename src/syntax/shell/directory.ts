/** How `cd`, `pushd` and `popd` change the working directory. */
import type { ShellCommand, ShellWord } from './command.ts';
import { expandShellWords, type VariableLookup } from './expand.ts';
import { wrappersOf } from './wrapper.ts';

export interface Directory {
  /** Absolute; undefined when not known. */
  readonly current: string | undefined;
  /** Where `cd -` leads. */
  readonly previous: string | undefined;
  /** Those that `pushd` left, the last one first. */
  readonly stack: readonly (string | undefined)[];
}

/** PATH_MAX of Linux. */
const longestPath = 4_096;

/** Where `cd`, `pushd` and `popd` lead; undefined for all other commands. */
export function moveOf(
  command: ShellCommand,
  from: Directory,
  lookup: VariableLookup,
  home: string | undefined,
): Directory | undefined {
  const [name, ...words] = command.effective;
  if (wrappersOf(command).some((word) => word.text !== 'command' && word.text !== 'builtin')) return undefined;
  const operand = (): string | undefined => directoryOperand(words, lookup, home);
  switch (name?.text) {
    case 'cd':
    case 'chdir': {
      const target = words.length === 0 ? home : operand() === '-' ? from.previous : join(from.current, operand());
      return { current: target, previous: from.current, stack: from.stack };
    }
    case 'pushd': {
      const [top] = from.stack;
      if (words.length === 0)
        return { current: top, previous: from.current, stack: [from.current, ...from.stack.slice(1)] };
      const stack = from.stack.length > 100 ? [] : [from.current, ...from.stack];
      return { current: join(from.current, operand()), previous: from.current, stack };
    }
    case 'popd':
      return { current: from.stack[0], previous: from.current, stack: from.stack.slice(1) };
    default:
      return undefined;
  }
}

function directoryOperand(
  words: readonly ShellWord[],
  lookup: VariableLookup,
  home: string | undefined,
): string | undefined {
  const operands = words.filter((word) => !/^-[LPe@n]+$|^--$/.test(word.text ?? ''));
  const [operand] = operands;
  if (operand === undefined || operands.length > 1) return operands.length === 0 ? home : undefined;
  const texts = expandShellWords(operand, lookup);
  if (texts === undefined || texts.length > 1) return undefined;
  const [text] = texts;
  if (text === undefined) return home;
  if (/^[+-]\d+$/.test(text)) return undefined;
  const [first] = operand.parts;
  if (first?.kind !== 'literal' || first.quoted || !text.startsWith('~')) return text;
  if (text !== '~' && !text.startsWith('~/')) return undefined;
  return home === undefined ? undefined : home + text.slice(1);
}

/** A path seen from a directory, as `cd` makes it: `..` takes off a name without a look at links. */
function join(directory: string | undefined, path: string | undefined): string | undefined {
  if (path === undefined || (directory === undefined && !path.startsWith('/'))) return undefined;
  const names: string[] = [];
  for (const name of `${path.startsWith('/') ? '' : directory}/${path}`.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  const joined = `/${names.join('/')}`;
  return joined.length > longestPath ? undefined : joined;
}
