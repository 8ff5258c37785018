/** Holds a configuration against its schema, the rules' names and their options; every mistake is told. */
import * as z from 'zod/mini';
import { ruleNames } from '../engine/rule-names.ts';
import type { OptionIssue, OptionsSchema, Rule } from '../rule.ts';
import { didYouMean, nearest } from '../syntax/index.ts';
import { presetNames, settingNames } from './choices.ts';
import type { ConfigDocument, ConfigPath, ConfigPlace } from './document.ts';
import { isModuleName } from './rule-modules.ts';
import { type Config, configKeys, configSchema, overrideKeys } from './schema.ts';

export interface ConfigFault extends ConfigPlace {
  readonly message: string;
}

export interface ValidConfig {
  /** What is right of it; rules by their resolved names. */
  readonly config: Config;
  readonly faults: readonly ConfigFault[];
  /** Where a part of `config` stands. */
  place(path: ConfigPath): ConfigPlace;
}

type Tell = (path: ConfigPath, message: string) => void;

export interface KnownRules {
  readonly rules: readonly Rule[];
  /** False where rules may be missing, so that names that nothing has are no mistake. Default: true. */
  readonly knowsAll?: boolean;
  /** The ids of the rules that a module brings, by the name that it has in the configuration. */
  readonly modules?: ReadonlyMap<string, readonly string[]>;
}

export function validateConfig(document: ConfigDocument, known: KnownRules): ValidConfig {
  const faults: ConfigFault[] = [];
  const tell: Tell = (path, message) => {
    faults.push({ ...document.place(path), message });
  };
  const read = configSchema.safeParse(document.value);
  for (const issue of read.error?.issues ?? [])
    for (const [path, message] of sayings(issue, document.value)) tell(path, message);
  const config: Config = read.success
    ? read.data
    : z.catch(configSchema, {}).parse(withoutFaulty(document.value, read.error.issues));
  const written = new Map<string, string>();
  const named = (given: Config['rules'], at: ConfigPath): Pick<Config, 'rules'> =>
    given === undefined ? {} : { rules: namedRules(given, { at, known, tell, written }) };
  const { overrides } = config;
  return {
    config: {
      ...config,
      ...named(config.rules, ['rules']),
      ...(overrides === undefined
        ? {}
        : { overrides: overrides.map((each, at) => ({ ...each, ...named(each.rules, ['overrides', at, 'rules']) })) }),
    },
    faults: faults.sort((one, other) => one.line - other.line || one.column - other.column),
    place: (path) => document.place(path.map((part, at) => written.get(keyOf(path.slice(0, at + 1))) ?? part)),
  };
}

const keyOf = (path: ConfigPath): string => JSON.stringify(path);

interface NamedIn {
  readonly at: ConfigPath;
  readonly known: KnownRules;
  readonly tell: Tell;
  /** How names are written, by the path that they have when they are resolved. */
  readonly written: Map<string, string>;
}

/** The rules by their resolved names, those that nothing has left out. */
function namedRules(
  given: NonNullable<Config['rules']>,
  { at, known: { rules, knowsAll = true, modules }, tell, written }: NamedIn,
): NonNullable<Config['rules']> {
  const names = ruleNames(rules);
  const found: NonNullable<Config['rules']> = {};
  // What is said of all rules of a module goes before what is said of one.
  const byReach = Object.entries(given).sort(
    ([one], [other]) => Number(isModuleName(other)) - Number(isModuleName(one)),
  );
  for (const [name, said] of byReach) {
    const path = [...at, name];
    if (isModuleName(name)) {
      if (Array.isArray(said))
        tell(path, `${name} is a module of rules, which has no options; write its setting alone`);
      for (const id of modules?.get(name) ?? []) {
        found[id] = Array.isArray(said) ? said[0] : said;
        written.set(keyOf([...at, id]), name);
      }
      continue;
    }
    const known = names.resolve(name);
    if (known === undefined) {
      if (knowsAll) tell(path, `there is no rule ${name}${didYouMean(names.nearest(name))}`);
      continue;
    }
    found[known] = said;
    written.set(keyOf([...at, known]), name);
    if (!Array.isArray(said)) continue;
    const schema = rules.find(({ id }) => id === known)?.options;
    if (schema === undefined) tell(path, `${name} has no options; write its setting alone`);
    else if (!optionsFit(schema, said[1], path, tell)) found[known] = said[0];
  }
  return found;
}

