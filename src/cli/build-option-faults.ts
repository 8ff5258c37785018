/** What is wrong with the options that say how a file is built. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Surroundings } from './surroundings.ts';

/** What is wrong with the folder that --context names; undefined when nothing is. */
export function contextFault(folder: string | undefined, { cwd }: Pick<Surroundings, 'cwd'>): string | undefined {
  if (folder === undefined) return undefined;
  const advice = 'give the folder that docker build gets';
  if (folder.trim() === '') return `--context is empty; ${advice}`;
  if (/^[a-z+]+:\/\/|^git@/i.test(folder)) return `--context ${folder}: only folders can be read; ${advice}`;
  try {
    const stats = statSync(resolve(cwd, folder), { throwIfNoEntry: false });
    if (stats === undefined) return `--context ${folder}: no such folder; ${advice}`;
    return stats.isDirectory() ? undefined : `--context ${folder}: is not a folder; ${advice}`;
  } catch {
    return `--context ${folder}: cannot be read; ${advice}`;
  }
}

/** What is wrong with a --build-arg; undefined when nothing is. */
export const argumentFault = (given: readonly string[]): string | undefined =>
  given.some((each) => /^\s*(?:=|$)/.test(each))
    ? '--build-arg needs a name: --build-arg NAME=VALUE, or NAME alone for its value in the environment'
    : undefined;
