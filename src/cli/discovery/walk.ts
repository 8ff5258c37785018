/** One walk over a folder: the Dockerfiles below it, and the files that say what else is built. */
import { type Dirent, existsSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isBakeName, isComposeName } from '../../context/index.ts';
import { diskTree, isLink } from '../disk-tree.ts';
import { isDockerfileName, reasonOf } from '../read.ts';
import type { Exclusion } from './exclude.ts';
import { type IgnorePatterns, ignoreLines, readIgnorePatterns } from './gitignore.ts';
import { slashed } from './slashed.ts';

export interface Walked {
  /** Absolute paths of Dockerfiles, by their names. */
  readonly dockerfiles: readonly string[];
  /** Absolute folders that hold compose or bake files. */
  readonly builders: readonly string[];
  /** How many Dockerfiles were seen that are ignored or excluded. */
  readonly leftOut: number;
  readonly refused: readonly { readonly location: string; readonly message: string }[];
  /** Whether a file is in a folder that was walked, and not left out itself. */
  reaches(location: string): boolean;
}

/** Never walked: what is in them is not the project's own. */
const passedOver: ReadonlySet<string> = new Set(['.git', '.hg', '.svn', '.jj', 'node_modules']);

/** What editors and merges leave beside a Dockerfile. */
const leftover = /(?:~|\.(?:bak|orig|rej|save|sw[a-p]|md))$/i;

/** Patterns that hold in a folder and below; the nearest go first. */
interface Scope {
  readonly folder: string;
  readonly patterns: IgnorePatterns;
  readonly outer: Scope | undefined;
}

/** `root`: absolute, with `/`. `step` is called for each folder. Links to folders are not followed, so that no loop is endless. */
export function walk(root: string, exclusions: readonly Exclusion[], step: (folders: number) => void): Walked {
  const dockerfiles: string[] = [];
  const builders: string[] = [];
  let leftOut = 0;
  const refused: { location: string; message: string }[] = [];
  const scopes = new Map<string, Scope | undefined>();
  const excluded = exclusions.map(({ folder, patterns }) => ({ folder, patterns: readIgnorePatterns(patterns) }));
  const isLeftOut = (location: string, isFolder: boolean, scope: Scope | undefined): boolean =>
    excluded.some((each) => verdictOf(each, location, isFolder) === 'ignored') || isIgnored(location, isFolder, scope);

  const pending: { folder: string; outer: Scope | undefined }[] = [{ folder: root, outer: scopeAbove(root) }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { folder } = next;
    step(scopes.size);
    let entries: Dirent[];
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      refused.push({ location: folder, message: reasonOf(error, folder) });
      continue;
    }
    const scope = scopeOf(folder, new Set(entries.map(({ name }) => name)), next.outer);
    scopes.set(folder, scope);
    let builds = false;
    for (const entry of entries) {
      const { name } = entry;
      const location = joined(folder, name);
      const named = isDockerfileName(name) && !leftover.test(name);
      const builder = !named && (isComposeName(name) || isBakeName(name));
      const kind = kindOf(entry, location, named || builder);
      if (kind === 'folder') {
        if (!passedOver.has(name) && !isLeftOut(location, true, scope))
          pending.push({ folder: location, outer: scope });
      } else if (kind === 'file' && (named || builder)) {
        if (isLeftOut(location, false, scope)) leftOut += named ? 1 : 0;
        else if (named) dockerfiles.push(location);
        else builds = true;
      }
    }
    if (builds) builders.push(folder);
  }
  return {
    dockerfiles: dockerfiles.sort(),
    builders: builders.sort(),
    leftOut,
    refused,
    reaches: (location) => {
      const folder = parentOf(location);
      return scopes.has(folder) && !isLeftOut(location, false, scopes.get(folder));
    },
  };
}

