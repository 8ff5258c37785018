/**
 * Which folder is the build context, when the user did not say.
 *
 * The folder of the Dockerfile, else the nearest folder above it up to the root of the repository. It is
 * taken only with evidence: every literal source that COPY and ADD take from the context is there, and at
 * least one is, or, with `COPY . .` alone, the Dockerfile's folder is the root of the repository, or holds a manifest and
 * a lockfile. Patterns such as `package*.json` are evidence where the Dockerfile's folder has what they take and is no part
 * of a project above it. What is named like the output of a build, or stands in .gitignore or .dockerignore, need not be
 * there. Where no folder has them all, the Dockerfile's own is taken when it has them but for some in another case, or for
 * one that lies a level lower. A wrong context is worse than none.
 */
import type { CopyInstruction, Dockerfile } from '../syntax/instruction.ts';
import { type BuildContext, unknownContext } from './context.ts';
import { readIgnoreFile } from './dockerignore.ts';
import type { FileTree } from './file-tree.ts';
import { matchContext } from './glob.ts';
import { ignoredByGit } from './ignored-by-git.ts';
import { createContext } from './tree-context.ts';

/** Folders above the Dockerfile that are tried. */
const mostLevels = 8;

/** With `COPY . .` alone, a manifest and its lockfile show that this is a project's root and not a workspace's member. */
const lockfiles = [
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'bun.lock',
  'bun.lockb',
  'poetry.lock',
  'uv.lock',
  'go.sum',
  'Cargo.lock',
  'composer.lock',
  'Gemfile.lock',
];

const manifests = [
  'package.json',
  'pyproject.toml',
  'requirements.txt',
  'go.mod',
  'Cargo.toml',
  'pom.xml',
  'composer.json',
  'Gemfile',
];

/** Names that are made by a build outside and not checked in. */
const outputs = /(^|\/)(dist|build|out|target|node_modules|\.next|\.output|bin|obj|release)(\/|$)|\.(jar|war|tgz)$/;

/** `dockerfilePath`: with `/` between its folders, on every system. */
export function findContext(
  file: Dockerfile,
  dockerfilePath: string,
  tree: FileTree,
  previous?: BuildContext,
): BuildContext {
  const sources = literalSources(file);
  const takesAll = file.instructions.some(
    (each) => isCopy(each) && each.sources.some((word) => /^(\.?\/)?\.?$/.test(word.raw)),
  );
  const own = parentOf(dockerfilePath);
  let folder = own;
  for (let level = 0; level <= mostLevels; level += 1) {
    if (isContext(folder, sources, takesAll && level === 0, tree))
      return createContext(tree, folder, dockerfilePath, previous);
    if (isTop(folder) || tree.kind(join(folder, '.git')) !== 'absent') break;
    folder = parentOf(folder);
  }
  const isFound = takesPatterns(file, sources, own, tree) || hasNearlyAll(own, sources, tree);
  return isFound ? createContext(tree, own, dockerfilePath, previous) : unknownContext;
}

/** Whether each COPY by patterns alone takes something of a folder that no folder around it may share the project with. */
function takesPatterns(file: Dockerfile, sources: readonly string[], folder: string, tree: FileTree): boolean {
  const patterns = file.instructions.flatMap((each) =>
    isCopy(each) && each.from === undefined && each.sources.every(({ text }) => text !== undefined && isPattern(text))
      ? [each.sources.map(({ text }) => text ?? '')]
      : [],
  );
  const missing = lackingIn(folder, sources, tree).some((path) => tree.kind(join(folder, path)) === 'absent');
  if (patterns.length === 0 || missing) return false;
  const listing = {
    list: (path: string) => tree.entries(path === '' ? folder : join(folder, path)),
    stat: (path: string) => tree.kind(join(folder, path)),
  };
  const takes = (pattern: string): boolean => (matchContext(pattern, listing) ?? []).length > 0;
  return patterns.every((each) => each.some(takes)) && isAlone(folder, tree);
}

