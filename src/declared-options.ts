/** The options of dflint's own rules: read without zod, which a run that has no configuration does not load. */
import type { OptionIssue, OptionsSchema } from './rule.ts';

/** One option, and what may be given for it. */
export interface Option<Value> {
  /** In words: `list of text`. */
  readonly type: string;
  readonly default: Value;
  /** What it is for. */
  readonly says: string;
  /** None where what is given is a Value. */
  issues(given: unknown): readonly OptionIssue[];
}

type Shape = Readonly<Record<string, Option<unknown>>>;
type ValuesOf<Options extends Shape> = {
  readonly [Name in keyof Options]: Options[Name] extends Option<infer Value> ? Value : never;
};

export const listOfText = (says: string): Option<readonly string[]> => ({
  type: 'list of text',
  default: [],
  says,
  issues: (given) =>
    Array.isArray(given)
      ? given.flatMap((item, at) => (typeof item === 'string' ? [] : [wrongType('string', item, [at])]))
      : [wrongType('array', given)],
});

export const trueOrFalse = (says: string): Option<boolean> => ({
  type: 'true or false',
  default: false,
  says,
  issues: (given) => (typeof given === 'boolean' ? [] : [wrongType('boolean', given)]),
});

/** A map of names to one of some values. */
export const mapToOneOf = <Value extends string>(
  values: readonly Value[],
  says: string,
): Option<Readonly<Record<string, Value>>> => ({
  type: `object, by name: one of ${values.join(', ')}`,
  default: {},
  says,
  issues: (given) =>
    isMap(given)
      ? Object.entries(given).flatMap(([name, item]) => (isOneOf(values, item) ? [] : [wrongValue(values, name)]))
      : [wrongType('record', given)],
});

export class DeclaredOptions<Options extends Shape> implements OptionsSchema<ValuesOf<Options>> {
  readonly shape: Options;

  constructor(shape: Options) {
    this.shape = shape;
  }

  /** @throws Error that says what is wrong. */
  parse(given: unknown): ValuesOf<Options> {
    const read = this.safeParse(given);
    if (read.success) return read.data;
    throw new Error(read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
  }

  safeParse(given: unknown): ReturnType<OptionsSchema<ValuesOf<Options>>['safeParse']> {
    const issues = isMap(given) ? this.#issuesOf(given) : [wrongType('object', given)];
    const defaults = Object.entries(this.shape).map(([name, option]) => [name, option.default]);
    const data: unknown = { ...Object.fromEntries(defaults), ...withoutUndefined(given) };
    const holds = (whole: unknown): whole is ValuesOf<Options> => whole === data && issues.length === 0;
    return holds(data) ? { success: true, data } : { success: false, error: { issues } };
  }

  #issuesOf(given: object): readonly OptionIssue[] {
    const issues: OptionIssue[] = [];
    const keys: string[] = [];
    for (const [name, value] of Object.entries(given)) {
      const option = Object.hasOwn(this.shape, name) ? this.shape[name] : undefined;
      if (option === undefined) keys.push(name);
      else if (value !== undefined)
        issues.push(...option.issues(value).map((issue) => ({ ...issue, path: [name, ...issue.path] })));
    }
    if (keys.length > 0)
      issues.push({ code: 'unrecognized_keys', keys, path: [], message: `unknown: ${keys.join(', ')}` });
    return issues;
  }
}

const isMap = (given: unknown): given is object => typeof given === 'object' && given !== null && !Array.isArray(given);

const withoutUndefined = (given: unknown): object =>
  isMap(given) ? Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) : {};

const isOneOf = (values: readonly string[], given: unknown): boolean =>
  typeof given === 'string' && values.includes(given);

const wrongType = (expected: string, given: unknown, path: readonly PropertyKey[] = []): OptionIssue => ({
  code: 'invalid_type',
  expected,
  path,
  message: `${expected} expected, not ${given === null ? 'null' : Array.isArray(given) ? 'array' : typeof given}`,
});

const wrongValue = (values: readonly string[], name: string): OptionIssue => ({
  code: 'invalid_value',
  values,
  path: [name],
  message: `one of ${values.join(', ')} expected`,
});
