/** `--changed`: of what a run would lint, what git says has changed. */
import { dirname, resolve } from 'node:path';
import { isBakeName, isComposeName } from '../../context/index.ts';
import { parseDockerfile } from '../../syntax/index.ts';
import type { Options } from '../options.ts';
import { openProjects } from '../project.ts';
import { type Input, type InputFile, type ListedFile, readListed } from '../read.ts';
import type { Surroundings } from '../surroundings.ts';
import { changedFiles, realPath } from './git.ts';
import { slashed } from './slashed.ts';

/** Files beside a Dockerfile, or in the folder of its context, that decide what it builds. */
const companions: ReadonlySet<string> = new Set([
  '.dockerignore',
  '.npmrc',
  'package.json',
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'bun.lock',
  'bun.lockb',
]);

const isCompanion = (name: string): boolean => companions.has(name) || isComposeName(name) || isBakeName(name);

/** What cannot be read is told as before; standard input has no history, and stays. */
export async function changedInputs(
  inputs: readonly Input[],
  options: Options,
  world: Pick<Surroundings, 'cwd' | 'env' | 'err'>,
): Promise<{ readonly inputs: readonly Input[]; readonly fault?: string }> {
  const ref = options.changed === true ? undefined : options.changed;
  const changed = changedFiles(ref, world);
  if ('fault' in changed) return { inputs, fault: changed.fault };
  const { files } = changed;
  const folders = new Set([...files].filter((path) => isCompanion(nameOf(path))).map(folderOf));
  const projectOf = openProjects(options.context, world);
  const realFolders = new Map<string, string>();
  const real = (location: string): string => {
    const folder = slashed(dirname(location));
    const known = realFolders.get(folder) ?? realPath(folder);
    realFolders.set(folder, known);
    return `${known === '/' ? '' : known}/${nameOf(slashed(location))}`;
  };

  const hasChanged = async (file: InputFile | ListedFile): Promise<boolean> => {
    if (file.location === undefined) return true;
    const location = real(file.location);
    if (files.has(location) || files.has(`${location}.dockerignore`) || folders.has(folderOf(location))) return true;
    // What is built from elsewhere is looked for only where something there has changed.
    if (files.size === 0) return false;
    const read = readListed(file);
    if ('error' in read) return true;
    const project = await projectOf(read.file);
    const { calls } = project.evidence;
    if (calls.some(({ at }) => files.has(real(resolve(world.cwd, at.elsewhere.path))))) return true;
    if (folders.size === 0) return false;
    const { root } = project.context(parseDockerfile(read.file.text));
    return root !== undefined && folders.has(realPath(root));
  };

  const kept: Input[] = [];
  let left = 0;
  for (const input of inputs)
    if ('error' in input || (await hasChanged(input.file))) kept.push(input);
    else left += 1;
  if (kept.length === 0 && left > 0 && !options.quiet)
    world.err(`dflint: none of ${left} Dockerfile${left === 1 ? '' : 's'} has changed since ${ref ?? 'HEAD'}\n`);
  return { inputs: kept };
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const folderOf = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf('/')));
