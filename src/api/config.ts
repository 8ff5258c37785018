/** Configurations as text or data: what is wrong with them, and what they say of a Dockerfile. */
import { presetNames } from '../config/choices.ts';
import { selectionOf } from '../config/combine.ts';
import type { ConfigDocument, ConfigFormat, ConfigPath, ConfigPlace, ReadDocument } from '../config/document.ts';
import { type AppliedConfig, applyLayers, type Layer } from '../config/layers.ts';
import { layersOf } from '../config/layers-of.ts';
import { readJsonConfig } from '../config/read-json.ts';
import { readTomlConfig } from '../config/read-toml.ts';
import { readYamlConfig } from '../config/read-yaml.ts';
import { validateConfig } from '../config/validate.ts';
import type { Selection } from '../engine/selection.ts';
import { type Confidence, fullRule, type PluginRule, type Rule, type Severity } from '../rule.ts';
import { allRules } from './examples.ts';

/** A mistake in a configuration, at its place. */
export interface ConfigFault extends ConfigPlace {
  readonly message: string;
}

export interface ConfigOptions {
  /** Default: that of the end of `path`, else json. */
  readonly format?: ConfigFormat;
  /** Where it stands, from the root of the project: its globs and paths are relative to its folder. */
  readonly path?: string;
  /** Rules beside dflint's own, that it may name. */
  readonly plugins?: readonly PluginRule[];
}

/** What a configuration, and whoever runs dflint, say of one Dockerfile. */
export interface FileSettings {
  readonly selection: Selection;
  readonly minConfidence: Confidence;
  readonly failOn: Severity | 'never';
  readonly ignoreComments: boolean;
  readonly targets: readonly string[];
  readonly buildArguments: ReadonlyMap<string, string>;
  /** Folder of the build context, from the root of the project. */
  readonly context?: string;
}

export interface Config {
  readonly faults: readonly ConfigFault[];
  /** Files and packages that it extends, which are not read here: read them, and give them with it to `combineConfigs`. */
  readonly extended: readonly string[];
  /** `path`: of a Dockerfile, from the root of the project. */
  settingsOf(path: string): FileSettings;
}

/** What each says, in the order in which it applies. */
const layersIn = new WeakMap<Config, readonly Layer[]>();

/** `given`: its text, or its value. Never throws: what is wrong is told, and the rest holds. */
export function readConfig(given: string | object, options: ConfigOptions = {}): Config {
  const { path = '', plugins = [] } = options;
  const rules = [...allRules, ...plugins.map(fullRule)];
  const document = documentOf(given, options);
  if ('message' in document) return configOf([], rules, [document], []);
  const { config, faults, place } = validateConfig(document, { rules });
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const origin = (at: ConfigPath) => ({ path, ...place(at) });
  const names = typeof config.extends === 'string' ? [config.extends] : (config.extends ?? []);
  const presets = presetNames.filter((each) => names.includes(each));
  const layers: readonly Layer[] = [
    ...presets.map(
      (preset): Layer => ({ says: {}, presets: { names: [preset], adds: true, at: ['extends'] }, origin }),
    ),
    ...layersOf(config, {
      origin,
      within: (dockerfile) => (dockerfile.startsWith(folder) ? dockerfile.slice(folder.length) : `../${dockerfile}`),
      says: ({ context, ...says }) => (context === undefined ? says : { ...says, context: `${folder}${context}` }),
    }),
  ];
  const extended = names.filter((name) => !presetNames.some((preset) => preset === name));
  return configOf(layers, rules, faults, extended);
}

/** Later ones go before earlier ones: what is extended comes first. */
export function combineConfigs(configs: readonly Config[], plugins: readonly PluginRule[] = []): Config {
  const layers = configs.flatMap((config) => layersIn.get(config) ?? []);
  const faults = configs.flatMap((config) => config.faults);
  return configOf(layers, [...allRules, ...plugins.map(fullRule)], faults, []);
}

function configOf(
  layers: readonly Layer[],
  rules: readonly Rule[],
  faults: readonly ConfigFault[],
  extended: readonly string[],
): Config {
  const config: Config = {
    faults,
    extended,
    settingsOf: (path) => {
      const own = layers.filter(({ files }) => files === undefined || files.take(path));
      return settingsOf(applyLayers(own, rules), rules);
    },
  };
  layersIn.set(config, layers);
  return config;
}

/** Where there is no configuration. */
export const defaultSettings = (): FileSettings => settingsOf({ rules: new Map(), buildArgs: new Map() }, []);

function settingsOf(applied: AppliedConfig, rules: readonly Rule[]): FileSettings {
  const context = applied.context?.value;
  const known = [...applied.buildArgs].flatMap(([name, { value }]) =>
    // Null is the value of the environment, of which nothing is known here.
    value === null ? [] : [[name, String(value)] as const],
  );
  return {
    selection: selectionOf(applied, { presets: [], settings: new Map() }, rules),
    minConfidence: applied.minConfidence?.value ?? 'likely',
    failOn: applied.failOn?.value ?? 'warning',
    ignoreComments: applied.ignoreComments?.value ?? true,
    targets: applied.targets?.value ?? [],
    buildArguments: new Map(known),
    ...(context === undefined ? {} : { context }),
  };
}

const readers: Readonly<Record<ConfigFormat, ReadDocument>> = {
  json: readJsonConfig,
  yaml: readYamlConfig,
  toml: readTomlConfig,
};

function documentOf(given: string | object, { format, path = '' }: ConfigOptions): ReturnType<ReadDocument> {
  if (typeof given !== 'string') return plainDocument(given);
  const told = /\.ya?ml$/.test(path) ? 'yaml' : path.endsWith('.toml') ? 'toml' : 'json';
  const read = readers[format ?? told](given.replace(/^\ufeff/, ''));
  if ('message' in read || !/(?:^|\/)package\.json$/.test(path)) return read;
  const value: unknown = Reflect.get(Object(read.value), 'dflint');
  return { value: value ?? {}, place: (at) => read.place(['dflint', ...at]) };
}

const plainDocument = (value: object): ConfigDocument => ({ value, place: () => ({ line: 1, column: 1 }) });
