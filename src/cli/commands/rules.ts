/** `dflint rules`: which rules there are. */
import { InvalidArgumentError, Option } from 'commander';
import { allRules } from '../../api/examples.ts';
import { presetNames } from '../../config/choices.ts';
import { bareCode, linterOf } from '../../docs/codes.ts';
import { describeRule, type RuleDescription } from '../../docs/describe-rule.ts';
import { rulesText } from '../../docs/rules-text.ts';
import type { Category, Preset, Severity } from '../../rule.ts';
import { createProgram, parseProgram, styleFor } from '../program.ts';
import type { Surroundings } from '../surroundings.ts';

interface Given {
  readonly format: 'text' | 'json';
  readonly category?: readonly Category[];
  readonly preset?: Preset;
  readonly severity?: readonly Severity[];
  readonly code?: readonly string[];
  readonly color?: boolean;
}

const categories: readonly Category[] = ['security', 'correctness', 'reproducibility', 'cache', 'size', 'style'];
const severities: readonly Severity[] = ['error', 'warning', 'info'];

const notes = `
A rule is listed when it fits all that is asked for. Words are looked for in all
that is said of a rule, and in the codes of other linters that it covers.

Examples:
  dflint rules                        all rules
  dflint rules npm cache              those that speak of npm and of caches
  dflint rules --preset hadolint      what this preset has, as it rates it
  dflint rules --code DL3008          what answers to a code of another linter
  dflint rules --category security --severity error,warning
  dflint rules --format json          all that dflint knows of each rule

Exit status:
  0  also when no rule fits
  2  wrong usage`;

export async function rulesCommand(argv: readonly string[], world: Surroundings): Promise<0 | 2> {
  const program = createProgram('dflint rules', world)
    .description('List the rules: what each says, how it weighs, and which preset has it.')
    .argument('[word...]', 'list those that speak of it, such as npm or DL3008')
    .addOption(new Option('-f, --format <format>', 'how to list them').choices(['text', 'json']).default('text'))
    .option('--category <category>', `only of these: ${categories.join(', ')}`, oneOrMore(categories))
    .option('--severity <severity>', `only of these: ${severities.join(', ')}`, oneOrMore(severities))
    .addOption(new Option('--preset <preset>', 'only what this preset has, as it rates it').choices(presetNames))
    .option('--code <code>', 'only what covers a code (DL3008), or any code of a linter (buildkit)', oneOrMore())
    .option('--color', 'use colour even when the output is no terminal')
    .option('--no-color', 'never use colour')
    .addHelpText('after', notes);
  const ended = parseProgram(program, argv, world);
  if (ended !== undefined) return ended;
  const given = program.opts<Given>();
  const words: readonly string[] = program.processedArgs[0];
  const found = allRules.map(describeRule).flatMap((rule) => {
    const severity = given.preset === undefined ? rule.severity : rule.presets[given.preset];
    return severity !== undefined && fits({ ...rule, severity }, given, words) ? [{ ...rule, severity }] : [];
  });
  if (given.format === 'json') {
    world.out(`${JSON.stringify({ rules: found }, undefined, 2)}\n`);
    return 0;
  }
  const asked = program.getOptionValueSource('color') === 'cli' ? given.color : undefined;
  const style = await styleFor(asked, world);
  if (found.length > 0) world.out(`${rulesText(found, { style, columns: widthFor(world) })}\n`);
  if (found.length === 0) world.out('no rule fits; dflint rules lists all of them\n');
  else world.out(`${found.length === 1 ? '1 rule' : `${found.length} rules`}; dflint explain RULE tells more of one\n`);
  return 0;
}

/** What is no terminal reads a line a rule; COLUMNS says otherwise. */
const widthFor = ({ terminal, columns, env }: Surroundings): number =>
  terminal || (env['COLUMNS'] ?? '') !== '' ? columns : Number.POSITIVE_INFINITY;

/** Reads a list, told apart by commas; the option may be repeated, too. */
function oneOrMore<Name extends string>(choices?: readonly Name[]) {
  return (text: string, before: readonly string[] = []): readonly string[] => {
    const names = text.split(',').map((name) => name.trim());
    if (names.some((name) => name === '' || (choices !== undefined && !choices.some((each) => each === name))))
      throw new InvalidArgumentError(
        choices === undefined ? 'It must name a code or a linter.' : `Allowed choices are ${choices.join(', ')}.`,
      );
    return [...before, ...names];
  };
}

function fits(rule: RuleDescription, { category, severity, code }: Given, words: readonly string[]): boolean {
  if (category !== undefined && !category.includes(rule.category)) return false;
  if (severity !== undefined && !severity.includes(rule.severity)) return false;
  if (code !== undefined && !code.some((name) => coversCode(rule, name.toLowerCase()))) return false;
  const text = [rule.id, rule.says, rule.because, rule.instead, rule.category, ...rule.replaces]
    .join('\n')
    .toLowerCase();
  return words.every((word) => text.includes(word.toLowerCase()));
}

const coversCode = ({ replaces }: RuleDescription, name: string): boolean =>
  replaces.some((code) => [code, bareCode(code), linterOf(code)].some((each) => each.toLowerCase() === name));
