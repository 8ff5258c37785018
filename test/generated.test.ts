/** What is made from the rules is up to date: `npm test -- -u` makes it anew. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { allRules, shownOf } from '../src/api/examples.ts';
import { configJsonSchema } from '../src/config/schema.ts';
import { describeRule } from '../src/docs/describe-rule.ts';
import { ruleIndex, ruleList, withPart } from '../src/docs/generated.ts';
import { ruleIndexPage, rulePage } from '../src/docs/rule-page.ts';
import { answersJsonSchema } from '../src/report/answers-schema.ts';
import { reportJsonSchema } from '../src/report/schema.ts';
import { runCli } from './harness/run-cli.ts';
import { judgementDay, repository } from './harness/shared.ts';

test('rules/index.ts lists the files of the folder', async () => {
  const names = readdirSync(join(repository, 'rules'))
    .filter((name) => name !== 'index.ts')
    .map((name) => name.replace('.ts', ''));
  await expect(ruleIndex(names)).toMatchFileSnapshot('../rules/index.ts');
});

test('the README shows what the tool prints, and the rules', async () => {
  const readme = readFileSync(join(repository, 'README.md'), 'utf8');
  const { out, status } = await runCli(['fixtures/example/Dockerfile']);
  expect(status).toBe(1);
  const shown = readFileSync(join(repository, 'fixtures/example/Dockerfile'), 'utf8');
  const example = `\`\`\`dockerfile\n${shown}\`\`\`\n\n\`\`\`console\n$ dflint fixtures/example/Dockerfile\n${out}\`\`\``;
  const ships = await runCli(['ships', 'fixtures/example/Dockerfile']);
  expect(ships.status).toBe(0);
  const parts: readonly (readonly [string, string])[] = [
    ['example', example],
    ['ships', `\`\`\`console\n$ dflint ships fixtures/example/Dockerfile\n${ships.out}\`\`\``],
    ['rules', ruleList(allRules.map(describeRule))],
  ];
  const made = parts.reduce((text, [name, part]) => withPart(text, name, part), readme);
  await expect(made).toMatchFileSnapshot('../README.md');
});

describe('the pages of the rules', () => {
  const pages = new Map([
    ...allRules.map((rule): [string, string] => [
      `${rule.id}.md`,
      rulePage(describeRule(rule), shownOf(rule, judgementDay)),
    ]),
    ['README.md', ruleIndexPage(allRules.map(describeRule))],
  ]);

  test('say what the rules say', async () => {
    for (const [name, page] of pages) await expect(page, name).toMatchFileSnapshot(`../docs/rules/${name}`);
  });

  test('are those of the rules that there are; npm run docs removes others', () => {
    expect(readdirSync(join(repository, 'docs/rules')).filter((name) => !pages.has(name))).toEqual([]);
  });

  test('have links that lead somewhere', () => {
    for (const [name, page] of pages)
      for (const [, target = '', anchor] of page.matchAll(/\]\((?!https:)([\w.-]*)(?:#([\w-]+))?\)/g)) {
        expect(pages.has(target), `${name} links to ${target}`).toBe(true);
        if (anchor !== undefined) expect(pages.get(target)).toContain(`\n## ${anchor}\n`);
      }
  });
});

test('the JSON Schema of reports is published', async () => {
  await expect(reportJsonSchema()).toMatchFileSnapshot('../src/report/report.schema.json');
});

test('the JSON Schema of what other commands print is published', async () => {
  await expect(answersJsonSchema()).toMatchFileSnapshot('../src/report/answers.schema.json');
});

test('the JSON Schema of the configuration is published', async () => {
  await expect(configJsonSchema()).toMatchFileSnapshot('../src/config/config.schema.json');
});
