/** A build context read from a tree of files, asked lazily and remembered. */
import type { BuildContext, ContextEntry } from './context.ts';
import { readIgnoreFile } from './dockerignore.ts';
import type { FileTree } from './file-tree.ts';
import { matchContext } from './glob.ts';
import { ignoredByGit } from './ignored-by-git.ts';

/** Largest directory that is looked at; beyond it the names are not known. */
const mostEntries = 50_000;

/** What contexts were made of. */
const origins = new WeakMap<BuildContext, { readonly tree: FileTree; readonly dockerfilePath: string }>();

/**
 * The context at the directory `root`. `<Dockerfile>.dockerignore` beside the Dockerfile wins over the root's .dockerignore.
 * It is `previous`, with what is known of it, where that was made of the same.
 */
export function createContext(
  tree: FileTree,
  root: string,
  dockerfilePath: string,
  previous?: BuildContext,
): BuildContext {
  const origin = previous && origins.get(previous);
  const isSame = previous?.root === root && origin?.tree === tree && origin.dockerfilePath === dockerfilePath;
  if (isSame) return previous;
  const made = openContext(tree, root, dockerfilePath);
  origins.set(made, { tree, dockerfilePath });
  return made;
}

function openContext(tree: FileTree, root: string, dockerfilePath: string): BuildContext {
  const candidates = [`${dockerfilePath}.dockerignore`, at(root, '.dockerignore')];
  const isIgnoreFile = (path: string): boolean => {
    const kind = tree.kind(path);
    return kind === 'file' || (kind === 'unknown' && tree.isThere?.(path) === true);
  };
  const ignoreFilePath = candidates.find(isIgnoreFile);
  const ignoreText = ignoreFilePath === undefined ? '' : tree.read(ignoreFilePath);
  const ignored = readIgnoreFile(ignoreText ?? '');
  const verdicts = new Map<string, boolean>();
  const ignores = (path: string): boolean => {
    const known = verdicts.get(path);
    if (known !== undefined) return known;
    const verdict = ignored.ignores(path);
    verdicts.set(path, verdict);
    return verdict;
  };
  const ignoreFile = ignoreFilePath === undefined ? undefined : baseName(ignoreFilePath);
  const fromDockerfile = relation(root, dockerfilePath);
  let readIgnores: { readonly test: ((path: string) => boolean) | undefined } | undefined;
  const gitIgnores = (): ((path: string) => boolean) | undefined => {
    const text = readIgnores === undefined ? tree.read(at(root, '.gitignore')) : undefined;
    readIgnores ??= { test: text === undefined ? undefined : ignoredByGit(text) };
    return readIgnores.test;
  };
  const entries = new Map<string, ContextEntry>();
  const stat = (path: string): ContextEntry => {
    const known = entries.get(path);
    if (known !== undefined) return known;
    const kind = tree.kind(at(root, path));
    const entry = kind === 'file' || kind === 'directory' ? entryOf(path, kind) : kind;
    entries.set(path, entry);
    return entry;
  };
  const entryOf = (path: string, kind: 'file' | 'directory'): ContextEntry => {
    if (ignoreText === undefined && path !== '') return 'unknown';
    return isIgnored(path, kind) ? 'ignored' : kind;
  };
  const isIgnored = (path: string, kind: 'file' | 'directory'): boolean =>
    path !== '' && ignores(path) && !(kind === 'directory' && holdsKept(path));
  /** An ignored directory is there all the same when `!` brings back something below it. */
  const holdsKept = (path: string): boolean => {
    if (!ignored.mayKeepBelow(path)) return false;
    const names = tree.entries(at(root, path));
    return names === undefined || names.length > mostEntries || names.some((name) => keeps(`${path}/${name}`));
  };
  const keeps = (path: string): boolean => /^(file|directory|unknown)$/.test(stat(path));
  const lists = new Map<string, readonly string[] | undefined>();
  const list = (path: string): readonly string[] | undefined => {
    if (!lists.has(path)) lists.set(path, listed(path));
    return lists.get(path);
  };
  const listed = (path: string): readonly string[] | undefined => {
    const names = tree.entries(at(root, path));
    if (names === undefined || names.length > mostEntries || ignoreText === undefined) return undefined;
    const prefix = path === '' ? '' : `${path}/`;
    return names.filter((name) => stat(prefix + name) !== 'ignored');
  };
  return {
    root,
    ...(fromDockerfile === undefined ? {} : { fromDockerfile }),
    ...(ignoreFile === undefined ? {} : { ignoreFile }),
    ...(ignoreFilePath === undefined || ignoreText !== undefined ? {} : { unread: ignoreFilePath }),
    stat,
    list,
    read: (path) => (stat(path) === 'file' ? tree.read(at(root, path)) : undefined),
    match: (pattern) => matchContext(pattern, { stat, list }),
    ignores: (path) => (ignoreText === undefined ? undefined : path !== '' && ignores(path)),
    ignoredByGit: (path) => gitIgnores()?.(path),
  };
}

const at = (root: string, path: string): string => (path === '' ? root : `${root === '/' ? '' : root}/${path}`);

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** `root` as seen from the folder of the Dockerfile, when it is that folder or one above it. */
function relation(root: string, dockerfilePath: string): string | undefined {
  const folder = dockerfilePath.slice(0, Math.max(0, dockerfilePath.lastIndexOf('/')));
  const top = root === '/' ? '' : root;
  if (folder === top) return '.';
  if (!folder.startsWith(`${top}/`)) return undefined;
  const levels = folder.slice(top.length + 1).split('/').length;
  return Array.from({ length: levels }, () => '..').join('/');
}
