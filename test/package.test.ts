/** What is published, and the files by which others call dflint. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli } from './harness/run-cli.ts';
import { repository } from './harness/shared.ts';
import { temporaryProjects } from './harness/temporary-project.ts';

const project = temporaryProjects();

test('the image of dflint itself has nothing that dflint --preset strict would tell', async () => {
  const { status, out, err } = await runCli(['--no-config', '--preset', 'strict', '--fail-on', 'info', 'Dockerfile']);
  expect({ status, out, err }).toEqual({ status: 0, out: '1 file: nothing to report\n', err: '' });
});

test('the package has all that its users read and run, and nothing else', { timeout: 60_000 }, () => {
  const cwd = project({});
  for (const name of readdirSync(repository))
    if (!['.git', 'node_modules', 'dist', 'fixtures', 'test'].includes(name))
      cpSync(join(repository, name), join(cwd, name), { recursive: true });
  mkdirSync(join(cwd, 'dist/types/src'), { recursive: true });
  for (const name of ['cli.js', 'worker.js', 'chunk-A.js', 'api.js', 'action.js', 'types/src/index.d.ts'])
    writeFileSync(join(cwd, 'dist', name), '');
  const told = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd, encoding: 'utf8' });
  const [{ files }]: [{ files: readonly { path: string }[] }] = JSON.parse(told);
  const paths = files.map(({ path }) => path);
  expect(paths.filter((path) => !/^docs\/rules\/[a-z\d-]+\.md$/.test(path)).sort()).toEqual([
    'LICENSE',
    'README.md',
    'bin/dflint.js',
    'dist/api.js',
    'dist/chunk-A.js',
    'dist/cli.js',
    'dist/types/src/index.d.ts',
    'dist/worker.js',
    'docs/api.md',
    'docs/editors.md',
    'docs/integrations.md',
    'docs/rules/README.md',
    'package.json',
    'src/config/config.schema.json',
    'src/report/answers.schema.json',
    'src/report/report.schema.json',
  ]);
  const rulePages = readdirSync(join(repository, 'docs/rules')).filter((name) => name !== 'README.md');
  expect(rulePages.filter((name) => !paths.includes(`docs/rules/${name}`))).toEqual([]);
});
