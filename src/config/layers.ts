/** Configurations put on top of each other: what applies to one file, and where each part of it is said. */
import type { Setting } from '../engine/selection.ts';
import type { Preset, Rule } from '../rule.ts';
import type { ConfigPath, ConfigPlace } from './document.ts';
import type { Globs } from './glob.ts';
import type { CommonConfig } from './schema.ts';

/** Where something is said. */
export interface ConfigOrigin extends ConfigPlace {
  /** As it is shown. */
  readonly path: string;
}

export interface Sourced<Value> {
  readonly value: Value;
  readonly from: ConfigOrigin;
}

/** What one file says of all files, or of those of an override. */
export interface Layer {
  /** Rules by their resolved names, paths absolute. */
  readonly says: Omit<CommonConfig, 'presets'>;
  /** Those that it names, and those that it extends; `adds`: beside the ones of the layers below. */
  readonly presets?: { readonly names: readonly Preset[]; readonly adds: boolean; readonly at: ConfigPath };
  /** Absent: it is about all files. */
  readonly files?: Globs;
  /** Where a part of `says` stands. */
  origin(path: ConfigPath): ConfigOrigin;
}

type Argument = NonNullable<CommonConfig['buildArgs']>[string];

export interface RuleSaying {
  readonly setting: Sourced<Setting>;
  readonly options?: Sourced<Readonly<Record<string, unknown>>>;
}

/** What applies to one file. */
export interface AppliedConfig {
  readonly presets?: Sourced<readonly Preset[]>;
  /** By resolved name. */
  readonly rules: ReadonlyMap<string, RuleSaying>;
  readonly failOn?: Sourced<NonNullable<CommonConfig['failOn']>>;
  readonly minConfidence?: Sourced<NonNullable<CommonConfig['minConfidence']>>;
  readonly ignoreComments?: Sourced<boolean>;
  readonly requireReason?: Sourced<boolean>;
  readonly shellcheck?: Sourced<NonNullable<CommonConfig['shellcheck']>>;
  readonly targets?: Sourced<readonly string[]>;
  /** Absolute. */
  readonly context?: Sourced<string>;
  readonly buildArgs: ReadonlyMap<string, Sourced<Argument>>;
}

type Replaces = Pick<Rule, 'id' | 'replaces'>;

/** Later layers go before earlier ones. `rules`: all that there are. */
export function applyLayers(layers: readonly Layer[], rules: readonly Replaces[]): AppliedConfig {
  const sayings = new Map<string, RuleSaying>();
  const buildArgs = new Map<string, Sourced<Argument>>();
  let applied: Omit<AppliedConfig, 'rules' | 'buildArgs'> = {};
  for (const { says, presets, origin } of layers) {
    const one = <Value>(value: Value | undefined, ...at: ConfigPath): Sourced<Value> | undefined =>
      value === undefined ? undefined : { value, from: origin(at) };
    const { targets } = says;
    const next = {
      failOn: one(says.failOn, 'failOn'),
      minConfidence: one(says.minConfidence, 'minConfidence'),
      ignoreComments: one(says.ignoreComments, 'ignoreComments'),
      requireReason: one(says.requireReason, 'requireReason'),
      shellcheck: one(says.shellcheck, 'shellcheck'),
      targets: one(typeof targets === 'string' ? [targets] : targets, 'targets'),
      context: one(says.context, 'context'),
      presets: presets && {
        value: presets.adds ? [...new Set([...(applied.presets?.value ?? []), ...presets.names])] : presets.names,
        from: origin(presets.at),
      },
    };
    applied = { ...applied, ...defined(next) };
    addRules(says.rules ?? {}, sayings, rules, (...at) => origin(at));
    for (const [name, value] of Object.entries(says.buildArgs ?? {}))
      buildArgs.set(name, { value, from: origin(['buildArgs', name]) });
  }
  return { ...applied, rules: sayings, buildArgs };
}

/** A setting alone leaves the options that a layer below gave. */
function addRules(
  given: NonNullable<CommonConfig['rules']>,
  sayings: Map<string, RuleSaying>,
  rules: readonly Replaces[],
  origin: (...at: ConfigPath) => ConfigOrigin,
): void {
  for (const [name, said] of Object.entries(given)) {
    // What is said of a rule goes before what was said of its codes further down.
    for (const code of rules.find(({ id }) => id === name)?.replaces ?? [])
      if (given[code] === undefined) sayings.delete(code);
    const from = origin('rules', name);
    const [setting, options] = typeof said === 'string' ? [said] : said;
    const before = sayings.get(name)?.options;
    sayings.set(name, {
      setting: { value: setting, from },
      ...(options === undefined
        ? before === undefined
          ? {}
          : { options: before }
        : { options: { value: options, from } }),
    });
  }
}

function defined<Values extends object>(values: Values): { [Key in keyof Values]?: NonNullable<Values[Key]> } {
  const found: { [Key in keyof Values]?: NonNullable<Values[Key]> } = {};
  for (const key in values) {
    const value = values[key];
    if (value !== undefined && value !== null) found[key] = value;
  }
  return found;
}
