/** The project around a Dockerfile: its build context, and the files that say how it is built. */
import { statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import {
  type BuildContext,
  type BuildEvidence,
  contextFolder,
  createContext,
  type FileTree,
  findContext,
  noEvidence,
  projectFiles,
  unknownContext,
} from '../context/index.ts';
import type { Dockerfile } from '../syntax/index.ts';
import { foundTree } from './disk-tree.ts';
import type { InputFile } from './read.ts';
import type { Surroundings } from './surroundings.ts';

export interface Project {
  readonly evidence: BuildEvidence;
  /** `previous`: what was found for an earlier text of the file. */
  readonly context: (file: Dockerfile, previous?: BuildContext) => BuildContext;
}

/**
 * Finds the project of each Dockerfile; files of the project are read once. `folder`: the context that was asked for,
 * which goes before the `configured` one, an absolute path.
 */
export function openProjects(
  folder: string | undefined,
  { cwd }: Pick<Surroundings, 'cwd'>,
  tree: FileTree = foundTree(cwd),
): (input: InputFile, configured?: string) => Promise<Project> {
  const files = projectFiles(tree, (path) => relative(cwd, path) || path);
  const given = folder === undefined ? undefined : resolve(cwd, folder);
  return async ({ location, inline }, configured) => {
    const asked = given ?? configured;
    if (inline !== undefined && location !== undefined) {
      const evidence = { calls: inline.calls, files: [relative(cwd, location) || location], unread: [] };
      const root = asked ?? contextFolder(evidence, tree);
      const context = root === undefined ? unknownContext : createContext(tree, root, location);
      return { evidence, context: () => context };
    }
    if (location === undefined)
      return {
        evidence: noEvidence,
        context: () =>
          asked === undefined ? unknownContext : createContext(tree, asked, resolve(asked, 'Dockerfile')),
      };
    const readData = files.needsReader(location) ? (await import('../context/evidence/yaml.ts')).readYaml : undefined;
    const evidence = files.evidence(location, readData);
    const root = asked ?? contextFolder(evidence, tree);
    return {
      evidence,
      context: (file, previous) =>
        root === undefined
          ? findContext(file, location, tree, previous)
          : createContext(tree, root, location, previous),
    };
  };
}

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
