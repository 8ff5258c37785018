/** What all commands of the command line share: how they print help and errors. */
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { harmless } from '../report/harmless.ts';
import { plainStyle, type Style } from '../report/style.ts';
import { isDate } from '../syntax/date.ts';
import type { Surroundings } from './surroundings.ts';

type Output = Pick<Surroundings, 'out' | 'err' | 'columns' | 'define'>;

/** A command with help, errors on standard error, and no exit of its own. */
export function createProgram(name: string, output: Output): Command {
  const program = new Command(name);
  return program
    .helpOption('-h, --help', 'print this help')
    .showSuggestionAfterError(true)
    .configureOutput({
      writeOut: (text) => output.out(text),
      writeErr: (text) => output.err(text),
      getOutHelpWidth: () => output.columns,
      getErrHelpWidth: () => output.columns,
      outputError: (text, write) => {
        const lines = text
          .replace(/^error: /, 'dflint: ')
          .trimEnd()
          .split('\n');
        write(lines.map((line) => `${harmless(line)}\n`).join(''));
      },
    })
    .addHelpText('beforeAll', () => {
      output.define?.(program);
      return '';
    })
    .exitOverride();
}

/** Parses the words after the command; the exit status when there is nothing more to do (help, wrong usage). */
export function parseProgram(program: Command, argv: readonly string[], output: Output): 0 | 2 | undefined {
  try {
    program.parse([...argv], { from: 'user' });
    return undefined;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    output.err(`See ${program.name()} --help.\n`);
    return 2;
  }
}

/** `NAME=VALUE`, or `NAME` alone, whose value is that of the environment, as docker does it. */
export function buildArguments(given: readonly string[], env: Surroundings['env']): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const each of given) {
    const at = each.indexOf('=');
    const value = at === -1 ? env[each] : each.slice(at + 1);
    if (value !== undefined) found.set(at === -1 ? each : each.slice(0, at), value);
  }
  return found;
}

/** Whether colour is used: on a terminal, or when asked for, never under NO_COLOR. */
export function usesColour(asked: boolean | undefined, world: Surroundings): boolean {
  if (asked === false || (world.env['NO_COLOR'] ?? '') !== '') return false;
  return asked === true || (world.terminal && world.env['TERM'] !== 'dumb');
}

export async function styleFor(asked: boolean | undefined, world: Surroundings): Promise<Style> {
  if (!usesColour(asked, world)) return plainStyle;
  const { Chalk } = await import('chalk');
  const chalk = new Chalk({ level: 1 });
  return { error: chalk.red.bold, warning: chalk.yellow, info: chalk.cyan, strong: chalk.bold, faint: chalk.dim };
}

/** Collects the values of an option that may be repeated. */
export const repeatable = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** The value of --today. */
export function readDay(text: string): string {
  if (!isDate(text)) throw new InvalidArgumentError('Write a day that there is, as 2027-01-31.');
  return text;
}
