/** Findings as reports show them, in their order. */
import type { Category, Confidence, Evidence, Finding, Fix, ForeignCode, Rule, Severity } from '../rule.ts';
import type { Span } from '../syntax/index.ts';

/** A finding as reports show it. */
export interface ReportedFinding extends Span {
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly category: Category;
  /** Codes of other linters that it answers to. */
  readonly answers: readonly ForeignCode[];
  readonly message: string;
  /** What to do instead. */
  readonly instead: string;
  readonly evidence: readonly Evidence[];
  readonly fix?: Fix;
  /** Stages whose images it concerns; absent where it concerns all that ship, or the file. */
  readonly targets?: readonly string[];
}

export type Described = Pick<Rule, 'id' | 'confidence' | 'category' | 'instead' | 'replaces'>;

/** `targets`: none where it concerns all that ship. */
export function reported(
  rule: Described,
  finding: Pick<Finding, 'at' | 'message' | 'evidence' | 'confidence' | 'answers' | 'fix' | 'advice'>,
  severity: Severity,
  targets: readonly string[] = [],
): ReportedFinding {
  const { line, column, endLine, endColumn } = finding.at;
  return {
    rule: rule.id,
    severity,
    confidence: finding.confidence ?? rule.confidence,
    category: rule.category,
    answers: finding.answers ?? rule.replaces ?? [],
    message: finding.message,
    instead: finding.advice ?? rule.instead,
    line,
    column,
    endLine,
    endColumn,
    evidence: finding.evidence,
    ...(targets.length === 0 ? {} : { targets }),
    ...(finding.fix === undefined ? {} : { fix: finding.fix }),
  };
}

export function byPlace(one: ReportedFinding, other: ReportedFinding): number {
  return (
    one.line - other.line ||
    one.column - other.column ||
    compare(one.rule, other.rule) ||
    one.endLine - other.endLine ||
    one.endColumn - other.endColumn ||
    compare(one.message, other.message)
  );
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** The same thing said twice of one place (by two ship targets, say) is said once. */
export function withoutRepeats(sorted: readonly ReportedFinding[]): readonly ReportedFinding[] {
  return sorted.filter((finding, at) => {
    const before = sorted[at - 1];
    return before === undefined || byPlace(before, finding) !== 0;
  });
}
