/** Prints what was found, in each format that was asked for. */
import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { LintResult } from '../engine/lint.ts';
import type { Report } from '../report/format.ts';
import { describesRules, loadFormat } from '../report/formats.ts';
import { harmless } from '../report/harmless.ts';
import { plainStyle } from '../report/style.ts';
import { loadRules } from './load-rules.ts';
import type { Options } from './options.ts';
import { styleFor } from './program.ts';
import type { UnreadableInput } from './read.ts';
import type { Surroundings } from './surroundings.ts';

/** A file is for people, too, whose terminal is not known. */
const columnsOfFiles = 80;

/** Files first, so that what is printed stands last; one that cannot be written costs only itself. Whether all were. */
export async function printReports(
  results: readonly LintResult[],
  unreadable: readonly UnreadableInput[],
  options: Options,
  world: Surroundings,
  fails: Report['fails'],
): Promise<boolean> {
  const root = rootOf(world);
  const report: Report = {
    results,
    unreadable,
    rules: options.formats.some(({ name }) => describesRules(name)) ? await loadRules() : [],
    version: world.version,
    root: slashed(root),
    located: (path) => locatedIn(root, world.cwd, path),
    fails,
    style: plainStyle,
    columns: columnsOfFiles,
    quiet: options.quiet,
  };
  let fine = true;
  for (const { name, file } of options.formats.filter((each) => each.file !== undefined)) {
    const format = await loadFormat(name);
    const { writeWhole } = await import('./write-whole.ts');
    const problem = writeWhole(resolve(world.cwd, file ?? ''), [...partsOf(format(report))].join(''));
    if (problem === undefined) continue;
    world.err(`dflint: ${harmless(file ?? '')}: ${problem}\n`);
    fine = false;
  }
  for (const { name } of options.formats.filter(({ file }) => file === undefined)) {
    const format = await loadFormat(name);
    const style = await styleFor(options.color, world);
    for (const part of partsOf(format({ ...report, style, columns: world.columns }))) world.out(part);
  }
  return fine;
}

const partsOf = (made: string | Iterable<string>): Iterable<string> => (typeof made === 'string' ? [made] : made);

/** What CI checks out, when the run is in it, else the repository, else the folder of the run. */
function rootOf({ cwd, env }: Surroundings): string {
  const told = [env['GITHUB_WORKSPACE'], env['CI_PROJECT_DIR']].find(
    (folder) => folder !== undefined && folder !== '' && isWithin(folder, cwd),
  );
  if (told !== undefined) return resolve(told);
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (folder === dirname(folder)) return cwd;
  }
}

const isWithin = (folder: string, path: string): boolean => {
  const way = relative(folder, path);
  return way === '' || (way.split(sep)[0] !== '..' && resolve(folder, way) === path);
};

/** Names in angle brackets, such as that of standard input, and what is no path stay. */
function locatedIn(root: string, cwd: string, path: string): string {
  if (path === '' || path.startsWith('<')) return path;
  const absolute = resolve(cwd, path);
  return slashed(isWithin(root, absolute) ? relative(root, absolute) : absolute);
}

const slashed = (path: string): string => (sep === '/' ? path : path.replaceAll(sep, '/'));
