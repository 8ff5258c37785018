#!/usr/bin/env node
/**
 * `npm run test:runtimes [-- RUNTIME…] [-- NAME…]`: the tests by each version of Node.js that dflint runs on, and those
 * of the command line by the bundle under bun and deno. RUNTIME: node20, node22, node24, node26, bun, deno; NAME: test
 * files, by default all. The programs come from the npm registry.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unpacked } from '../npm-package.js';
import { bunFor } from '../standalone/bun.js';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const versions = JSON.parse(readFileSync(new URL('versions.json', import.meta.url), 'utf8'));
const { arch } = process;
const isMusl = process.platform === 'linux' && process.report.getReport().header.glibcVersionRuntime === undefined;

function node(version) {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  return join(unpacked(`node-${system}-${arch}`, version), 'bin', system === 'win' ? 'node.exe' : 'node');
}

function deno() {
  const libc = process.platform === 'linux' ? '-glibc' : '';
  const program = join(unpacked(`@deno/${process.platform}-${arch}${libc}`, versions.deno), 'deno');
  if (existsSync(program)) chmodSync(program, 0o755);
  return program;
}

function bun() {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const machine = arch === 'arm64' ? 'aarch64' : arch;
  return bunFor(
    `${system}-${machine}${isMusl ? '-musl' : ''}${arch === 'x64' && system !== 'darwin' ? '-baseline' : ''}`,
  );
}

/** Runs tests with the other runtime as the command, or as what runs the tests. */
const runtimes = new Map([
  ...versions.node.map((version) => [`node${version.split('.')[0]}`, () => testsOn(node(version))]),
  ['bun', () => commandTests(`${bun()} bin/dflint.js`)],
  ['deno', () => commandTests(`${deno()} run --allow-all --no-config bin/dflint.js`)],
]);

const rest = process.argv.slice(2);
const asked = rest.filter((word) => runtimes.has(word));
const names = rest.filter((word) => !runtimes.has(word));

function testsOn(program) {
  const env = { ...process.env, PATH: `${dirname(program)}${delimiter}${process.env.PATH}` };
  const vitest = join(repository, 'node_modules/vitest/vitest.mjs');
  const slow = ['--testTimeout=60000', '--exclude', '**/{findings,parity,random-builds,random-installs}/**'];
  return spawnSync(program, [vitest, 'run', '--dir', 'test', ...slow, ...names], {
    cwd: repository,
    env,
    stdio: 'inherit',
  });
}

function commandTests(command) {
  const env = { ...process.env, DFLINT_COMMAND: command };
  return spawnSync('.ci/standalone/test', names, { cwd: repository, env, stdio: 'inherit' });
}

const failed = [];
for (const name of asked.length > 0 ? asked : runtimes.keys()) {
  console.log(`\n== ${name}`);
  if (runtimes.get(name)().status !== 0) failed.push(name);
}
console.log(failed.length === 0 ? '\nall runtimes pass' : `\nfailed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
