/** The linters that are measured, what each can do, and how each is called. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { repository } from './corpus.js';

/** Folders that may hold the programs of others; without it, PATH. */
const folders = (process.env.PEERS ?? process.env.PATH ?? '').split(delimiter).filter(Boolean);

function found(name) {
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** pip puts a script of Python in front of the program: its start is none of tally's. */
function withoutLauncher(path) {
  if (path === undefined || !/^#!.*python/.test(readFileSync(path, 'latin1').slice(0, 200))) return path;
  const libraries = join(dirname(path), '../lib');
  const programs = readdirSync(libraries, { recursive: true }).filter((name) =>
    /\/tally_cli\/bin\/[^/]+\/tally$/.test(name),
  );
  return programs.length === 1 ? join(libraries, programs[0]) : path;
}

const tallyConfig = join(repository, 'test/bench/tally.toml');
const built = join(repository, 'dist/standalone');
const executable = existsSync(built)
  ? readdirSync(built).find((name) => name.endsWith(`-${process.platform}-${process.arch}`))
  : undefined;

const ours = ['--no-config', '--shellcheck', 'off', '--format', 'json'];
/** Results are kept in the folder of the run. */
const judging = [...ours, '--no-cache'];
const recalling = [...ours, '--cache-dir', 'kept'];
const dflint = {
  stages: 'all, one model',
  context: 'read',
  shell: 'own parser; ShellCheck where installed',
  fixes: 'safe and unsafe',
};

/**
 * `words`: what comes before the paths; other presets can be asked of dflint alone. `isAgain`: it has run over the same
 * files before, and nothing has changed since.
 */
const all = [
  {
    name: 'dflint',
    program: existsSync(join(repository, 'dist/cli.js')) ? process.execPath : undefined,
    words: (preset) => [join(repository, 'bin/dflint.js'), ...judging, ...preset],
    missing: 'npm run build:cli makes it',
    sees: dflint,
    isOurs: true,
  },
  {
    name: 'dflint again',
    program: existsSync(join(repository, 'dist/cli.js')) ? process.execPath : undefined,
    words: (preset) => [join(repository, 'bin/dflint.js'), ...recalling, ...preset],
    missing: 'npm run build:cli makes it',
    isOurs: true,
    isAgain: true,
  },
  {
    name: 'dflint standalone',
    program: executable && join(built, executable),
    words: (preset) => [...judging, ...preset],
    missing: 'npm run build:standalone makes it',
    sees: dflint,
    isOurs: true,
  },
  {
    name: 'standalone again',
    program: executable && join(built, executable),
    words: (preset) => [...recalling, ...preset],
    missing: 'npm run build:standalone makes it',
    isOurs: true,
    isAgain: true,
  },
  {
    name: 'hadolint',
    program: found('hadolint'),
    words: () => ['--no-fail', '--format', 'json'],
    missing: 'not in PEERS or PATH',
    sees: { stages: 'each by itself', context: '—', shell: 'ShellCheck built in', fixes: '—' },
  },
  {
    name: 'tally',
    program: withoutLauncher(found('tally')),
    words: () => ['lint', '--config', tallyConfig, '--slow-checks=off', '--format', 'json'],
    missing: 'not in PEERS or PATH',
    sees: {
      stages: 'all',
      context: 'with --context',
      shell: 'own parser, ShellCheck built in',
      fixes: 'safe and unsafe',
    },
  },
  {
    name: 'dockerfilelint',
    program: found('dockerfilelint'),
    words: () => ['--output', 'json'],
    missing: 'not in PEERS or PATH',
    sees: { stages: '—', context: '—', shell: '—', fixes: '—' },
  },
];

export const tools = all.filter(({ program }) => program !== undefined);
export const missing = all.filter(({ program, isAgain }) => program === undefined && isAgain !== true);

/** Whether what came of a run is no report. dockerfilelint ends with the number of its findings. */
export const isBroken = ({ name }, code, said) =>
  name === 'dockerfilelint' ? /^\s+at .*:\d+:\d+\)?$/m.test(said) : code > 1 || said.startsWith('Error:');

/** The first number of what a tool says its version is. */
export function versionOf({ program, words, isOurs }) {
  const before = isOurs ? words([]).filter((word) => word.endsWith('.js')) : [];
  const { stdout = '' } = spawnSync(program, [...before, '--version'], { encoding: 'utf8' });
  return /\d+\.\d+(?:\.\d+)?/.exec(stdout)?.[0] ?? '';
}
