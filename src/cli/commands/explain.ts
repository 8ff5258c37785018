/** `dflint explain`: what a rule is about. */
import { Option } from 'commander';
import { allRules, shownOf } from '../../api/examples.ts';
import { lookUp, type Named } from '../../docs/codes.ts';
import { describeRule } from '../../docs/describe-rule.ts';
import { foreignCodeText } from '../../docs/explain-code.ts';
import { explainText } from '../../docs/explain-text.ts';
import { rulePage } from '../../docs/rule-page.ts';
import { ruleNames } from '../../engine/rule-names.ts';
import { harmless } from '../../report/harmless.ts';
import { anyOf, didYouMean } from '../../syntax/index.ts';
import { createProgram, parseProgram, styleFor } from '../program.ts';
import type { Surroundings } from '../surroundings.ts';

interface Given {
  readonly format: 'text' | 'json' | 'markdown';
  readonly color?: boolean;
}

const notes = `
The arrows in the bad example are what dflint says of it.

Examples:
  dflint explain root-user
  dflint explain DL3008 StageNameCasing    the rules that answer to codes
  dflint explain SC2086                    where a code of ShellCheck comes from
  dflint explain root-user --format json   the same for programs

Exit status:
  0  all names are known
  2  wrong usage, or a name that no rule has`;

export async function explainCommand(argv: readonly string[], world: Surroundings): Promise<0 | 2> {
  const program = createProgram('dflint explain', world)
    .description('Say what a rule is about: why, what to write instead, examples, options, how to ignore it.')
    .argument('<rule...>', 'rules by their names, or codes of other linters: DL3008, StageNameCasing, SC2086')
    .addOption(
      new Option('-f, --format <format>', 'how to tell it').choices(['text', 'json', 'markdown']).default('text'),
    )
    .option('--color', 'use colour even when the output is no terminal')
    .option('--no-color', 'never use colour')
    .addHelpText('after', notes);
  const ended = parseProgram(program, argv, world);
  if (ended !== undefined) return ended;
  const { format, color } = program.opts<Given>();
  const names: readonly string[] = program.processedArgs[0];
  const found: Named[] = [];
  const unknown: string[] = [];
  for (const name of new Set(names)) {
    const named = lookUp(name, allRules);
    if (named === undefined) unknown.push(name);
    else found.push(named);
  }
  const rules = [...new Set(found.flatMap((named) => named.rules))];
  if (format === 'json') world.out(`${JSON.stringify({ rules: rules.map(describeRule) }, undefined, 2)}\n`);
  else if (format === 'markdown')
    world.out(rules.map((rule) => rulePage(describeRule(rule), shownOf(rule, world.today))).join('\n'));
  else {
    const style = await styleFor(program.getOptionValueSource('color') === 'cli' ? color : undefined, world);
    const page = { style, columns: Math.max(40, world.columns) };
    const codes = found.filter((named) => named.codes.length > 0).map((named) => foreignCodeText(named, page));
    const texts = rules.map((rule) => explainText(describeRule(rule), shownOf(rule, world.today), page));
    world.out([...codes, ...texts].join(`\n${style.faint('─'.repeat(Math.min(page.columns, 80)))}\n\n`));
  }
  const suggest = ruleNames(allRules);
  for (const name of unknown)
    world.err(
      `dflint: there is no rule ${harmless(name) || "''"}${didYouMean(suggest.nearest(name) ?? alike(name))}\n`,
    );
  if (unknown.length === 0) return 0;
  world.err('dflint rules lists them, dflint rules WORD those that speak of something.\n');
  return 2;
}

/** Rules that have the words in their names: `root` is in root-user. */
function alike(name: string): string | undefined {
  const words = name
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word.length > 2);
  const found = allRules.map(({ id }) => id).filter((id) => words.every((word) => id.includes(word)));
  return words.length === 0 || found.length === 0 || found.length > 5 ? undefined : anyOf(found);
}
