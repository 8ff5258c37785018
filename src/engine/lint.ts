/** Rules over one Dockerfile: text in, findings out. Pure: reads no file, no clock, no environment. */
import { type BuildContext, unknownContext } from '../context/context.ts';
import { type Build, createBuild } from '../model/index.ts';
import type { Category, Confidence, Evidence, Finding, Rule, Severity } from '../rule.ts';
import { type Dockerfile, parseDockerfile, type Span } from '../syntax/index.ts';
import { syntaxError } from './syntax-error.ts';

export interface LintInput {
  /** Shown in findings; its last part tells `Dockerfile.dev` from `Dockerfile`. */
  readonly path: string;
  readonly text: string;
  readonly rules: readonly Rule[];
  readonly context?: BuildContext;
  /** Stages that ship, by name or number; default the final one. */
  readonly targets?: readonly string[];
}

/** A finding as reports show it. */
export interface ReportedFinding extends Span {
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly category: Category;
  readonly message: string;
  /** What to do instead, from the rule. */
  readonly instead: string;
  readonly evidence: readonly Evidence[];
}

export interface LintResult {
  readonly path: string;
  readonly text: string;
  /** Sorted by line, column, rule. */
  readonly findings: readonly ReportedFinding[];
  /** Rules that broke, with their error: a bug of dflint. The findings of the others are there. */
  readonly failures: readonly { readonly rule: string; readonly error: unknown }[];
  /** Names of the stages, in order; unnamed ones by number. */
  readonly stages: readonly string[];
  /** Asked-for targets that no stage has. */
  readonly unknownTargets: readonly string[];
}

/** Lints one Dockerfile. Never throws; what cannot be parsed is reported as `syntax-error` and the rest is judged. */
export function lint(input: LintInput): LintResult {
  const file = parseDockerfile(input.text);
  return lintParsed(file, input);
}

/** The same for a file that is parsed already. */
export function lintParsed(file: Dockerfile, input: LintInput): LintResult {
  const context = input.context ?? unknownContext;
  const build = createBuild(file, {
    context,
    path: input.path,
    ...(input.targets === undefined ? {} : { targets: input.targets }),
  });
  const findings: ReportedFinding[] = [];
  const failures: { rule: string; error: unknown }[] = [];
  for (const fault of file.faults)
    findings.push(reported(syntaxError, { at: fault.span, message: fault.message, evidence: [] }));
  for (const rule of input.rules) {
    try {
      for (const finding of rule.check(build, undefined)) findings.push(reported(rule, finding));
    } catch (error) {
      failures.push({ rule: rule.id, error });
    }
  }
  return {
    path: input.path,
    text: input.text,
    findings: withoutRepeats(findings.sort(byPlace)),
    failures,
    stages: build.stages.map((stage) => stage.name?.raw ?? String(stage.index)),
    unknownTargets: (input.targets ?? []).filter((name) => !isStage(name, build)),
  };
}

const isStage = (name: string, build: Build): boolean =>
  build.stages.some((stage) => stage.id === name.toLowerCase() || String(stage.index) === name);

type Described = Pick<Rule, 'id' | 'severity' | 'confidence' | 'category' | 'instead'>;

function reported(
  rule: Described,
  finding: Pick<Finding, 'at' | 'message' | 'evidence' | 'severity' | 'confidence'>,
): ReportedFinding {
  const { line, column, endLine, endColumn } = finding.at;
  return {
    rule: rule.id,
    severity: finding.severity ?? rule.severity,
    confidence: finding.confidence ?? rule.confidence,
    category: rule.category,
    message: finding.message,
    instead: rule.instead,
    line,
    column,
    endLine,
    endColumn,
    evidence: finding.evidence,
  };
}

function byPlace(one: ReportedFinding, other: ReportedFinding): number {
  return (
    one.line - other.line ||
    one.column - other.column ||
    compare(one.rule, other.rule) ||
    compare(one.message, other.message)
  );
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** The same thing said twice of one place (by two ship targets, say) is said once. */
function withoutRepeats(sorted: readonly ReportedFinding[]): readonly ReportedFinding[] {
  return sorted.filter((finding, at) => {
    const before = sorted[at - 1];
    return (
      before === undefined ||
      byPlace(before, finding) !== 0 ||
      before.endLine !== finding.endLine ||
      before.endColumn !== finding.endColumn
    );
  });
}
