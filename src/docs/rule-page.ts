/** Rules told in Markdown: a page for each, and their index. */
import type { Category } from '../rule.ts';
import { bareCode, linterOf, pageOf } from './codes.ts';
import { onlyIn, type RuleDescription } from './describe-rule.ts';
import { annotated } from './example.ts';
import { fixSentence, linterName, presetSentence, type Shown, sentence } from './explain-text.ts';

const made = '<!-- Made from the rule by npm run docs. -->';

export function rulePage(rule: RuleDescription, shown: Shown): string {
  const { id, says, because, instead, severity, category, preset, switchable, replaces, bad, good } = rule;
  const only =
    preset === 'recommended'
      ? ''
      : preset === undefined
        ? ', in no preset'
        : `, only in \`${preset === 'strict' ? 'strict` and `all' : 'all'}\``;
  const parts = [
    made,
    `# ${id}`,
    prose(sentence(says)),
    `**${severity}**, [${category}](README.md#${category})${only}`,
    '## Why',
    prose(because),
    '## Instead',
    prose(instead),
    '## Bad',
    ...(bad.options === undefined
      ? []
      : ['With the options', fenced('json', JSON.stringify(bad.options, undefined, 2))]),
    ...(shown.files.length === 0 ? [] : [`Beside ${shown.files.map((path) => `\`${path}\``).join(', ')}:`]),
    fenced('dockerfile', annotated(bad.text, shown.remarks).join('\n')),
    '## Good',
    fenced('dockerfile', annotated(good.text, []).join('\n')),
    ...(shown.fix === undefined ? [] : ['## Fix', prose(fixSentence(shown.fix))]),
    ...(rule.options.length === 0 ? [] : ['## Options', optionTable(rule)]),
    '## Presets',
    presetSentence(rule),
    ...(replaces.length === 0 ? [] : ['## Covers', replaces.map((code) => `- ${linkedCode(code)}`).join('\n')]),
    '## Ignore it',
    'Above the instruction, for all of a stage, or for the file:',
    fenced(
      'dockerfile',
      ['', 'stage ', 'global '].map((reach) => `# dflint ${reach}ignore=${id} reason="why"`).join('\n'),
    ),
    ...(switchable
      ? [`For a run, \`dflint --rule ${id}=off\`; in the configuration:`, fenced('yaml', `rules:\n  ${id}: off`)]
      : ['Settings cannot switch it off.']),
  ];
  return `${parts.join('\n\n')}\n`;
}

const categories: readonly Category[] = ['security', 'correctness', 'reproducibility', 'cache', 'size', 'style'];

/** The rules by category, and the codes of other linters with the rules that answer to them. */
export function ruleIndexPage(rules: readonly RuleDescription[]): string {
  const parts = categories.flatMap((category) => {
    const own = rules.filter((rule) => rule.category === category);
    const rows = own.map(
      ({ id, severity, preset, says }) =>
        `| [\`${id}\`](${id}.md) | ${severity} | ${onlyIn(preset)} | ${cell(prose(says))} |`,
    );
    return own.length === 0
      ? []
      : [
          `## ${category}`,
          ['| rule | severity | only in | what is wrong |', '| --- | --- | --- | --- |', ...rows].join('\n'),
        ];
  });
  const codes = new Map<string, RuleDescription[]>();
  for (const rule of rules) for (const code of rule.replaces) codes.set(code, [...(codes.get(code) ?? []), rule]);
  const answers = [...codes]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(
      ([code, found]) =>
        `| ${linterName(linterOf(code))} | ${linked(code)} | ${found.map(({ id }) => `[\`${id}\`](${id}.md)`).join(', ')} |`,
    );
  return `${[
    made,
    '# Rules',
    '`dflint rules` lists them on a terminal, `dflint explain RULE` tells one.',
    ...parts,
    '## Codes of other linters',
    ['| linter | code | rule |', '| --- | --- | --- |', ...answers].join('\n'),
  ].join('\n\n')}\n`;
}

const linkedCode = (code: RuleDescription['replaces'][number]): string =>
  `${linterName(linterOf(code))} ${linked(code)}`;

function linked(code: string): string {
  const page = pageOf(code);
  return page === undefined ? bareCode(code) : `[${bareCode(code)}](${page})`;
}

function optionTable({ options }: RuleDescription): string {
  const rows = options.map(
    ({ name, type, default: usual, says = '' }) =>
      `| \`${name}\` | ${cell(type)} | ${usual === undefined ? '' : `\`${cell(JSON.stringify(usual))}\``} | ${cell(prose(says))} |`,
  );
  return ['| option | value | default | what it is for |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\``;

/** Text in which nothing is Markdown by accident: `--from=<name>`, `node_*`, `$HOME`. */
const prose = (text: string): string => text.replace(/[\\`*_<>[\]]/g, '\\$&').replace(/^(\d+)\./, '$1\\.');

const cell = (text: string): string => text.replaceAll('|', '\\|');
