/** `dflint facts`: what dflint knows of versions and days, where from, and how old that is. */
import { Option } from 'commander';
import { type DatedFacts, datedFacts } from '../../knowledge/index.ts';
import { createProgram, parseProgram, readDay } from '../program.ts';
import type { Surroundings } from '../surroundings.ts';

interface Given {
  readonly format: 'text' | 'json';
  readonly today?: string;
  readonly check?: boolean;
}

const millisecondsADay = 24 * 60 * 60 * 1000;

/** Half a year: what is older wants to be looked at again. */
const mostDays = 183;

const notes = `
What is older than half a year is marked. A release of dflint brings it anew.

Examples:
  dflint facts                  the tables, their days and their sources
  dflint facts --check          in CI, to be told when they are old
  dflint facts --format json    the same for programs

Exit status:
  0  the tables are listed
  1  with --check: one is older than half a year
  2  wrong usage`;

export async function factsCommand(argv: readonly string[], world: Surroundings): Promise<0 | 1 | 2> {
  const program = createProgram('dflint facts', world)
    .description('List what dflint knows of versions and days: where from, and of which day that is.')
    .addOption(new Option('-f, --format <format>', 'how to list it').choices(['text', 'json']).default('text'))
    .option('--check', 'exit status 1 when something is old')
    .option('--today <day>', 'the day by which age is judged, as 2027-01-31 (default: today)', readDay)
    .addHelpText('after', notes);
  const ended = parseProgram(program, argv, world);
  if (ended !== undefined) return ended;
  const { format, check = false, today = world.today } = program.opts<Given>();
  const rows = datedFacts.map((facts) => ({ ...facts, days: daysBetween(facts.checked, today) }));
  const aged = rows.map((row) => ({ ...row, old: row.days > mostDays }));
  world.out(format === 'json' ? `${JSON.stringify({ today, facts: aged }, undefined, 2)}\n` : listed(aged));
  return check && aged.some(({ old }) => old) ? 1 : 0;
}

function listed(rows: readonly (DatedFacts & { readonly days: number; readonly old: boolean })[]): string {
  const widest = Math.max(...rows.map(({ name }) => name.length));
  const lines = rows.map(
    ({ name, checked, days, old, source }) =>
      `${name.padEnd(widest)}  ${checked}  ${`${days} ${days === 1 ? 'day' : 'days'}`.padStart(9)}${old ? '  old' : ''}  ${source}\n`,
  );
  const old = rows.filter((row) => row.old).length;
  return `${lines.join('')}\n${rows.length} tables, ${old === 0 ? 'none' : old} older than half a year\n`;
}

const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / millisecondsADay);
