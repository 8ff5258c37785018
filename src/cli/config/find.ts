/** Where configurations are: the nearest one upward from a file, to the root of the repository. */
import { basename, dirname, join } from 'node:path';
import type { ConfigFormat } from '../../config/document.ts';
import type { FileTree } from '../../context/index.ts';
import { BoundedMap } from '../bounded-map.ts';
import { diskTree } from '../disk-tree.ts';

export interface FoundConfig {
  /** Absolute. */
  readonly path: string;
  readonly kind: 'dflint' | 'manifest' | 'hadolint';
  readonly format: ConfigFormat;
  /** Names of others in the same folder, which are passed over. */
  readonly beside?: readonly string[];
}

const formats: ReadonlyMap<string, ConfigFormat> = new Map([
  ['dflint.config.json', 'json'],
  ['dflint.config.jsonc', 'json'],
  ['dflint.config.yaml', 'yaml'],
  ['dflint.config.yml', 'yaml'],
  ['dflint.config.toml', 'toml'],
]);
const hadolintNames = ['.hadolint.yaml', '.hadolint.yml'];

/** What a configuration that someone names is, by its name. */
export function namedConfig(path: string): FoundConfig {
  const name = basename(path);
  const format = /\.ya?ml$/.test(name) ? 'yaml' : name.endsWith('.toml') ? 'toml' : 'json';
  const kind = hadolintNames.includes(name) ? 'hadolint' : name === 'package.json' ? 'manifest' : 'dflint';
  return { path, kind, format };
}

/** What more hold is looked up anew. */
const mostFolders = 500;

/** Finds the nearest configuration; what folders hold is looked up once. */
export function openConfigSearch(tree: FileTree): (start: string) => FoundConfig | undefined {
  const known = new BoundedMap<string, FoundConfig | undefined>(mostFolders);
  const listings: Listings = new BoundedMap(mostFolders);
  return (start) => {
    if (!known.has(start)) known.set(start, nearestConfig(start, listings, tree));
    return known.get(start);
  };
}

/** A configuration of dflint goes before one of hadolint, however near that one is. */
function nearestConfig(start: string, listings: Listings, tree: FileTree): FoundConfig | undefined {
  let hadolint: FoundConfig | undefined;
  for (const { folder, names } of foldersUpward(start, listings)) {
    const found = configOfNames(folder, names, tree);
    if (found !== undefined) return found;
    const foreign = hadolintIn(folder, names);
    if (foreign !== undefined) hadolint ??= { path: foreign, kind: 'hadolint', format: 'yaml' };
  }
  return hadolint;
}

/** The configuration of hadolint in a folder or above it, to the root of the repository. */
export function nearestHadolintConfig(start: string): string | undefined {
  for (const { folder, names } of foldersUpward(start, new Map())) {
    const found = hadolintIn(folder, names);
    if (found !== undefined) return found;
  }
  return undefined;
}

function hadolintIn(folder: string, names: ReadonlySet<string>): string | undefined {
  const name = hadolintNames.find((each) => names.has(each));
  return name === undefined ? undefined : join(folder, name);
}

/** A folder and those above it, to the root of the repository, with what they hold. */
function* foldersUpward(
  start: string,
  listings: Listings,
): Iterable<{ readonly folder: string; readonly names: ReadonlySet<string> }> {
  for (let folder = start; ; folder = dirname(folder)) {
    const names = namesIn(folder, listings);
    yield { folder, names };
    if (names.has('.git') || folder === dirname(folder)) return;
  }
}

/** The configuration of dflint that stands in a folder. */
export const configIn = (folder: string, tree: FileTree): FoundConfig | undefined =>
  configOfNames(folder, namesIn(folder, new Map()), tree);

function configOfNames(folder: string, names: ReadonlySet<string>, tree: FileTree): FoundConfig | undefined {
  const [first, ...beside] = [...formats].filter(([name]) => names.has(name));
  if (first !== undefined) {
    const [name, format] = first;
    return { path: join(folder, name), kind: 'dflint', format, beside: beside.map(([other]) => other) };
  }
  if (!names.has('package.json')) return undefined;
  const path = join(folder, 'package.json');
  // Most manifests say nothing of dflint, and need not be parsed.
  return /"dflint"\s*:\s*\{/.test(tree.read(path) ?? '') ? { path, kind: 'manifest', format: 'json' } : undefined;
}

/** What folders hold; many Dockerfiles have the same ones above them. */
type Listings = Map<string, ReadonlySet<string>>;

function namesIn(folder: string, listings: Listings): ReadonlySet<string> {
  const known = listings.get(folder);
  if (known !== undefined) return known;
  const names = new Set(diskTree.entries(folder));
  listings.set(folder, names);
  return names;
}

/** The root of the repository that a folder is in; undefined outside of any. */
export function repositoryRoot(start: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    if (diskTree.kind(join(folder, '.git')) !== 'absent') return folder;
    if (folder === dirname(folder)) return undefined;
  }
}
