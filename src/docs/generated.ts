/** Texts that are made from the rules, and where they stand in the README. */
import { onlyIn, type RuleDescription } from './describe-rule.ts';

/** The table of rules, one row each, in the order of their ids. */
export function ruleTable(rules: readonly RuleDescription[]): string {
  const rows = [...rules]
    .sort((one, other) => (one.id < other.id ? -1 : 1))
    .map(({ id, severity, preset, says, replaces }) => {
      const codes = replaces.map((code) => code.replace(/^hadolint\//, '').replace('/', ' '));
      return `| [\`${id}\`](docs/rules/${id}.md) | ${severity} | ${onlyIn(preset)} | ${cell(says)} | ${codes.join(', ')} |`;
    });
  return ['| rule | severity | only in | what is wrong | covers |', '| --- | --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

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
