/** What a run of the built command loads: nothing that it does not need. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isBuilt, isCommandNamed, runCommand } from './harness/command.ts';
import { repository } from './harness/shared.ts';
import { temporaryProjects } from './harness/temporary-project.ts';

const project = temporaryProjects();
const files = { Dockerfile: 'FROM node:22-alpine\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "server.js"]\n' };

/** Parts that are loaded on demand, and what only they say. */
const parts = new Map<string, RegExp>([
  ['zod', /_zod\b/],
  ['YAML', /YAMLException/],
  ['TOML', /Invalid TOML document/],
  ['JSON with comments', /InvalidCommentToken/],
  ['SARIF', /sarif-schema-2\.1\.0/],
  ['chalk', /hasBasic/],
  ['patches', /No newline at end of file/],
  ['the language server', /textDocument\/codeAction/],
  ['the server for assistants', /notifications\/initialized/],
]);

function loadedBy(
  argv: readonly string[],
  others: Readonly<Record<string, string>> = {},
  cwd = project({ ...files, ...others }),
  home = project({}),
) {
  const coverage = join(project({}), 'coverage');
  const env = { PATH: '', HOME: home, NODE_V8_COVERAGE: coverage };
  const { status, stderr } = runCommand(argv, { cwd, env });
  expect([status, stderr]).toEqual([1, '']);
  const urls = readdirSync(coverage).flatMap((name) => {
    const { result }: { result: readonly { url: string }[] } = JSON.parse(readFileSync(join(coverage, name), 'utf8'));
    return result.map(({ url }) => url).filter((url) => url.startsWith('file:'));
  });
  const texts = urls.map((url) => readFileSync(new URL(url), 'utf8'));
  return {
    urls,
    texts,
    parts: [...parts].filter(([, only]) => texts.some((text) => only.test(text))).map(([name]) => name),
  };
}

describe.skipIf(!isBuilt || isCommandNamed)('a run loads', { timeout: 60_000 }, () => {
  test('each part is somewhere', () => {
    const dist = join(repository, 'dist');
    const chunks = readdirSync(dist).filter((name) => name.endsWith('.js'));
    const texts = chunks.map((name) => readFileSync(join(dist, name), 'utf8'));
    expect([...parts].filter(([, only]) => !texts.some((text) => only.test(text)))).toEqual([]);
  });

  test('few files, and no part that it does not need', () => {
    const { urls, texts, parts } = loadedBy(['Dockerfile']);
    expect(parts).toEqual([]);
    expect(urls.length).toBeLessThanOrEqual(8);
    expect(texts.reduce((sum, text) => sum + text.length, 0)).toBeLessThan(1_400_000);
    // Code past Latin-1 takes twice the memory, and imported modules of Node.js load what nobody asked for.
    for (const text of texts) expect(text).not.toMatch(/[^\0-\x7f]|\bfrom ?["']node:/);
  });

  test('next to nothing where nothing has changed', async () => {
    const { cwd, home } = { cwd: project(files), home: project({}) };
    const env = { PATH: '', HOME: home };
    await new Promise((settled) => setTimeout(settled, 2_500));
    expect(runCommand(['Dockerfile'], { cwd, env }).status).toBe(1);
    const { urls, texts } = loadedBy(['Dockerfile'], {}, cwd, home);
    expect(urls.length).toBeLessThanOrEqual(5);
    expect(texts.reduce((sum, text) => sum + text.length, 0)).toBeLessThan(100_000);
  });

  test.each<[string, readonly string[], Readonly<Record<string, string>>, readonly string[]]>([
    ['a configuration in YAML', [], { 'dflint.config.yaml': 'failOn: info\n' }, ['zod', 'YAML']],
    ['a configuration in TOML', [], { 'dflint.config.toml': 'failOn = "info"\n' }, ['zod', 'TOML']],
    ['colour', ['--color'], {}, ['chalk']],
    ['SARIF', ['--format', 'sarif'], {}, ['SARIF']],
  ])('with %s, what that needs', (_, argv, others, wanted) => {
    expect(loadedBy([...argv, 'Dockerfile'], others).parts).toEqual(wanted);
  });
});
