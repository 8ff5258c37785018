/** Holds a configuration against its schema, the rules' names and their options; every mistake is told. */
import * as z from 'zod/mini';
import { ruleNames } from '../engine/rule-names.ts';
import type { Rule } from '../rule.ts';
import { didYouMean, nearest } from '../syntax/index.ts';
import { presetNames, settingNames } from './choices.ts';
import type { ConfigDocument, ConfigPath, ConfigPlace } from './document.ts';
import { type Config, configSchema } from './schema.ts';

export interface ConfigFault extends ConfigPlace {
  readonly message: string;
}

export interface ValidConfig {
  /** What is right of it; rules by their resolved names. */
  readonly config: Config;
  readonly faults: readonly ConfigFault[];
}

type Issue = z.core.$ZodIssue;

export function validateConfig(document: ConfigDocument, rules: readonly Rule[]): ValidConfig {
  const faults: ConfigFault[] = [];
  const tell = (path: ConfigPath, message: string): void => {
    faults.push({ ...document.place(path), message });
  };
  const read = configSchema.safeParse(document.value);
  for (const issue of read.error?.issues ?? [])
    for (const [path, message] of sayings(issue, document.value)) tell(path, message);
  const config: Config = read.success
    ? read.data
    : z.catch(configSchema, {}).parse(withoutFaulty(document.value, read.error.issues));
  const named = namedRules(config, rules, tell);
  return {
    config: named === undefined ? config : { ...config, rules: named },
    faults: faults.sort((one, other) => one.line - other.line || one.column - other.column),
  };
}

/** The rules by their resolved names, those that nothing has left out. */
function namedRules(
  { rules: given }: Config,
  rules: readonly Rule[],
  tell: (path: ConfigPath, message: string) => void,
): Config['rules'] {
  if (given === undefined) return undefined;
  const names = ruleNames(rules);
  const found: NonNullable<Config['rules']> = {};
  for (const [name, said] of Object.entries(given)) {
    const known = names.resolve(name);
    if (known === undefined) {
      tell(['rules', name], `there is no rule ${name}${didYouMean(names.nearest(name))}`);
      continue;
    }
    found[known] = said;
    if (!Array.isArray(said)) continue;
    const schema = rules.find(({ id }) => id === known)?.options;
    if (schema === undefined) tell(['rules', name], `${name} has no options; write its setting alone`);
    else if (!optionsFit(schema, said[1], ['rules', name], tell)) found[known] = said[0];
  }
  return found;
}

function optionsFit(
  schema: z.ZodMiniType,
  options: unknown,
  path: ConfigPath,
  tell: (path: ConfigPath, message: string) => void,
): boolean {
  const read = schema.safeParse(options);
  for (const issue of read.error?.issues ?? [])
    for (const [inner, message] of sayings(issue, options)) tell([...path, 1, ...inner], message);
  return read.success;
}

/** What is wrong in words, and where. */
function* sayings(issue: Issue, root: unknown): Iterable<readonly [ConfigPath, string]> {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  const name = path.length === 0 ? 'the configuration' : path.join('.');
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = path.length === 0 ? Object.keys(configSchema.shape) : [];
      for (const key of issue.keys) yield [[...path, key], `unknown key ${key}${didYouMean(nearest(key, known))}`];
      return;
    }
    case 'invalid_value':
      yield [path, `${name} must be one of ${issue.values.join(', ')}${nearestTo(valueAt(root, path), issue.values)}`];
      return;
    case 'invalid_union': {
      const choices = path[0] === 'presets' ? presetNames : settingNames;
      const given = valueAt(root, path);
      const list = path[0] === 'presets' ? 'or a list of them' : 'or [setting, options]';
      yield [path, `${name} must be one of ${choices.join(', ')}, ${list}${nearestTo(given, choices)}`];
      return;
    }
    case 'invalid_type':
      yield [path, `${name} must be ${withArticle(issue.expected)}`];
      return;
    default:
      yield [path, `${name}: ${issue.message}`];
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

/** The value without the top-level entries, and the single rules, that have a mistake in them. */
function withoutFaulty(value: unknown, issues: readonly Issue[]): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  const faulty = new Set(
    issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : [entryOf(issue.path)],
    ),
  );
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !faulty.has(key))
      .map(([key, inner]): [string, unknown] => [
        key,
        key === 'rules' && typeof inner === 'object' && inner !== null
          ? Object.fromEntries(Object.entries(inner).filter(([name]) => !faulty.has(`rules ${name}`)))
          : inner,
      ]),
  );
}

const entryOf = ([first, second]: readonly PropertyKey[]): string =>
  first === 'rules' && second !== undefined ? `rules ${String(second)}` : String(first);
