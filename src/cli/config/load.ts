/** A configuration with all that it extends, judged and put into layers. */
import { dirname, relative, resolve } from 'node:path';
import type { ConfigPath } from '../../config/document.ts';
import { type AppliedConfig, applyLayers, type ConfigOrigin, type Layer, type Sourced } from '../../config/layers.ts';
import { layersOf } from '../../config/layers-of.ts';
import { namedModules } from '../../config/rule-modules.ts';
import type { CommonConfig, Config } from '../../config/schema.ts';
import type { FileTree } from '../../context/index.ts';
import type { Rule } from '../../rule.ts';
import { slashed } from '../discovery/slashed.ts';
import { diskTree } from '../disk-tree.ts';
import { type ConfigSource, placed, readChain, type TellFault } from './chain.ts';
import type { FoundConfig } from './find.ts';
import type { Plugins } from './plugins.ts';

/** What a folder that is searched leaves out. */
export interface Excluded {
  /** Absolute folder that the patterns are relative to, with `/`. */
  readonly folder: string;
  /** As in .gitignore. */
  readonly patterns: readonly string[];
}

export interface LoadedConfig {
  /** Absolute; absent where there is no configuration. */
  readonly path?: string;
  /** Absolute paths of the files that were read, those that are extended first. */
  readonly files: readonly string[];
  /** In the order in which they apply. */
  readonly layers: readonly Layer[];
  readonly excluded: readonly (Excluded & { readonly from: ConfigOrigin })[];
  /** Absolute path of the file of known findings. */
  readonly baseline?: Sourced<string>;
  /** What the user should know of it, a line each. */
  readonly notices: readonly string[];
  /** Those that its modules bring, beside dflint's own. */
  readonly pluginRules: readonly Rule[];
  /** Whether something in these files could not be understood, so that they do not say all that was meant. */
  readonly isFaulty: boolean;
}

export interface LoadWorld {
  readonly rules: readonly Rule[];
  /** A path as it is shown. */
  readonly shown: (path: string) => string;
  readonly tell: TellFault;
  /** False: the modules that it names are passed over. */
  readonly plugins: boolean;
  readonly tree: FileTree;
  /** Whether a file may be extended; absolute path. */
  readonly mayExtend: (path: string) => boolean;
  /** Whether modules that this configuration names may run; absolute path. */
  readonly mayRunPlugins: (path: string) => boolean;
}

export async function loadConfig(found: FoundConfig, outside: LoadWorld): Promise<LoadedConfig> {
  let isFaulty = false;
  const world: LoadWorld = {
    ...outside,
    tell(path, message) {
      isFaulty = true;
      outside.tell(path, message);
    },
  };
  const links = await readChain(found, world);
  const sources = links.flatMap((link) => ('source' in link ? [link.source] : []));
  const plugins =
    world.plugins && sources.some(namesPlugins)
      ? await (await import('./plugins.ts')).loadPlugins(sources.filter(namesPlugins), world)
      : { rules: [], modules: new Map<string, readonly string[]>(), complete: !sources.some(namesPlugins) };
  const rules = [...world.rules, ...plugins.rules];
  const layers: Layer[] = [];
  const notices: string[] = (found.beside ?? []).map(
    (name) => `${outside.shown(found.path)} is the configuration; ${name} beside it is passed over`,
  );
  const excluded: LoadedConfig['excluded'][number][] = [];
  let baseline: Sourced<string> | undefined;
  for (const link of links) {
    if ('preset' in link) {
      const { preset, by, at } = link;
      layers.push({ says: {}, presets: { names: [preset], adds: true, at }, origin: originIn(by, world) });
      continue;
    }
    const { source } = link;
    const { config, place } = await judged(source, rules, plugins, world, notices);
    const origin = originIn({ ...source, document: { ...source.document, place } }, world);
    layers.push(
      ...layersOf(config, {
        origin,
        within: (path) => relative(source.base, path).replaceAll('\\', '/'),
        says: (says, at) => withContext(says, at, source, world),
      }),
    );
    if (config.exclude !== undefined)
      excluded.push({ folder: slashed(source.base), patterns: config.exclude, from: origin(['exclude']) });
    if (config.baseline !== undefined)
      baseline = { value: resolve(dirname(source.found.path), config.baseline), from: origin(['baseline']) };
  }
  return {
    path: found.path,
    isFaulty,
    files: sources.map((source) => source.found.path),
    layers,
    excluded,
    notices,
    ...(baseline === undefined ? {} : { baseline }),
    pluginRules: plugins.rules,
  };
}

/** What it says of a file; of text without a place only what holds for all. */
export function applyTo(
  location: string | undefined,
  { layers, pluginRules }: LoadedConfig,
  rules: readonly Rule[],
): AppliedConfig {
  const own = layers.filter(({ files }) => files === undefined || (location !== undefined && files.take(location)));
  return applyLayers(own, [...rules, ...pluginRules]);
}

const namesPlugins = ({ found, document }: ConfigSource): boolean =>
  found.kind !== 'hadolint' && [...namedModules(document.value)].length > 0;

const originIn =
  ({ found, document }: Pick<ConfigSource, 'found' | 'document'>, { shown }: LoadWorld) =>
  (at: ConfigPath): ConfigOrigin => ({ path: shown(found.path), ...document.place(at) });

/** What is right of it; what is wrong is told. */
async function judged(
  source: ConfigSource,
  rules: readonly Rule[],
  plugins: Plugins,
  world: LoadWorld,
  notices: string[],
) {
  const { found, document } = source;
  if (found.kind === 'hadolint') {
    const { fromHadolint } = await import('../../config/hadolint-config.ts');
    const migrated = fromHadolint(document.value, rules);
    const path = world.shown(found.path);
    notices.push(
      migrated === undefined
        ? `${path}: hadolint would not take this configuration, nor does dflint`
        : `${path} is honoured, as there is no configuration of dflint; see dflint migrate`,
    );
    const config: Config = migrated?.config ?? {};
    return { config, place: document.place };
  }
  const { validateConfig } = await import('../../config/validate.ts');
  const modules = new Map(
    [...namedModules(document.value)].map(({ name }) => [
      name,
      plugins.modules.get(resolve(dirname(source.found.path), name)) ?? [],
    ]),
  );
  const valid = validateConfig(document, { rules, knowsAll: plugins.complete, modules });
  for (const { line, column, message } of valid.faults) world.tell(found.path, `${line}:${column}: ${message}`);
  return valid;
}

/** The context as an absolute path; without it when there is no such folder, which is told. */
function withContext(
  { context, ...says }: CommonConfig,
  at: ConfigPath,
  { found, document }: ConfigSource,
  world: LoadWorld,
): CommonConfig {
  if (context === undefined) return says;
  const fault = (message: string): CommonConfig => {
    world.tell(found.path, placed(document, [...at, 'context'], message));
    return says;
  };
  if (/^[a-z+]+:\/\/|^git@/i.test(context)) return fault(`context ${context}: only folders can be read`);
  const path = resolve(dirname(found.path), context);
  switch (diskTree.kind(path)) {
    case 'directory':
      return { ...says, context: path };
    case 'absent':
      return fault(`context ${context}: no such folder`);
    case 'file':
      return fault(`context ${context}: is not a folder`);
    case 'unknown':
      return fault(`context ${context}: cannot be read`);
  }
}
