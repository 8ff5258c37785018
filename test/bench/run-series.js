/** Runs the tools over the inputs of a series, by turns, and says what came of it. */
import { spreadOf, timeOf } from './measure.js';
import { isBroken, tools } from './tools.js';

/** Files that a tool gives up at, naming them, are taken from it, so many at most. */
const mostLeftOut = 30;

/**
 * `options`: what the command line asks for in place of what the series has.
 * @returns {Promise<readonly object[]>} a row for each size and tool
 */
export async function runSeries(series, inputs, cwd, options) {
  const rows = [];
  const given = { cwd, limit: options.limit ?? series.limit, memory: series.memory === true };
  const stopped = new Set();
  for (const size of series.of) {
    const paths = size.paths(inputs);
    const measured = tools.filter(({ isAgain }) => isAgain !== true || series.again === true);
    const runs = measured.map((tool) => ({ tool, paths, times: [], ratios: [], megabytes: 0, outcome: 'done' }));
    for (const run of runs)
      if (stopped.has(run.tool)) run.outcome = 'not run';
      else if (paths.length > 1) {
        const refused = await refusedBy(run.tool, inputs, given);
        run.paths = paths.filter((path) => !refused.has(tailOf(path)));
      }
    if (series.again === true) await runBefore(runs, series, given);
    for (let round = 0; round < (options.runs ?? series.runs); round += 1) {
      let base;
      for (const run of runs.filter(({ outcome }) => outcome === 'done')) {
        const milliseconds = await measure(run, series, given);
        if (run.outcome !== 'done') continue;
        base ??= run.tool.name === 'dflint' ? milliseconds / run.paths.length : undefined;
        if (base !== undefined) run.ratios.push(milliseconds / run.paths.length / base);
      }
    }
    for (const run of runs) {
      if (run.outcome === 'cut off') stopped.add(run.tool);
      rows.push(rowOf(run, size, paths.length, given.limit));
    }
  }
  return rows;
}

/** Results are kept of files only that were not just written. */
const unsettled = 2500;

async function runBefore(runs, series, given) {
  await new Promise((settled) => setTimeout(settled, unsettled));
  for (const run of runs.filter(({ tool }) => tool.isAgain)) {
    await measure(run, series, given);
    Object.assign(run, { times: [], megabytes: 0 });
  }
}

async function measure(run, { preset = [] }, given) {
  const { program, words } = run.tool;
  const measured = await timeOf(program, [...words(preset), ...run.paths], {
    ...given,
    isBroken: (code, said) => isBroken(run.tool, code, said),
  });
  run.outcome = measured.outcome;
  run.said = measured.said;
  if (measured.outcome === 'done') run.times.push(measured.milliseconds);
  run.megabytes = Math.max(run.megabytes, measured.megabytes ?? 0);
  return measured.milliseconds;
}

/** By tool, the files of the corpus that it gives up at. */
const refusals = new Map();
const tailOf = (path) => path.split('/').slice(-2).join('/');

/** Some tools stop at the first file that they cannot read: they get the others. Running them warms the disk, too. */
async function refusedBy(tool, inputs, given) {
  const known = refusals.get(tool);
  if (known !== undefined) return known;
  const refused = new Set();
  refusals.set(tool, refused);
  const trial = { tool, paths: inputs.corpus(), times: [], megabytes: 0 };
  while (refused.size <= mostLeftOut) {
    await measure(trial, {}, given);
    const named = trial.outcome === 'broke' && trial.paths.find((path) => trial.said.includes(`${path}:`));
    if (!named) break;
    refused.add(tailOf(named));
    trial.paths = trial.paths.filter((path) => path !== named);
  }
  return refused;
}

function rowOf(run, { title, amount }, all, limit) {
  return {
    size: title,
    tool: run.tool.name,
    outcome: run.outcome,
    files: run.paths.length,
    leftOut: all - run.paths.length,
    limit,
    ...(run.outcome === 'broke' ? { reason: reasonIn(run.said) } : {}),
    ...(amount === undefined ? {} : { amount }),
    ...(run.times.length === 0 ? {} : { time: spreadOf(run.times), runs: run.times.length }),
    ...(run.ratios.length === 0 ? {} : { ratio: spreadOf(run.ratios) }),
    ...(run.megabytes === 0 || run.outcome === 'broke' ? {} : { megabytes: run.megabytes }),
  };
}

/** The message of what it said, without places of this machine. */
const reasonIn = (said) =>
  (said.split('\n').find((line) => /^\w*Error: /.test(line)) ?? said.split('\n')[0] ?? '')
    .replaceAll(/\/\S*\//g, '')
    .slice(0, 160);
