/** What is made from the rules is up to date: `npm test -- -u` makes it anew. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { configJsonSchema } from '../src/config/schema.ts';
import { ruleIndex, ruleTable, withPart } from '../src/docs/generated.ts';
import { engineRules } from '../src/engine/engine-rules.ts';
import { reportJsonSchema } from '../src/report/schema.ts';
import { runCli } from './harness/run-cli.ts';
import { repository } from './harness/shared.ts';

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
    ['rules', ruleTable([...rules, ...engineRules])],
  ];
  const made = parts.reduce((text, [name, part]) => withPart(text, name, part), readme);
  await expect(made).toMatchFileSnapshot('../README.md');
});

test('the JSON Schema of reports is published', async () => {
  await expect(reportJsonSchema()).toMatchFileSnapshot('../src/report/report.schema.json');
});

test('the JSON Schema of the configuration is published', async () => {
  await expect(configJsonSchema()).toMatchFileSnapshot('../src/config/config.schema.json');
});