const isPattern = (source: string): boolean => /[*?[]/.test(source) && !/:\/\/|^git@|^\.\./.test(source);

/** Whether no folder above it, up to the root of the repository, holds a project. */
function isAlone(folder: string, tree: FileTree): boolean {
  for (let at = folder; ; ) {
    if (isTop(at) || tree.kind(join(at, '.git')) !== 'absent') return true;
    at = parentOf(at);
    const names = new Set(tree.entries(at));
    if ([...manifests, ...lockfiles].some((name) => names.has(name))) return false;
  }
}

/** Whether a folder has two sources or more, and the others in another case, or but one, one level down. */
function hasNearlyAll(folder: string, sources: readonly string[], tree: FileTree): boolean {
  const exists = (path: string): boolean => isThere(folder, path, tree);
  const lacking = new Set(lackingIn(folder, sources, tree));
  if (lacking.size === 0 || new Set(sources.filter(exists)).size < 2) return false;
  const names = tree.entries(folder) ?? [];
  const isInAnotherCase = (path: string): boolean => {
    const [first = ''] = path.split('/');
    const rest = path.slice(first.length);
    return names.some((name) => name.toLowerCase() === first.toLowerCase() && exists(name + rest));
  };
  const others = [...lacking].filter((path) => !isInAnotherCase(path));
  const [path] = others;
  if (path === undefined) return true;
  return lacking.size === 1 && names.length < mostNames && names.some((name) => exists(`${name}/${path}`));
}

/** Those of the paths that are not in a folder, and would be in a fresh checkout. */
function lackingIn(folder: string, paths: readonly string[], tree: FileTree): readonly string[] {
  const lacking = paths.filter((path) => !outputs.test(path) && !isThere(folder, path, tree));
  if (lacking.length === 0) return [];
  const isIgnored = ignoredByGit(tree.read(join(folder, '.gitignore')) ?? '');
  const keepsOut = ignoredByDocker(tree.read(join(folder, '.dockerignore')) ?? '');
  return lacking.filter((path) => !isIgnored(path) && !keepsOut(path));
}

/** A list of what may come in speaks for no name that it leaves out. */
const ignoredByDocker = (text: string): ((path: string) => boolean) =>
  /^\*\*?(?:\/\*\*?)?\s*$/m.test(text) ? () => false : readIgnoreFile(text).ignores;

const isThere = (folder: string, path: string, tree: FileTree): boolean =>
  /^(file|directory)$/.test(tree.kind(join(folder, path)));

const mostNames = 200;

/** `/`, or a drive: `C:`. */
const isTop = (folder: string): boolean => folder === '/' || !folder.includes('/');

const parentOf = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf('/')));

const join = (folder: string, name: string): string => `${folder === '/' ? '' : folder}/${name}`;

const isCopy = (instruction: { readonly keyword: string }): instruction is CopyInstruction =>
  instruction.keyword === 'COPY' || instruction.keyword === 'ADD';

/** Sources from the context without globs, variables or URLs, relative to its root. */
function literalSources(file: Dockerfile): readonly string[] {
  return file.instructions.flatMap((instruction) => {
    if (!isCopy(instruction) || instruction.from !== undefined) return [];
    return instruction.sources.flatMap(({ text }) => {
      if (text === undefined || /[*?[]|:\/\/|^git@/.test(text)) return [];
      const path = text.replace(/^(\.?\/)+/, '').replace(/(?<!\/)\/+$/, '');
      return path === '' || path === '.' || path.startsWith('..') ? [] : [path];
    });
  });
}

function isContext(folder: string, sources: readonly string[], takesAll: boolean, tree: FileTree): boolean {
  if (lackingIn(folder, sources, tree).length > 0) return false;
  const exists = (path: string): boolean => isThere(folder, path, tree);
  if (sources.some(exists)) return true;
  if (!takesAll || sources.length > 0) return false;
  return tree.kind(join(folder, '.git')) !== 'absent' || (manifests.some(exists) && lockfiles.some(exists));
}
