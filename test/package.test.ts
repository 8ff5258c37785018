/** What is published, and the files by which others call dflint. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
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
  mkdirSync(join(cwd, 'dist/standalone'), { recursive: true });
  const notices = 'THIRD-PARTY-NOTICES.txt';
  const executable = 'standalone/dflint-linux-x64';
  for (const name of ['cli.js', 'worker.js', 'chunk-A.js', 'api.js', 'action.js', notices, executable, 'api.d.ts'])
    writeFileSync(join(cwd, 'dist', name), '');
  const told = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd, encoding: 'utf8' });
  const [{ files }]: [{ files: readonly { path: string }[] }] = JSON.parse(told);
  const paths = files.map(({ path }) => path);
  expect(paths.filter((path) => !/^docs\/rules\/[a-z\d-]+\.md$/.test(path)).sort()).toEqual([
    'LICENSE',
    'README.md',
    'bin/dflint.js',
    'dist/THIRD-PARTY-NOTICES.txt',
    'dist/api.d.ts',
    'dist/api.js',
    'dist/chunk-A.js',
    'dist/cli.js',
    'dist/worker.js',
    'docs/api.md',
    'docs/benchmarks.md',
    'docs/benchmarks.svg',
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

const isBuilt = existsSync(join(repository, 'dist/api.d.ts'));
if (!isBuilt) console.warn('skipped: the package is not built');

test.skipIf(!isBuilt)('unpacked, the package takes at most 3 MB', { timeout: 300_000 }, () => {
  const words = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const [{ unpackedSize, files }]: [{ unpackedSize: number; files: readonly { path: string }[] }] = JSON.parse(
    execFileSync('npm', words, { cwd: repository, encoding: 'utf8' }),
  );
  expect(unpackedSize).toBeLessThan(3_000_000);
  const sources = files.filter(({ path }) => /^(?:fixtures|test|rules|\.)|\.ts$|\.map$/.test(path));
  expect(sources.filter(({ path }) => !path.endsWith('.d.ts'))).toEqual([]);
});

test('the licences of what is bundled go with the package, and all go with MIT', { timeout: 60_000 }, () => {
  const told = execFileSync(process.execPath, ['.ci/licences/list.js'], { cwd: repository, encoding: 'utf8' });
  const [bundled = ''] = told.split('used to build and test');
  const names = [...bundled.matchAll(/^ {2}(\S+)@(\d\S*)/gm)].map(([, name, version]) => `${name} ${version} (`);
  expect(names.length).toBeGreaterThan(5);
  const file = join(repository, 'dist/THIRD-PARTY-NOTICES.txt');
  if (!existsSync(file)) return;
  const notices = readFileSync(file, 'utf8');
  for (const name of names) expect(notices).toContain(`\n${name}`);
  expect(notices).toContain('Permission is hereby granted');
});

test.each([
  ['MIT', true],
  ['(MIT OR GPL-3.0-only)', true],
  ['MIT AND GPL-3.0-only', false],
  ['(MIT AND (BSD-3-Clause OR GPL-2.0)) OR GPL-3.0', true],
  ['GPL-2.0-only WITH Classpath-exception-2.0', false],
  ['MPL-2.0', false],
  ['unknown', false],
  ['', false],
])('whether what is bundled may be under %j: %s', async (expression, allowed) => {
  const script = `import { isAllowed, compatible } from './.ci/licences/read.js'; console.log(isAllowed(process.argv[1], compatible));`;
  const words = ['--input-type=module', '-e', script, expression];
  expect(execFileSync(process.execPath, words, { cwd: repository, encoding: 'utf8' })).toBe(`${allowed}\n`);
});
