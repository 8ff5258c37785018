#!/usr/bin/env node
/**
 * Mutants judged by what rules tell of their fixtures and variants alone, in one process: thousands of them in minutes.
 * Other tests notice more; this shows where fixtures are thin.
 *   npm run mutation:told -- --every 10                            each tenth mutant of src/model
 *   npm run mutation:told -- --files src/model/mends/run-end.ts    all of these files
 * `--most N` (100): so many fixtures judge a mutant, taken at random.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import vm from 'node:vm';
import { build } from 'esbuild';
import { printed } from './report.js';
import { stryker } from './stryker.js';

const repository = join(dirname(fileURLToPath(import.meta.url)), '../..');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    files: { type: 'string', multiple: true, default: [] },
    every: { type: 'string', default: '1' },
    most: { type: 'string', default: '100' },
  },
});
const asked = [...values.files, ...positionals];

/** Milliseconds that a fixture may take with a mutant: many times what it takes without. */
const longest = 5000;

/** Seconds between two words about how far it is. */
const betweenWords = 30;

const modelFiles = () =>
  readdirSync(join(repository, 'src/model'), { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join('src/model', name));

/** A copy of the project in which the code of `files` holds all its mutants, each behind a switch. */
async function instrumented(tree, files) {
  for (const name of ['src', 'rules', 'test', 'package.json', 'tsconfig.json'])
    cpSync(join(repository, name), join(tree, name), { recursive: true });
  for (const name of ['node_modules', 'fixtures']) symlinkSync(join(repository, name), join(tree, name), 'junction');
  const modules = stryker();
  const load = (path) => import(pathToFileURL(join(modules, path)).href);
  const { createInstrumenter } = await load('@stryker-mutator/instrumenter/dist/src/index.js');
  const { createInjector } = await load('typed-inject/dist/src/index.js');
  const silent = new Proxy({}, { get: (_, name) => () => (String(name).startsWith('is') ? false : undefined) });
  const injector = createInjector().provideValue('logger', silent);
  const sources = files.map((name) => ({
    name: join(tree, name),
    mutate: true,
    content: readFileSync(join(repository, name), 'utf8'),
  }));
  const options = { ignorers: [], excludedMutations: [], plugins: null, mutationLevel: 'Standard', noHeader: false };
  const made = await injector.injectFunction(createInstrumenter).instrument(sources, options);
  for (const { name, content } of made.files) writeFileSync(name, content);
  return made.mutants;
}

/** What the switches of the instrumented code read and write. */
const switches = () => globalThis.__stryker__;

/** What each input tells, and by mutant the inputs that run it; those that run when the code is loaded are left out. */
function observed(inputs) {
  const told = [];
  const covering = new Map();
  for (const [at, input] of inputs.entries()) {
    switches().currentTestId = String(at);
    told.push(input());
    for (const id of Object.keys(switches().mutantCoverage?.perTest?.[at] ?? {})) {
      const known = covering.get(id);
      if (known === undefined) covering.set(id, [at]);
      else known.push(at);
    }
  }
  switches().currentTestId = undefined;
  return { told, covering, atLoad: new Set(Object.keys(switches().mutantCoverage?.static ?? {})) };
}

const script = new vm.Script('globalThis.mutated()');

/** Whether an input tells something else, throws or does not end with a mutant. */
function isNoticed(id, inputs, told, tried) {
  Object.assign(switches(), { activeMutant: id });
  try {
    return tried.some((at) => {
      Object.assign(switches(), { hitCount: 0, hitLimit: 200_000 });
      globalThis.mutated = inputs[at];
      return script.runInThisContext({ timeout: longest }) !== told[at];
    });
  } catch {
    return true;
  } finally {
    Object.assign(switches(), { activeMutant: undefined, hitCount: undefined, hitLimit: undefined });
  }
}

function some(list, most) {
  const left = [...list];
  for (let at = left.length - 1; at > 0; at -= 1) {
    const other = Math.floor(Math.random() * (at + 1));
    [left[at], left[other]] = [left[other], left[at]];
  }
  return left.slice(0, most);
}

/** Stryker counts lines and columns from 0 here, from 1 in its reports. */
const from1 = ({ start, end }) => ({
  start: { line: start.line + 1, column: start.column + 1 },
  end: { line: end.line + 1, column: end.column + 1 },
});

const tree = mkdtempSync(join(tmpdir(), 'dflint-mutation-'));
try {
  const mutants = await instrumented(tree, asked.length > 0 ? asked : modelFiles());
  const outfile = join(tree, 'test/mutation/told-inputs.mjs');
  await build({
    entryPoints: [join(tree, 'test/mutation/told-inputs.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    logLevel: 'warning',
  });
  globalThis.__stryker__ = {};
  const { inputs } = await import(pathToFileURL(outfile).href);
  const { told, covering, atLoad } = observed(inputs);
  const chosen = mutants
    .filter(({ id, status }) => status === undefined && !atLoad.has(id))
    .filter((_, at) => at % Number(values.every) === 0);
  const files = {};
  let spoken = performance.now();
  for (const [at, { id, fileName, location, replacement }] of chosen.entries()) {
    const runs = some(covering.get(id) ?? [], Number(values.most));
    const noticed = isNoticed(id, inputs, told, runs);
    const status = noticed ? 'Killed' : runs.length === 0 ? 'NoCoverage' : 'Survived';
    const path = relative(tree, fileName);
    files[path] ??= { source: readFileSync(join(repository, path), 'utf8'), mutants: [] };
    files[path].mutants.push({ location: from1(location), replacement, status });
    if (performance.now() - spoken < betweenWords * 1000) continue;
    spoken = performance.now();
    console.error(`${at + 1} of ${chosen.length} mutants`);
  }
  console.log(printed({ files }).text);
} finally {
  rmSync(tree, { recursive: true, force: true });
}
