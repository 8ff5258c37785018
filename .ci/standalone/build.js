#!/usr/bin/env node
/**
 * `npm run build:standalone [-- --target TARGET]… [--out FOLDER]`: dflint as one executable file that needs no Node.js,
 * by default for this machine; `--target all` makes those of a release. What is made is told, one path a line.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bunFor } from './bun.js';

const repository = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** Each target, and the bun that it is made of: the ones that need no AVX2 run on every machine. */
const targets = new Map([
  ['linux-x64', 'linux-x64-baseline'],
  ['linux-x64-musl', 'linux-x64-musl-baseline'],
  ['linux-arm64', 'linux-aarch64'],
  ['linux-arm64-musl', 'linux-aarch64-musl'],
  ['darwin-x64', 'darwin-x64'],
  ['darwin-arm64', 'darwin-aarch64'],
  ['windows-x64', 'windows-x64-baseline'],
]);

/** A run lints few files: code is compiled to machine code only when it runs this many times as often as is usual. */
const jitThresholds = 30;

function thisMachine() {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const isMusl = system === 'linux' && process.report.getReport().header.glibcVersionRuntime === undefined;
  return `${system}-${process.arch}${isMusl ? '-musl' : ''}`;
}

/** What a folder that is linted could otherwise make an executable of bun run or believe is off. */
const sealed = [
  '--no-compile-autoload-dotenv',
  '--no-compile-autoload-bunfig',
  '--no-compile-autoload-tsconfig',
  // Modules of plugins are found by it, in the folder of the plugin and above.
  '--compile-autoload-package-json',
];

function build(target, outfile, order) {
  const host = bunFor(targets.get(thisMachine()) ?? fail(`bun does not run on ${thisMachine()}`));
  const words = ['build', '--compile', '--target=bun', '--format=esm', '--minify', '--bytecode', '--splitting'];
  const more = [`--compile-jit-policy=${jitThresholds}`, `--compile-executable-path=${bunFor(targets.get(target))}`];
  const entries = ['src/cli/start.ts', 'src/cli/worker.ts'];
  if (order !== undefined) more.push(`--bytecode-order=${order}`);
  execFileSync(host, [...words, ...sealed, ...more, `--outfile=${outfile}`, ...entries], {
    cwd: repository,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** Lays the code out in the order in which a run over an example needs it, so that less of the file is read. */
function recordOrder(scratch) {
  const trial = join(scratch, 'dflint');
  const order = join(scratch, 'order');
  build(thisMachine(), trial);
  const example = join(repository, 'fixtures/example/Dockerfile');
  try {
    execFileSync(trial, ['--no-config', example], { env: { ...process.env, BUN_BYTECODE_ORDER_OUT: order } });
  } catch (error) {
    if (error.status !== 1) throw error;
  }
  return order;
}

function fail(message) {
  console.error(`build:standalone: ${message}`);
  process.exit(2);
}

const { values } = parseArgs({
  options: { target: { type: 'string', multiple: true }, out: { type: 'string', default: 'dist/standalone' } },
});
const asked = (values.target ?? [thisMachine()]).flatMap((name) => (name === 'all' ? [...targets.keys()] : [name]));
const unknown = asked.find((name) => !targets.has(name));
if (unknown !== undefined) fail(`there is no target ${unknown}; there are all, ${[...targets.keys()].join(', ')}`);

const scratch = mkdtempSync(join(tmpdir(), 'dflint-standalone-'));
try {
  const out = resolve(repository, values.out);
  mkdirSync(out, { recursive: true });
  const order = recordOrder(scratch);
  for (const target of new Set(asked)) {
    const file = join(out, `dflint-${target}${target.startsWith('windows') ? '.exe' : ''}`);
    build(target, file, order);
    console.log(file);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
