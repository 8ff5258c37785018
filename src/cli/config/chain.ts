/** A configuration and those that it extends, as documents, in the order in which they apply. */
import { dirname, join, resolve } from 'node:path';
import { presetNames } from '../../config/choices.ts';
import type { ConfigDocument, ConfigFormat, ConfigPath, ReadDocument } from '../../config/document.ts';
import type { FileTree } from '../../context/index.ts';
import type { Preset } from '../../rule.ts';
import { didYouMean, nearest } from '../../syntax/index.ts';
import { diskTree, whyUnread } from '../disk-tree.ts';
import { configIn, type FoundConfig, namedConfig } from './find.ts';

/** A configuration that is read and not yet judged. */
export interface ConfigSource {
  readonly found: FoundConfig;
  /** The value and places of the configuration itself, inside package.json, too. */
  readonly document: ConfigDocument;
  /** Absolute folder that its globs and `exclude` are relative to; that of a package's is the one of who extends it. */
  readonly base: string;
}

export type ChainLink =
  | { readonly source: ConfigSource }
  /** A preset that a configuration extends. */
  | { readonly preset: Preset; readonly by: ConfigSource; readonly at: ConfigPath };

/** `path`: absolute. */
export type TellFault = (path: string, message: string) => void;

export interface ChainWorld {
  readonly tell: TellFault;
  readonly tree: FileTree;
  /** Whether a file may be extended; absolute path. */
  readonly mayExtend: (path: string) => boolean;
}

/** The configuration is the last link. What cannot be read is told and left out. */
export async function readChain(found: FoundConfig, world: ChainWorld): Promise<readonly ChainLink[]> {
  return readLinks(found, dirname(found.path), [], { ...world, budget: { left: mostConfigs } });
}

/** Configurations that one may extend in all; each may name others more than once. */
const mostConfigs = 100;

interface OpenChain extends ChainWorld {
  readonly budget: { left: number };
}

async function readLinks(
  found: FoundConfig,
  base: string,
  above: readonly string[],
  world: OpenChain,
): Promise<readonly ChainLink[]> {
  const { tell, budget } = world;
  const document = await readSource(found, world);
  if (document === undefined) return [];
  const source: ConfigSource = { found, document, base };
  const links: ChainLink[] = [];
  for (const { name, at } of extended(document.value)) {
    const fault = (message: string): void => tell(found.path, placed(document, at, message));
    const preset = presetNames.find((each) => each === name);
    if (preset !== undefined) {
      links.push({ preset, by: source, at });
      continue;
    }
    const next = extendedConfig(name, found.path, world.tree);
    if (next === undefined) {
      fault(notFound(name));
      continue;
    }
    if (!next.isPackage && !world.mayExtend(next.found.path)) {
      fault(`extends ${name}: stands outside of the repository; give --config to use a configuration that extends it`);
      continue;
    }
    const chain = [...above, found.path];
    if (chain.includes(next.found.path)) {
      const circle = [...chain.slice(chain.indexOf(next.found.path)), next.found.path];
      fault(`extends leads back to itself: ${circle.map((path) => shortened(path, circle)).join(' → ')}`);
      continue;
    }
    budget.left -= 1;
    if (budget.left < 0) {
      if (budget.left === -1) fault(`extends more than ${mostConfigs} configurations in all; the rest is left out`);
      continue;
    }
    links.push(...(await readLinks(next.found, next.isPackage ? base : dirname(next.found.path), chain, world)));
  }
  return [...links, { source }];
}

/** `3:5: …` */
export const placed = (document: ConfigDocument, at: ConfigPath, message: string): string => {
  const { line, column } = document.place(at);
  return `${line}:${column}: ${message}`;
};

/** Without the folders that all of them are in. */
function shortened(path: string, all: readonly string[]): string {
  let folder = dirname(path);
  while (!all.every((each) => each.startsWith(join(folder, '/')))) folder = dirname(folder);
  return path.slice(join(folder, '/').length);
}

/** Texts only; anything else is told when the configuration is judged. */
function* extended(value: unknown): Iterable<{ readonly name: string; readonly at: ConfigPath }> {
  const given: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'extends') : undefined;
  if (typeof given === 'string' && given !== '') yield { name: given, at: ['extends'] };
  if (!Array.isArray(given)) return;
  for (const [at, name] of given.entries())
    if (typeof name === 'string' && name !== '') yield { name, at: ['extends', at] };
}

interface Extended {
  readonly found: FoundConfig;
  readonly isPackage: boolean;
}

/** Undefined when there is no such file or package. */
function extendedConfig(name: string, by: string, tree: FileTree): Extended | undefined {
  const path = resolve(dirname(by), name);
  const kind = diskTree.kind(path);
  if (kind === 'file') return { found: namedConfig(path), isPackage: false };
  if (isPath(name)) {
    const inside = kind === 'directory' ? configIn(path, tree) : undefined;
    return inside && { found: inside, isPackage: false };
  }
  const found = packagedConfig(name, dirname(by), tree);
  return found && { found, isPackage: true };
}

const isPath = (name: string): boolean => /^(?:\.{0,2}[/\\]|\.{1,2}$|[a-z]:[/\\])/i.test(name);

/** `@acme/dflint-config` or `@acme/dflint-config/strict.yaml`, from the nearest node_modules that has it. */
function packagedConfig(name: string, start: string, tree: FileTree): FoundConfig | undefined {
  const [, own, , file] = /^((?:@[^/@]+\/)?[^/@:]+)(\/(.+))?$/.exec(name) ?? [];
  if (own === undefined) return undefined;
  for (let folder = start; ; folder = dirname(folder)) {
    const home = join(folder, 'node_modules', own);
    if (diskTree.kind(home) === 'directory') {
      if (file === undefined) return configIn(home, tree);
      return diskTree.kind(join(home, file)) === 'file' ? namedConfig(join(home, file)) : undefined;
    }
    if (folder === dirname(folder)) return undefined;
  }
}

function notFound(name: string): string {
  if (/^[a-z+]+:\/\//i.test(name)) return `extends ${name}: dflint fetches nothing; name a file or a package`;
  const what = isPath(name) || /\.(?:jsonc?|ya?ml|toml)$/.test(name) ? 'file' : 'preset, file or package';
  return `extends ${name}: there is no such ${what}${what === 'file' ? '' : didYouMean(nearest(name, presetNames))}`;
}

/** Undefined when it cannot be read, which is told. */
async function readSource(found: FoundConfig, { tell, tree }: ChainWorld): Promise<ConfigDocument | undefined> {
  const text = tree.read(found.path);
  if (text === undefined) {
    tell(found.path, whyUnread(found.path));
    return undefined;
  }
  const document = (await documentReader(found.format))(text.replace(/^\ufeff/, ''));
  if ('message' in document) {
    tell(found.path, `${document.line}:${document.column}: ${document.message}`);
    return undefined;
  }
  if (found.kind !== 'manifest') return document;
  const value: unknown = Reflect.get(Object(document.value), 'dflint');
  return { value: value ?? {}, place: (at) => document.place(['dflint', ...at]) };
}

/** Loaded when a file of the format is there. */
async function documentReader(format: ConfigFormat): Promise<ReadDocument> {
  switch (format) {
    case 'json':
      return (await import('../../config/read-json.ts')).readJsonConfig;
    case 'yaml':
      return (await import('../../config/read-yaml.ts')).readYamlConfig;
    case 'toml':
      return (await import('../../config/read-toml.ts')).readTomlConfig;
  }
}
