/** Settings of npm's configuration as its successors read it, too: environment, `config set`, .npmrc. */

/** What surrounds a call of a package manager. */
export interface Situation {
  /** A variable's text; null where it is not set, undefined where it is not known. */
  environment(name: string): string | null | undefined;
  /** Settings made with `config set`, keys in lower case; undefined values are not known. */
  readonly settings: ReadonlyMap<string, string | undefined>;
  /** Texts of the .npmrc files in effect, nearest first. */
  readonly config: readonly string[];
  /** Text of the manager's own settings, where they are seen: .yarnrc of yarn 1, bunfig.toml. */
  readonly own?: string;
  /** Version of the manager: `9.1.0`, `9`, `>=2`; undefined when not known. */
  readonly version: string | undefined;
}

/** Values of a setting in one place; null where the place does not set it, undefined where that is not known. */
export type Values = readonly string[] | null | undefined;

/**
 * The values of a setting from the place that wins: environment, then `config set`, then the nearest
 * file. npm takes any case of `npm_config_`; people write it in either. An empty variable sets nothing.
 */
export function npmSetting(name: string, situation: Situation): Values {
  const inEnvironment = environmentSetting(name, situation);
  if (inEnvironment !== null) return inEnvironment;
  return configuredSetting(name, situation);
}

/** A base image that is not known could set the variable; images do not, other than NODE_ENV, so that it counts as not set. */
function environmentSetting(name: string, situation: Situation): readonly string[] | null {
  const variable = `npm_config_${name.replaceAll('-', '_')}`;
  for (const spelled of [variable, variable.toUpperCase()]) {
    const text = situation.environment(spelled) ?? '';
    // npm separates the values of a list by empty lines: https://docs.npmjs.com/cli/using-npm/config
    if (text !== '') return text.split('\n\n');
  }
  return null;
}

/** By `config set` or a file. */
export function configuredSetting(name: string, situation: Situation): Values {
  if (situation.settings.has(name)) {
    const made = situation.settings.get(name);
    return made === undefined ? undefined : [made];
  }
  for (const file of situation.config) {
    const values = settingInFile(name, file);
    if (values !== null) return values;
  }
  return null;
}

/** Values of `name = value` and `name[] = value` lines of an .npmrc; not known where a variable is in them. */
function settingInFile(name: string, file: string): Values {
  const values: string[] = [];
  for (const line of file.split('\n')) {
    const equals = line.indexOf('=');
    const key = (equals === -1 ? line : line.slice(0, equals)).trim();
    if (key !== name && key !== `${name}[]`) continue;
    const written = equals === -1 ? 'true' : line.slice(equals + 1).trim();
    if (written.includes('${')) return undefined;
    const value = /^(["']).*\1$/.test(written) ? written.slice(1, -1) : (written.split(/[;#]/, 1)[0] ?? '').trim();
    if (key === name) values.length = 0;
    values.push(value);
  }
  return values.length === 0 ? null : values;
}

/** The one value of a setting that is no list. */
export const last = (values: Values): string | null | undefined => (values == null ? values : (values.at(-1) ?? null));
