/** What a rule is, and what it yields. */
import type { ZodType } from 'zod';
import type { Build } from './model/index.ts';
import type { Elsewhere, Located, Span } from './syntax/source.ts';

export type Severity = 'error' | 'warning' | 'info';
export type Confidence = 'certain' | 'likely' | 'possible';
export type Category = 'security' | 'correctness' | 'reproducibility' | 'cache' | 'size' | 'style';

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
  /** Adds a step to the trail. */
  and(at: Located, message: string): Finding;
  /** Gives this finding a severity or confidence of its own. */
  rated(rating: { severity?: Severity; confidence?: Confidence }): Finding;
}

/** A finding at `at`; `message` carries the particulars, the rule's fields the rest. */
export function finding(at: Located, message: string): Finding {
  return makeFinding({ at: at.span, message, evidence: [] });
}

function makeFinding(fields: Omit<Finding, 'and' | 'rated'>): Finding {
  return {
    ...fields,
    and: (at, message) => makeFinding({ ...fields, evidence: [...fields.evidence, stepAt(at, message)] }),
    rated: (rating) => makeFinding({ ...fields, ...rating }),
  };
}

const stepAt = ({ span, elsewhere }: Located, message: string): Evidence =>
  elsewhere === undefined ? { at: span, message } : { at: span, message, elsewhere };

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
  /** Codes of other linters that it covers. */
  readonly replaces?: readonly (`hadolint/DL${number}` | `buildkit/${string}` | `shellcheck/SC${number}`)[];
  readonly options?: ZodType<Options>;
  /** A Dockerfile with this fault, `# want:` markers included. */
  readonly bad: string;
  /** The same, put right. */
  readonly good: string;
  /** What the build context of both holds, path to text, for rules that look at it. Without it nothing is known of the context. */
  readonly files?: Readonly<Record<string, string>>;
  check(build: Build, options: Options): Iterable<Finding>;
}

export const defineRule = <Options = unknown>(rule: Rule<Options>): Rule<Options> => Object.freeze(rule);
