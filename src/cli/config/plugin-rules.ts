/** Rules of a module held against what a rule is. */
import * as z from 'zod/mini';
import type { ForeignCode, Rule } from '../../rule.ts';

const text = z.string().check(z.minLength(1));

const ruleSchema = z.looseObject({
  id: z.string().check(z.regex(/^[a-z][a-z0-9]*(?:[-/][a-z0-9]+)*$/)),
  says: text,
  because: z.optional(z.string()),
  instead: text,
  category: z.optional(z.enum(['security', 'correctness', 'reproducibility', 'cache', 'size', 'style'])),
  severity: z.optional(z.enum(['error', 'warning', 'info'])),
  confidence: z.optional(z.enum(['certain', 'likely', 'possible'])),
  preset: z.optional(z.enum(['recommended', 'strict', 'all'])),
  replaces: z.optional(z.array(z.custom<ForeignCode>(isForeignCode))),
  options: z.optional(z.custom<NonNullable<Rule['options']>>(isSchema)),
  check: z.custom<Rule['check']>((value) => typeof value === 'function'),
});

export interface ReadRules {
  readonly found: readonly Rule[];
  /** What is wrong with the others, a sentence each. */
  readonly faults: readonly string[];
}

/** `before`: the rules that there are, whose names are taken. */
export function readRules(exported: unknown, before: readonly Rule[]): ReadRules {
  const given: unknown = isRecord(exported) && 'rules' in exported ? Reflect.get(exported, 'rules') : exported;
  if (!Array.isArray(given))
    return { found: [], faults: ['exports no list of rules: export const rules = [defineRule({ … })]'] };
  const found: Rule[] = [];
  const faults: string[] = [];
  for (const [at, each] of given.entries()) {
    const read = ruleSchema.safeParse(each);
    if (!read.success) {
      const name: unknown = isRecord(each) ? Reflect.get(each, 'id') : undefined;
      const [issue] = read.error.issues;
      faults.push(`rule ${typeof name === 'string' ? name : at + 1}: ${says(issue?.path ?? [])}`);
      continue;
    }
    const { id } = read.data;
    if ([...before, ...found].some((rule) => rule.id === id)) {
      faults.push(`rule ${id}: there is a rule of that name already`);
      continue;
    }
    found.push(ruleOf(read.data));
  }
  return { found, faults };
}

/** What a rule does not say of itself stays modest. */
function ruleOf(given: z.infer<typeof ruleSchema>): Rule {
  const { id, says, because = '', instead, category = 'correctness', severity = 'warning', options } = given;
  return {
    id,
    says,
    because,
    instead,
    category,
    severity,
    confidence: given.confidence ?? 'likely',
    since: '0.0.0',
    bad: '',
    good: '',
    ...(given.preset === undefined ? {} : { preset: given.preset }),
    ...(options === undefined ? {} : { options }),
    ...(given.replaces === undefined ? {} : { replaces: given.replaces }),
    check: (build, settings) => given.check(build, settings),
  };
}

const expected: ReadonlyMap<PropertyKey, string> = new Map([
  ['id', 'id must be words in small letters with - or / between them, such as acme/no-latest'],
  ['says', 'says must be a text: what is wrong, in one line'],
  ['instead', 'instead must be a text: what to write in its place'],
  ['category', 'category must be one of security, correctness, reproducibility, cache, size, style'],
  ['severity', 'severity must be one of error, warning, info'],
  ['confidence', 'confidence must be one of certain, likely, possible'],
  ['preset', 'preset must be one of recommended, strict, all'],
  ['replaces', 'replaces must be a list of codes such as hadolint/DL3008'],
  ['options', 'options must be a schema of zod'],
  ['check', 'check must be a function of the build that yields findings'],
]);

const says = ([key]: readonly PropertyKey[]): string =>
  key === undefined
    ? 'is not an object; make it with defineRule'
    : (expected.get(key) ?? `${String(key)} must be a text`);

const isRecord = (value: unknown): value is object => typeof value === 'object' && value !== null;

function isSchema(value: unknown): boolean {
  return isRecord(value) && typeof Reflect.get(value, 'safeParse') === 'function' && 'parse' in value;
}

function isForeignCode(value: unknown): boolean {
  return (
    typeof value === 'string' && /^(?:hadolint\/DL\d{4}|buildkit\/\w+|shellcheck\/SC\d{4}|tally\/[\w-]+)$/.test(value)
  );
}