/** What the listing of the folder says; a link is looked behind only where its name is that of something to lint. */
function kindOf(entry: Dirent, location: string, matters: boolean): 'file' | 'folder' | 'other' {
  if (entry.isDirectory()) return 'folder';
  if (entry.isFile()) return 'file';
  try {
    if (entry.isSymbolicLink())
      return matters && statSync(location, { throwIfNoEntry: false })?.isFile() === true ? 'file' : 'other';
    if (entry.isFIFO() || entry.isSocket() || entry.isBlockDevice() || entry.isCharacterDevice()) return 'other';
    // Some file systems do not say in a listing.
    const stats = lstatSync(location);
    return stats.isDirectory() ? 'folder' : stats.isFile() ? 'file' : 'other';
  } catch {
    return 'other';
  }
}

function isIgnored(location: string, isFolder: boolean, scope: Scope | undefined): boolean {
  for (let each = scope; each !== undefined; each = each.outer) {
    const verdict = verdictOf(each, location, isFolder);
    if (verdict !== undefined) return verdict === 'ignored';
  }
  return false;
}

function verdictOf({ folder, patterns }: Pick<Scope, 'folder' | 'patterns'>, location: string, isFolder: boolean) {
  const prefix = folder.endsWith('/') ? folder : `${folder}/`;
  return location.startsWith(prefix) ? patterns.verdict(location.slice(prefix.length), isFolder) : undefined;
}

/** What holds in a folder with these names: a repository within another begins anew. */
function scopeOf(folder: string, names: ReadonlySet<string>, outer: Scope | undefined): Scope | undefined {
  const own = names.has('.git') ? withPatterns(folder, excludeFile(folder), undefined) : outer;
  return names.has('.gitignore') ? withPatterns(folder, joined(folder, '.gitignore'), own) : own;
}

function withPatterns(folder: string, file: string | undefined, outer: Scope | undefined): Scope | undefined {
  if (file === undefined) return outer;
  try {
    // Git follows no link here either.
    const text = isLink(file) ? undefined : readIfThere(file);
    return text === undefined ? outer : { folder, patterns: readIgnorePatterns(ignoreLines(text)), outer };
  } catch {
    return outer;
  }
}

/** `.git/info/exclude`, which worktrees have in the folder of the main one; a submodule has its own. */
function excludeFile(folder: string): string | undefined {
  const git = joined(folder, '.git');
  try {
    if (diskTree.kind(git) === 'directory') return joined(git, 'info/exclude');
    const own = /^gitdir: (.+?)\r?\n?$/.exec(readIfThere(git) ?? '')?.[1];
    if (own === undefined) return undefined;
    const at = resolve(folder, own);
    const common = readIfThere(resolve(at, 'commondir'))?.trim();
    return slashed(resolve(at, common ?? '.', 'info/exclude'));
  } catch {
    return undefined;
  }
}

/** Of a pipe or device nothing. */
const readIfThere = (path: string): string | undefined => diskTree.read(path);

/** What the repository around a folder says of what is in it; nothing when it ignores the folder itself, which was asked for. */
function scopeAbove(root: string): Scope | undefined {
  const folders: { folder: string; names: ReadonlySet<string> }[] = [];
  for (let folder = root; ; folder = parentOf(folder)) {
    const names = namesOf(folder);
    folders.unshift({ folder, names });
    if (names.has('.git')) break;
    if (folder === parentOf(folder)) return undefined;
  }
  let scope: Scope | undefined;
  for (const { folder, names } of folders.slice(0, -1)) {
    if (scope !== undefined && isIgnored(folder, true, scope)) return undefined;
    scope = scopeOf(folder, names, scope);
  }
  return scope !== undefined && isIgnored(root, true, scope) ? undefined : scope;
}

/** Of the names that decide, those that are there: folders above may be large. */
const namesOf = (folder: string): ReadonlySet<string> =>
  new Set(['.git', '.gitignore'].filter((name) => existsSync(joined(folder, name))));

const parentOf = (path: string): string => slashed(dirname(path));

const joined = (folder: string, name: string): string => (folder.endsWith('/') ? folder + name : `${folder}/${name}`);
