/** Texts that are made from the rules, and where they stand in the README. */
import type { RuleDescription } from './describe-rule.ts';

/** The rules of each category in a paragraph, each linked to its page; those of larger presets in italics. */
export function ruleList(rules: readonly RuleDescription[]): string {
  const categories = [...new Set(rules.map(({ category }) => category))].sort();
  return categories
    .map((category) => {
      const own = rules.filter((rule) => rule.category === category);
      return `**${category}** (${own.length}): ${own.map(linked).join(', ')}`;
    })
    .join('\n\n');
}

function linked({ id, preset }: RuleDescription): string {
  const link = `[${id}](docs/rules/${id}.md)`;
  return preset === 'recommended' ? link : `*${link}*`;
}

/** `rules/index.ts` for the rule files of that folder, given without their extension. */
export function ruleIndex(names: readonly string[]): string {
  const variable = (name: string): string => name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  const sorted = [...names].sort();
  return [
    '// Made by test/generated.test.ts from the files of this folder: npm test -- -u',
    ...sorted.map((name) => `import ${variable(name)} from './${name}.ts';`),
    '',
    'export const rules = [',
    ...sorted.map((name) => `  ${variable(name)},`),
    '] as const;',
    '',
  ].join('\n');
}

/** Puts `text` between `<!-- NAME -->` and `<!-- /NAME -->`. Throws when the marks are not there: the README is ours. */
export function withPart(readme: string, name: string, text: string): string {
  const start = `<!-- ${name} -->\n`;
  const end = `<!-- /${name} -->`;
  const from = readme.indexOf(start);
  const to = readme.indexOf(end);
  if (from === -1 || to < from) throw new Error(`the README has no part ${name}`);
  return `${readme.slice(0, from + start.length)}\n${text}\n\n${readme.slice(to)}`;
}
