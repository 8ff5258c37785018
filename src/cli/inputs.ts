/** What the paths of the command line name. */
import { statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { isBakeName, isComposeName } from '../context/evidence/build-file-names.ts';
import { didYouMean, nearest } from '../syntax/suggest.ts';
import type { ConfigReader } from './config-file.ts';
import { slashed } from './discovery/slashed.ts';
import { diskTree } from './disk-tree.ts';
import type { Options } from './options.ts';
import type { Progress } from './progress.ts';
import { decode, type Input, isDockerfileName, reasonOf } from './read.ts';
import type { Surroundings } from './surroundings.ts';

export interface InputWorld extends Pick<Surroundings, 'cwd' | 'env' | 'stdin'> {
  readonly configs: ConfigReader;
  readonly progress: Progress;
}

/** Which inputs are asked for. */
export type AskedInputs = Pick<Options, 'paths' | 'exclude' | 'stdinFilename'>;

/** Each thing once: files as they are named, folders with all that is found in them. */
export async function collectInputs(options: AskedInputs, world: InputWorld): Promise<readonly Input[]> {
  const inputs = new Map<string, Input>();
  for (const path of new Set(options.paths.length === 0 ? ['.'] : options.paths))
    for (const input of await inputsOf(path, options, world)) {
      const key = path === '-' ? '-' : keyOf(input, world.cwd);
      if (!inputs.has(key)) inputs.set(key, input);
    }
  return [...inputs.values()];
}

function keyOf(input: Input, cwd: string): string {
  if ('error' in input) return `/${resolve(cwd, input.error.path)}`;
  const { file } = input;
  const line = 'inline' in file ? file.inline?.dockerfile.line : undefined;
  return `/${resolve(cwd, file.path)}${line === undefined ? '' : `:${line}`}`;
}

async function inputsOf(path: string, options: AskedInputs, world: InputWorld): Promise<readonly Input[]> {
  if (path === '-') return [await readStandardInput(options, world)];
  if (path === '') return [{ error: { path, message: 'an empty path names no file' } }];
  const location = slashed(resolve(world.cwd, path));
  try {
    const stats = statSync(location);
    const name = basename(location);
    if (stats.isFile() && (isComposeName(name) || isBakeName(name)))
      return (await import('./discovery/discover.ts')).discoverBuilt(path, world);
    if (!stats.isDirectory()) return [{ file: { path: slashed(path), location } }];
  } catch (error) {
    const reason = reasonOf(error, location);
    return [{ error: { path, message: isMissing(error) ? `${reason}${didYouMean(spelling(location))}` : reason } }];
  }
  const [{ discover }, { givenExclusions }] = await Promise.all([
    import('./discovery/discover.ts'),
    import('./discovery/exclude.ts'),
  ]);
  return discover(path, { ...world, exclusions: givenExclusions(options.exclude, world.cwd) });
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** A Dockerfile in the same folder that is nearly called so. */
function spelling(location: string): string | undefined {
  const names = diskTree.entries(dirname(location)) ?? [];
  return nearest(basename(location), names.filter(isDockerfileName));
}

async function readStandardInput(
  { stdinFilename }: AskedInputs,
  { cwd, stdin }: Pick<Surroundings, 'cwd' | 'stdin'>,
): Promise<Input> {
  const path = stdinFilename ?? '<stdin>';
  try {
    const location = stdinFilename === undefined ? undefined : slashed(resolve(cwd, stdinFilename));
    return decode(path, await stdin(), location);
  } catch (error) {
    return { error: { path, message: reasonOf(error, path) } };
  }
}
