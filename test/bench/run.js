#!/usr/bin/env node
/**
 * `npm run bench [-- SERIES…] [--runs N] [--limit SECONDS] [--write]`: dflint beside other linters on this machine, in one
 * run, by turns. Their programs come from the folders in PEERS (as in PATH), else from PATH. `--write` puts the tables and
 * the chart in docs/; without it they are printed.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chart } from './chart.js';
import { repository } from './corpus.js';
import { keystrokes } from './keystroke.js';
import { runSeries } from './run-series.js';
import { openInputs, series } from './series.js';
import { keystrokeTable, seriesTable, toolsTable } from './table.js';
import { missing, tools, versionOf } from './tools.js';

const names = [...series.map(({ name }) => name), 'keystroke'];
const { values, positionals } = readWords();
const runs = numberOf('runs');
const limit = numberOf('limit');
const wrong = positionals.find((name) => !names.includes(name));
if (wrong !== undefined) fail(`there is no series ${wrong}; there are: ${names.join(', ')}`);
const wanted = (name) => positionals.length === 0 || positionals.includes(name);
if (tools[0]?.name !== 'dflint') fail('dflint is not built: npm run build');

const scratch = mkdtempSync(join(tmpdir(), 'dflint-bench-'));
try {
  const inputs = openInputs(scratch);
  const measured = new Map();
  const parts = [];
  const say = (part) => {
    parts.push(part);
    if (!values.write) console.log(part);
  };
  say(introduction());
  for (const each of series.filter(({ name }) => wanted(name))) {
    console.error(`${each.title} (load ${loadavg()[0].toFixed(1)})`);
    const rows = await runSeries(each, inputs, scratch, { runs, limit });
    measured.set(each.name, rows);
    say(seriesTable(each, rows));
  }
  if (wanted('keystroke')) say(keystrokeTable(await keystrokes()));
  if (values.write) {
    writeFileSync(join(repository, 'docs/benchmarks.svg'), chart(measured));
    writeFileSync(join(repository, 'docs/benchmarks.md'), parts.join('\n'));
    console.error('docs/benchmarks.md and docs/benchmarks.svg are written');
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function introduction() {
  const versions = tools.map((tool) => ({ ...tool, version: versionOf(tool) }));
  return `# Benchmarks

![Bars: each linter's time and speed](benchmarks.svg)

Made by \`PEERS=FOLDER npm run bench -- --write\`: all linters on one machine in one run, by turns, the reports thrown away.
Times are of the whole process, with the least and the most of all runs; \`Times dflint\` is the time for each file over
that of dflint in the same round. Here: ${cpus()[0]?.model.trim()}, ${availableParallelism()} processors, Node.js ${process.version.slice(1)},
${process.platform}; load before it began: ${loadavg()[0].toFixed(1)}.

${toolsTable(
  versions.filter(({ sees }) => sees !== undefined),
  missing,
)}
\`again\`: a run over the same files before has kept its results, and nothing has changed since; the others of dflint
judge every file (\`--no-cache\`). It runs with \`--no-config --shellcheck off\`, tally with \`--slow-checks=off\` and no bound on
the size of a file, the others as they are. The corpus is
of Dockerfiles of public repositories, each in its build context.
`;
}

function readWords() {
  try {
    return parseArgs({
      options: { runs: { type: 'string' }, limit: { type: 'string' }, write: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
  } catch (error) {
    return fail(error.message);
  }
}

function numberOf(name) {
  const text = values[name];
  if (text === undefined) return undefined;
  return /^[1-9]\d*$/.test(text) ? Number(text) : fail(`--${name} ${text}: it takes a whole number from 1`);
}

function fail(message) {
  console.error(`bench: ${message}`);
  process.exit(2);
}
