/**
 * The command that tests run as a process of its own. DFLINT_COMMAND names another one than the built bundle: the words
 * of a command line, such as `dist/standalone/dflint-linux-x64` or `bun bin/dflint.js`, paths from the repository.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { repository } from './shared.ts';

const named = process.env['DFLINT_COMMAND'];

/** Whether all that is run by runCli is to be run as a process. */
export const isCommandNamed = named !== undefined;

const absolute = (word: string): string => (existsSync(resolve(repository, word)) ? resolve(repository, word) : word);

/** The program and its first words. */
export const commandWords: readonly string[] = named?.trim().split(/\s+/).map(absolute) ?? [
  process.execPath,
  join(repository, 'bin/dflint.js'),
];

export const isBuilt = isCommandNamed || existsSync(join(repository, 'dist/cli.js'));
// The fuzzer takes this in, too, and runs nothing that is built.
if (!isBuilt && process.env['VITEST'] !== undefined) console.warn('skipped: dist is not built');

export interface ProcessOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string | Uint8Array;
  /** The words of the command in place of those named. */
  readonly command?: readonly string[];
}

/** What a process of dflint says. */
export function runCommand(argv: readonly string[], { command = commandWords, ...options }: ProcessOptions = {}) {
  const [program = '', ...first] = command;
  const { status, stdout, stderr, error } = spawnSync(program, [...first, ...argv], {
    maxBuffer: 1 << 28,
    ...options,
    encoding: 'utf8',
  });
  if (error !== undefined) throw error;
  return { status, stdout, stderr };
}

/** The command as a shell writes it. */
export const commandLine: string = commandWords.map((word) => `'${word}'`).join(' ');
