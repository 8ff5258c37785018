/** The lint step refuses an import that breaks the layers: one is planted in each. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { repository } from './harness/shared.ts';

const copy = mkdtempSync(join(tmpdir(), 'dflint-layers-'));
for (const name of ['src', 'rules', '.biome.json', 'package.json', '.gitignore'])
  cpSync(join(repository, name), join(copy, name), { recursive: true });
symlinkSync(join(repository, 'node_modules'), join(copy, 'node_modules'));
execFileSync('git', ['init', '-q'], { cwd: copy });
afterAll(() => rmSync(copy, { recursive: true }));

/** A forbidden import for each layer: static, re-exported and dynamic ones. */
const plants: ReadonlyMap<string, string> = new Map([
  ['rules/planted.ts', "import { parseDockerfile } from '../src/syntax/index.ts';\nexport default parseDockerfile;\n"],
  ['src/syntax/planted.ts', "export * from '../model/index.ts';\n"],
  [
    'src/syntax/arguments/planted.ts',
    "import { DockerfileParser } from 'dockerfile-ast';\nexport const parser = DockerfileParser;\n",
  ],
  ['src/syntax/shell/planted.ts', "import { parse } from 'unbash';\nexport const parser = parse;\n"],
  [
    'src/knowledge/planted.ts',
    "import { createSource } from '../syntax/index.ts';\nexport const source = createSource;\n",
  ],
  ['src/knowledge/images/planted.ts', "export * from '../../syntax/index.ts';\n"],
  ['src/model/planted.ts', "export const load = () => import('node:fs');\n"],
  ['src/model/files/planted.ts', "export * from '../../context/dockerignore.ts';\n"],
  ['src/context/planted.ts', "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n"],
  ['src/fix/planted.ts', "export { lint } from '../engine/lint.ts';\n"],
  ['src/engine/planted.ts', "export { rules } from '../../rules/index.ts';\n"],
  ['src/config/planted.ts', "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n"],
  ['src/shellcheck/planted.ts', "import { spawn } from 'node:child_process';\nexport const run = spawn;\n"],
  ['src/report/planted.ts', "import chalk from 'chalk';\nexport const paint = chalk;\n"],
  ['src/api/planted.ts', "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n"],
  ['src/editors/vscode/planted.ts', "export { lint } from '../../engine/lint.ts';\n"],
  ['src/mcp/planted.ts', "export { lint } from '../engine/lint.ts';\n"],
  ['src/web/planted.ts', "export { lint } from '../engine/lint.ts';\n"],
  ['src/web/panels/planted.ts', "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n"],
  ['src/action/planted.ts', "export { main } from '../cli/main.ts';\n"],
  ['src/docs/planted.ts', "import { lint } from '../engine/lint.ts';\nexport const run = lint;\n"],
  ['src/outline/planted.ts', "export { lint } from '../engine/lint.ts';\n"],
  ['src/language-server/planted.ts', "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n"],
]);

function lintStep(...paths: readonly string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(repository, 'node_modules/@biomejs/biome/bin/biome'),
      'lint',
      '--max-diagnostics=200',
      '--reporter=github',
      ...paths,
    ],
    { cwd: copy, encoding: 'utf8' },
  );
  return { status, output: stdout + stderr };
}

test('the tree as it is passes', { timeout: 60_000 }, () => {
  const { status, output } = lintStep('src', 'rules');
  expect(output).not.toContain('noRestrictedImports');
  expect(status).toBe(0);
});

test('each planted import is refused', { timeout: 60_000 }, () => {
  for (const [path, text] of plants) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    writeFileSync(join(copy, path), text);
  }
  const { status, output } = lintStep(...plants.keys());
  expect(status).not.toBe(0);
  for (const path of plants.keys())
    expect(
      output.split('\n').filter((line) => line.includes('noRestrictedImports') && line.includes(path)),
    ).not.toEqual([]);
});
