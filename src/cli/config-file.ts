/** Which configuration applies to a Dockerfile: the nearest one upward, to the root of the repository. */
import { dirname, join, relative, resolve } from 'node:path';
import type { ConfigFormat, ReadDocument } from '../config/document.ts';
import type { Config } from '../config/schema.ts';
import type { Rule } from '../rule.ts';
import { diskTree } from './disk-tree.ts';
import type { InputFile } from './read.ts';
import type { Surroundings } from './surroundings.ts';

export interface ConfigReader {
  /** What applies to a Dockerfile; an empty configuration where there is none. */
  configOf(input: InputFile): Promise<Config>;
  /** Mistakes of the files that were read, as they are shown: `dflint.config.json:3:5: …`. */
  readonly faults: readonly { readonly path: string; readonly message: string }[];
}

const formats: ReadonlyMap<string, ConfigFormat> = new Map([
  ['dflint.config.json', 'json'],
  ['dflint.config.yaml', 'yaml'],
  ['dflint.config.yml', 'yaml'],
  ['dflint.config.toml', 'toml'],
]);
const hadolintNames = ['.hadolint.yaml', '.hadolint.yml'];

interface FoundConfig {
  readonly path: string;
  readonly kind: 'dflint' | 'manifest' | 'hadolint';
  readonly format: ConfigFormat;
}

/** `named`: the file that --config names, false for --no-config, else the nearest one is looked for. */
export function openConfigs(
  named: string | false | undefined,
  rules: readonly Rule[],
  world: Pick<Surroundings, 'cwd' | 'err'>,
): ConfigReader {
  const faults: { path: string; message: string }[] = [];
  const places = new Map<string, FoundConfig | undefined>();
  const listings: Listings = new Map();
  const read = new Map<string, Config>();
  const shown = (path: string): string => relative(world.cwd, path) || path;

  const readConfig = async (found: FoundConfig): Promise<Config> => {
    const path = shown(found.path);
    const fail = (message: string): Config => {
      faults.push({ path, message });
      return {};
    };
    const text = diskTree.read(found.path);
    if (text === undefined) return fail('cannot be read');
    const document = (await documentReader(found.format))(text);
    if ('message' in document) return fail(`${document.line}:${document.column}: ${document.message}`);
    if (found.kind === 'hadolint') {
      const { fromHadolint } = await import('../config/hadolint-config.ts');
      const migrated = fromHadolint(document.value, rules);
      if (migrated === undefined)
        world.err(`dflint: ${path}: hadolint would not take this configuration, nor does dflint\n`);
      else world.err(`dflint: ${path} is honoured, as there is no configuration of dflint; see dflint migrate\n`);
      return migrated?.config ?? {};
    }
    const { validateConfig } = await import('../config/validate.ts');
    const inside = found.kind === 'manifest' ? ['dflint'] : [];
    const own: unknown = inside.length === 0 ? document.value : Reflect.get(Object(document.value), 'dflint');
    const valid = validateConfig({ value: own, place: (at) => document.place([...inside, ...at]) }, rules);
    for (const { line, column, message } of valid.faults) fail(`${line}:${column}: ${message}`);
    return valid.config;
  };

  return {
    faults,
    async configOf({ location }) {
      if (named === false) return {};
      const start = location === undefined ? world.cwd : dirname(location);
      const found = named === undefined ? nearestConfig(start, places, listings) : asked(resolve(world.cwd, named));
      if (found === undefined) return {};
      const known = read.get(found.path) ?? (await readConfig(found));
      read.set(found.path, known);
      return known;
    },
  };
}

function asked(path: string): FoundConfig {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const format = formats.get(name) ?? (/\.ya?ml$/.test(name) ? 'yaml' : name.endsWith('.toml') ? 'toml' : 'json');
  const kind = hadolintNames.includes(name) ? 'hadolint' : name === 'package.json' ? 'manifest' : 'dflint';
  return { path, kind, format };
}

/** A configuration of dflint goes before one of hadolint, however near that one is. */
function nearestConfig(
  start: string,
  known: Map<string, FoundConfig | undefined>,
  listings: Listings,
): FoundConfig | undefined {
  const before = known.get(start);
  if (before !== undefined || known.has(start)) return before;
  let hadolint: FoundConfig | undefined;
  let found: FoundConfig | undefined;
  for (let folder = start; found === undefined; folder = dirname(folder)) {
    const names = namesIn(folder, listings);
    found = ownConfig(folder, names);
    const foreign = hadolintNames.find((name) => names.has(name));
    if (foreign !== undefined) hadolint ??= { path: join(folder, foreign), kind: 'hadolint', format: 'yaml' };
    if (names.has('.git') || folder === dirname(folder)) break;
  }
  known.set(start, found ?? hadolint);
  return found ?? hadolint;
}

/** The configuration of hadolint in a folder or above it, to the root of the repository. */
export function nearestHadolintConfig(start: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    const names = namesIn(folder, new Map());
    const found = hadolintNames.find((name) => names.has(name));
    if (found !== undefined) return join(folder, found);
    if (names.has('.git') || folder === dirname(folder)) return undefined;
  }
}

function ownConfig(folder: string, names: ReadonlySet<string>): FoundConfig | undefined {
  for (const [name, format] of formats)
    if (names.has(name)) return { path: join(folder, name), kind: 'dflint', format };
  if (!names.has('package.json')) return undefined;
  const path = join(folder, 'package.json');
  // Most manifests say nothing of dflint, and need not be parsed.
  return /"dflint"\s*:\s*\{/.test(diskTree.read(path) ?? '') ? { path, kind: 'manifest', format: 'json' } : undefined;
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

/** Loaded when a file of the format is there. */
async function documentReader(format: ConfigFormat): Promise<ReadDocument> {
  switch (format) {
    case 'json':
      return (await import('../config/read-json.ts')).readJsonConfig;
    case 'yaml':
      return (await import('../config/read-yaml.ts')).readYamlConfig;
    case 'toml':
      return (await import('../config/read-toml.ts')).readTomlConfig;
  }
}
