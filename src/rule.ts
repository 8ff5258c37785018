/** What a rule is, and what it yields. */
import type { Build, Fix } from './model/index.ts';
import type { Edit, Elsewhere, Located, Span } from './syntax/source.ts';

export { DeclaredOptions, listOfText, mapToOneOf, type Option, trueOrFalse } from './declared-options.ts';

export type { Edit, Fix };

export type Severity = 'error' | 'warning' | 'info';
export type Confidence = 'certain' | 'likely' | 'possible';
export type Category = 'security' | 'correctness' | 'reproducibility' | 'cache' | 'size' | 'style';

/** A code of another linter: `hadolint/DL3008`, `buildkit/StageNameCasing`, `shellcheck/SC2086`, `tally/eol-last`. */
export type ForeignCode = `hadolint/DL${number}` | `buildkit/${string}` | `shellcheck/SC${number}` | `tally/${string}`;

/**
 * `recommended` is what nearly every author will want to fix; `strict` adds what careful teams ask for; `all` is
 * everything. `hadolint` and `buildkit` hold what answers a code of theirs, rated as they rate it.
 */
export type Preset = 'recommended' | 'strict' | 'hadolint' | 'buildkit' | 'all';

/** The smallest preset that has a rule or finding, the foreign ones aside. */
export type OwnPreset = 'recommended' | 'strict' | 'all';

/** One step of the trail that proves a finding. */
export interface Evidence {
  readonly at: Span;
  readonly message: string;
  /** The other file that `at` is a place of. */
  readonly elsewhere?: Elsewhere;
}

/** What a rule says of one place. The rule's id, and what users make of its severity, are added by the engine. */
export interface Finding {
  readonly at: Span;
  readonly message: string;
  readonly evidence: readonly Evidence[];
  /** Where this finding weighs otherwise than its rule. */
  readonly severity?: Severity;
  readonly confidence?: Confidence;
  /** Where only a larger preset than its rule's has this finding. */
  readonly preset?: OwnPreset;
  /** The codes of other linters that it answers to; absent: all those that its rule replaces. */
  readonly answers?: readonly ForeignCode[];
  readonly fix?: Fix;
  /** What to write in its place here, where more can be said than the rule says. */
  readonly advice?: string;
  /** Adds a step to the trail. */
  and(at: Located, message: string): Finding;
  /** Gives this finding a severity, confidence or preset of its own. */
  rated(rating: { severity?: Severity; confidence?: Confidence; preset?: OwnPreset }): Finding;
  /** Says which codes of other linters this finding answers to, none of them when none is given. */
  answering(...codes: readonly ForeignCode[]): Finding;
  /** Says what to write in its place here; undefined: what the rule says. */
  advising(advice: string | undefined): Finding;
  /** Says what would mend it; undefined: nothing that is known. */
  mendedBy(fix: Fix | undefined): Finding;
}

/** A finding at `at`; `message` carries the particulars, the rule's fields the rest. */
export function finding(at: Located, message: string): Finding {
  return makeFinding({ at: at.span, message }, { steps: [], length: 0 });
}

/** The first `length` of `steps`: a trail goes on in the same list, so that a long one is not copied for each step. */
interface Trail {
  readonly steps: Evidence[];
  readonly length: number;
}

function makeFinding(
  fields: Omit<Finding, 'evidence' | 'and' | 'rated' | 'answering' | 'advising' | 'mendedBy'>,
  trail: Trail,
): Finding {
  return {
    ...fields,
    get evidence() {
      return trail.steps.slice(0, trail.length);
    },
    and: (at, message) => makeFinding(fields, longer(trail, stepAt(at, message))),
    rated: (rating) => makeFinding({ ...fields, ...rating }, trail),
    answering: (...answers) => makeFinding({ ...fields, answers }, trail),
    advising: (advice) => makeFinding(advice === undefined ? fields : { ...fields, advice }, trail),
    mendedBy: (fix) => makeFinding(fix === undefined ? fields : { ...fields, fix }, trail),
  };
}

function longer({ steps, length }: Trail, step: Evidence): Trail {
  const same = steps.length === length ? steps : steps.slice(0, length);
  same.push(step);
  return { steps: same, length: length + 1 };
}

const stepAt = ({ span, elsewhere }: Located, message: string): Evidence =>
  elsewhere === undefined ? { at: span, message } : { at: span, message, elsewhere };

/** What reads the options of a rule: any schema of zod is one. */
export interface OptionsSchema<Options = unknown> {
  parse(given: unknown): Options;
  safeParse(
    given: unknown,
  ):
    | { readonly success: true; readonly data: Options }
    | { readonly success: false; readonly error: { readonly issues: readonly OptionIssue[] } };
}

/** What is wrong with options, as zod tells it. */
export interface OptionIssue {
  readonly code?: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  /** Of `unrecognized_keys`. */
  readonly keys?: readonly string[];
  /** Of `invalid_value`: what may be given. */
  readonly values?: readonly unknown[];
  /** Of `invalid_type`. */
  readonly expected?: string;
}

export interface Rule<Options = unknown> {
  /** Kebab case, equals the file name, names the fault: `unnamed-stage`. */
  readonly id: string;
  /** What is wrong, in one present-tense line without a full stop, at most 72 characters. */
  readonly says: string;
  /** What it costs whoever builds or runs the image. */
  readonly because: string;
  /** What to write in its place. */
  readonly instead: string;
  readonly category: Category;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** The version of dflint that brought it. */
  readonly since: `${number}.${number}.${number}`;
  /** The smallest preset that has it, the foreign ones aside; `recommended` when absent. */
  readonly preset?: OwnPreset;
  /** Codes of other linters that it covers; a finding that answers to some of them only says so itself. */
  readonly replaces?: readonly ForeignCode[];
  readonly options?: OptionsSchema<Options>;
  /** A Dockerfile with this fault, `# want:` markers included. */
  readonly bad: string;
  /** The same, put right. */
  readonly good: string;
  /** What the build context of both holds, path to text, for rules that look at it. Without it nothing is known of the context. */
  readonly files?: Readonly<Record<string, string>>;
  check(build: Build, options: Options): Iterable<Finding>;
}

/** What a rule of a plugin may leave out, as it has no page and no version of dflint. */
export type PluginRule<Options = unknown> = Omit<Rule<Options>, 'since' | 'bad' | 'good' | 'files'> &
  Partial<Pick<Rule<Options>, 'since' | 'bad' | 'good' | 'files'>>;

export const definePluginRule = <Options = unknown>(rule: PluginRule<Options>): PluginRule<Options> =>
  Object.freeze(rule);

/** The rule with what it left out. */
export const fullRule = (rule: PluginRule): Rule => ({ since: '0.0.0', bad: '', good: '', ...rule });

export const defineRule = <Options = unknown>(rule: Rule<Options>): Rule<Options> => Object.freeze(rule);
