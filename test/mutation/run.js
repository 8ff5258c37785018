#!/usr/bin/env node
/**
 * Mutation testing with Stryker: which changes of the code does no test notice?
 *   npm run mutation -- --files 'rules/root-user.ts' 'src/model/run/*.ts:10-40'   these, or these lines of them
 *   npm run mutation -- --sample 60 --seed 7                                     60 random pieces of src/model
 * `--concurrency N` (1), `--at-least SCORE` ends with status 1 below it, `--json FILE` keeps Stryker's report.
 * `--static` takes in what is computed once, when the code is loaded (all tests run for each of these).
 * Stryker comes into node_modules/.cache when it is first used; STRYKER names another folder that holds it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { pieces } from './pieces.js';
import { printed } from './report.js';
import { stryker } from './stryker.js';

const repository = join(dirname(fileURLToPath(import.meta.url)), '../..');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    files: { type: 'string', multiple: true, default: [] },
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    concurrency: { type: 'string', default: '1' },
    'at-least': { type: 'string', default: '0' },
    json: { type: 'string' },
    static: { type: 'boolean', default: false },
  },
});

const asked = [...values.files, ...positionals];
if ((asked.length === 0) === (values.sample === undefined)) {
  console.error('mutation: give either --files GLOB... or --sample N (and --seed S)');
  process.exit(2);
}
const sources = () =>
  readdirSync(join(repository, 'src/model'), { recursive: true })
    .map((name) => `src/model/${name.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts'))
    .sort();
const linesOf = (path) => readFileSync(join(repository, path), 'utf8').split('\n').length;
const mutate =
  values.sample === undefined
    ? asked
    : pieces(
        sources().map((path) => [path, linesOf(path)]),
        Number(values.sample),
        Number(values.seed),
      );

const scratch = mkdtempSync(join(tmpdir(), 'dflint-mutation-'));
try {
  const modules = stryker();
  // The copy that Stryker works in finds the modules of the repository above it.
  symlinkSync(join(repository, 'node_modules'), join(scratch, 'node_modules'), 'junction');
  const json = values.json ?? join(scratch, 'report.json');
  const options = {
    mutate,
    buildCommand: 'node test/mutation/bundle.js',
    testRunner: 'vitest',
    plugins: [join(modules, '@stryker-mutator/vitest-runner/dist/src/index.js')],
    coverageAnalysis: 'perTest',
    ignoreStatic: !values.static,
    vitest: { configFile: 'test/mutation/vitest.config.js', related: false },
    ignorePatterns: ['/dist', '/docs', '/site', '/coverage', '/fixtures/fuzz', '/.ci'],
    concurrency: Number(values.concurrency),
    disableTypeChecks: false,
    // Stryker would rewrite its paths with an interface that TypeScript 7 has not.
    tsconfigFile: 'none',
    // A busy machine is slow, and what repeats without end is told by Stryker's counters.
    timeoutMS: 60_000,
    timeoutFactor: 2,
    dryRunTimeoutMinutes: 15,
    tempDirName: join(scratch, 'sandbox'),
    symlinkNodeModules: false,
    reporters: ['json', 'progress-append-only'],
    jsonReporter: { fileName: json },
    allowConsoleColors: false,
    logLevel: 'error',
  };
  const config = join(scratch, 'stryker.config.json');
  writeFileSync(config, JSON.stringify(options));
  const shared = process.env.DFLINT_SHARED ?? join(repository, '../shared');
  const { status } = spawnSync(
    process.execPath,
    [join(modules, '@stryker-mutator/core/bin/stryker.js'), 'run', config],
    {
      cwd: repository,
      env: { ...process.env, DFLINT_SHARED: shared },
      stdio: 'inherit',
    },
  );
  if (status !== 0 || !existsSync(json)) process.exitCode = status || 1;
  else {
    const { text, score } = printed(JSON.parse(readFileSync(json, 'utf8')));
    console.log(text);
    if (score < Number(values['at-least'])) process.exitCode = 1;
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
