/** The project around Dockerfiles, from files that are given as data or asked for: its build contexts, and what builds them. */
import { readYaml } from '../context/evidence/yaml.ts';
import {
  type BuildContext,
  type BuildEvidence,
  contextFolder,
  createContext,
  type FileTree,
  findContext,
  memoryTree,
  projectFiles,
} from '../context/index.ts';
import type { Dockerfile } from '../syntax/index.ts';

/**
 * Paths from the root of the project, with `/`, and their texts; null for a file of which only the name matters, such
 * as a lockfile. What is not listed is absent.
 */
export type FileList = Readonly<Record<string, string | null>> | ReadonlyMap<string, string | null>;

export interface ProjectOptions {
  /** Folder of the build context, from the root of the project: `.`, `services/web`. Default: what compose and bake files say, else found by what COPY takes. */
  readonly context?: string;
  /** Absolute folder, with `/`, that paths are relative to. Default `/`. */
  readonly root?: string;
}

/** Files are read when a Dockerfile asks for them, and remembered: open it anew when some have changed. */
export interface Project {
  /** What its files say of how a Dockerfile is built. `path`: from the root. */
  evidence(path: string): BuildEvidence;
  /**
   * What COPY of a Dockerfile can take. `configured`: the folder that a configuration names; `previous`: what was told for
   * an earlier text, which is told again where it is the same.
   */
  context(path: string, file: Dockerfile, configured?: string, previous?: BuildContext): BuildContext;
}

/** `files`: all that there are, or a tree that is asked. */
export function openProject(files: FileList | FileTree, { context, root = '/' }: ProjectOptions = {}): Project {
  const top = root.length > 1 ? root.replace(/(?<!\/)\/+$/, '') : root;
  const at = (path: string): string => absolute(path, top);
  const tree = isTree(files) ? files : memoryTree(listed(files, at));
  const found = projectFiles(tree, (path) => (path.startsWith(at('')) ? path.slice(at('').length) : path));
  const asked = context === undefined ? undefined : withoutEnd(at(context));
  return {
    evidence: (path) => found.evidence(at(path), readYaml),
    context(path, file, configured, previous) {
      const location = at(path);
      const said = configured === undefined ? undefined : withoutEnd(at(configured));
      const folder = asked ?? said ?? contextFolder(found.evidence(location, readYaml), tree);
      return folder === undefined
        ? findContext(file, location, tree, previous)
        : createContext(tree, folder, location, previous);
    },
  };
}

const isTree = (files: FileList | FileTree): files is FileTree =>
  'kind' in files && typeof files.kind === 'function' && 'entries' in files && 'read' in files;

function listed(files: FileList, at: (path: string) => string): ReadonlyMap<string, string | null> {
  const entries = files instanceof Map ? [...files] : Object.entries(files);
  return new Map(entries.map(([path, text]) => [at(path), text]));
}

/** A folder keeps the `/` at its end. */
function absolute(path: string, root: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${root}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  const isFolder = parts.length > 0 && (path === '' || /(?:^|\/)\.{0,2}$/.test(path));
  return `/${parts.join('/')}${isFolder ? '/' : ''}`;
}

const withoutEnd = (path: string): string => (path.length > 1 ? path.replace(/\/$/, '') : path);