function optionsFit(schema: OptionsSchema, options: unknown, path: ConfigPath, tell: Tell): boolean {
  const read = schema.safeParse(options);
  for (const issue of read.success ? [] : read.error.issues)
    for (const [inner, message] of sayings(issue, options)) tell([...path, 1, ...inner], message);
  return read.success;
}

/** What is wrong in words, and where. */
function* sayings(issue: OptionIssue, root: unknown): Iterable<readonly [ConfigPath, string]> {
  const path = issue.path.filter((part): part is string | number => typeof part !== 'symbol');
  const name = path.length === 0 ? 'the configuration' : path.join('.');
  const { values = [], expected = '' } = issue;
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = path.length === 0 ? configKeys : isOverride(path) ? overrideKeys : [];
      for (const key of issue.keys ?? []) {
        const misplaced = isOverride(path) && configKeys.includes(key) ? '; it holds for all files, not for some' : '';
        yield [[...path, key], `unknown key ${key}${misplaced || didYouMean(nearest(key, known))}`];
      }
      return;
    }
    case 'invalid_value':
      yield [path, `${name} must be one of ${values.join(', ')}${nearestTo(valueAt(root, path), values)}`];
      return;
    case 'invalid_union':
      yield [path, `${name} must be ${unionAt(path, valueAt(root, path))}`];
      return;
    case 'invalid_key':
      yield [path, `${path.at(-1) ?? ''} is no name of a build argument`];
      return;
    case 'too_small':
      yield [path, `${name} must not be empty`];
      return;
    case 'invalid_type':
      yield [path, `${name} must be ${withArticle(expected)}`];
      return;
    default:
      yield [path, `${name}: ${issue.message}`];
  }
}

const isOverride = (path: ConfigPath): boolean => path[0] === 'overrides' && path.length === 2;

/** What may stand where there is more than one choice. */
function unionAt(path: ConfigPath, given: unknown): string {
  const [key, inner] = path.slice(path[0] === 'overrides' ? 2 : 0);
  switch (key) {
    case 'presets':
      return `one of ${presetNames.join(', ')}, or a list of them${nearestTo(given, presetNames)}`;
    case 'rules':
      return `one of ${settingNames.join(', ')}, or [setting, options]${nearestTo(given, settingNames)}`;
    case 'extends':
      return `a preset, the path of a configuration, a package, or a list of them`;
    case 'buildArgs':
      return inner === undefined ? 'a map of names to values' : 'a text, a number, true, false or null';
    default:
      return `a text that is not empty, or a list of such texts`;
  }
}

const withArticle = (type: string): string =>
  type === 'record' || type === 'object'
    ? 'a map of names to values'
    : /^[aeiou]/.test(type)
      ? `an ${type}`
      : `a ${type}`;

function nearestTo(given: unknown, choices: readonly unknown[]): string {
  const [only] = Array.isArray(given) ? given : [given];
  return typeof only === 'string'
    ? didYouMean(
        nearest(
          only,
          choices.filter((choice) => typeof choice === 'string'),
        ),
      )
    : '';
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    root,
  );
}

/** The value without the entries, and the single rules and arguments, that have a mistake in them. */
function withoutFaulty(value: unknown, issues: readonly OptionIssue[]): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  const faulty = new Set(
    issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? (issue.keys ?? []).map((key) => entryOf([...issue.path, key]))
        : [entryOf(issue.path)],
    ),
  );
  const prune = (inner: unknown, at: readonly PropertyKey[]): unknown => {
    const isFaulty = (key: PropertyKey): boolean => faulty.has(JSON.stringify([...at, key].map(String)));
    // The others keep their places: an override that goes whole is one of no file.
    if (Array.isArray(inner))
      return inner.map((each, key) => (isFaulty(key) ? { files: [] } : prune(each, [...at, key])));
    if (typeof inner !== 'object' || inner === null) return inner;
    return Object.fromEntries(
      Object.entries(inner)
        .filter(([key]) => !isFaulty(key))
        .map(([key, each]): [string, unknown] => [key, prune(each, [...at, key])]),
    );
  };
  return prune(value, []);
}

/** The smallest part that is passed over for a mistake at a path; an override whose files cannot be told goes whole. */
function entryOf(path: readonly PropertyKey[]): string {
  const [first, , third] = path;
  const start = first === 'overrides' ? 2 : 0;
  const hasNames = path[start] === 'rules' || path[start] === 'buildArgs';
  const length = first === 'overrides' && third === 'files' ? 2 : start + (hasNames ? 2 : 1);
  return JSON.stringify(path.slice(0, length).map(String));
}
