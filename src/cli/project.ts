/** The project around a Dockerfile: its build context, and the files that say how it is built. */
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
import { slashed } from './discovery/slashed.ts';
import { foundTree } from './disk-tree.ts';
import type { InputFile } from './read.ts';
import type { Account } from './results/kept-results.ts';
import type { Surroundings } from './surroundings.ts';

export interface Project {
  readonly evidence: BuildEvidence;
  /** `previous`: what was found for an earlier text of the file. */
  readonly context: (file: Dockerfile, previous?: BuildContext) => BuildContext;
}

/**
 * Finds the project of each Dockerfile; files of the project are read once. `folder`: the context that was asked for,
 * which goes before the `configured` one, an absolute path. `account`: is told of what is read for a file.
 */
export function openProjects(
  folder: string | undefined,
  { cwd }: Pick<Surroundings, 'cwd'>,
  shared: FileTree = foundTree(cwd),
): (input: InputFile, configured?: string, account?: Account) => Promise<Project> {
  const files = projectFiles(shared, (path) => relative(cwd, path) || path);
  const given = folder === undefined ? undefined : resolve(cwd, folder);
  return async ({ location, inline }, configured, account) => {
    const asked = given ?? configured;
    const tree = account?.tree ?? shared;
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
    const sources = account && files.sources(location);
    for (const folder of sources?.folders ?? []) account?.hear(`names:${folder}`);
    for (const file of sources?.files ?? []) account?.hear(`text:${file}`);
    const root = asked ?? contextFolder(evidence, tree);
    return {
      evidence,
      context: (file, previous) =>
        root === undefined
          ? findContext(file, slashed(location), tree, previous)
          : createContext(tree, root, location, previous),
    };
  };
}
