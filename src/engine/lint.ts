/** Rules over one Dockerfile: text in, findings out. Pure: reads no file, no clock, no environment. */
import { type BuildContext, unknownContext } from '../context/context.ts';
import type { BuildEvidence } from '../context/evidence/evidence.ts';
import { type Build, createBuild } from '../model/index.ts';
import {
  type Category,
  type Confidence,
  type Evidence,
  type Finding,
  type ForeignCode,
  finding,
  type Rule,
  type Severity,
} from '../rule.ts';
import { type Dockerfile, isForAnotherFrontend, parseDockerfile, type Span } from '../syntax/index.ts';
import { everything, mayShow, type Selection, severityOf } from './selection.ts';
import { syntaxError } from './syntax-error.ts';
import { judgeTargets, targetRuns } from './target-runs.ts';

export interface LintInput {
  /** Shown in findings; its last part tells `Dockerfile.dev` from `Dockerfile`. */
  readonly path: string;
  readonly text: string;
  readonly rules: readonly Rule[];
  /** Which of their findings are shown, and how they weigh. Default: all, as the rules rate them. */
  readonly selection?: Selection;
  /** What COPY can take, or how to find that out once the file is parsed. Default: nothing is known of it. */
  readonly context?: BuildContext | ((file: Dockerfile) => BuildContext);
  /** Stages that ship, by name or number; default the final one. */
  readonly targets?: readonly string[];
  /** Build arguments, as --build-arg gives them. */
  readonly buildArguments?: ReadonlyMap<string, string>;
  /** What files of the project say of how the file is built. */
  readonly evidence?: BuildEvidence;
}

/** A finding as reports show it. */
export interface ReportedFinding extends Span {
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly category: Category;
  /** Codes of other linters that it answers to. */
  readonly answers: readonly ForeignCode[];
  readonly message: string;
  /** What to do instead, from the rule. */
  readonly instead: string;
  readonly evidence: readonly Evidence[];
  /** Stages whose images it concerns; absent where it concerns all that ship, or the file. */
  readonly targets?: readonly string[];
}

/** A rule that threw; without `rule`, the parser, the context or the model did. */
export interface Failure {
  readonly rule?: string;
  readonly error: unknown;
}

export interface LintResult {
  readonly path: string;
  readonly text: string;
  /** Sorted by line, column, rule. */
  readonly findings: readonly ReportedFinding[];
  /** What broke, a bug of dflint. The findings of everything else are there. */
  readonly failures: readonly Failure[];
  /** Names of the stages, in order; unnamed ones by number. */
  readonly stages: readonly string[];
  /** Asked-for targets that no stage has. */
  readonly unknownTargets: readonly string[];
}

/** Lints one Dockerfile. Never throws; what cannot be parsed is reported as `syntax-error` and the rest is judged. */
export function lint(input: LintInput): LintResult {
  const failures: Failure[] = [];
  const file = attempt(() => parseDockerfile(input.text), failures);
  return file === undefined ? resultOf(input, [], failures) : judge(file, input, failures);
}

/** The same for a file that is parsed already. */
export function lintParsed(file: Dockerfile, input: LintInput): LintResult {
  return judge(file, input, []);
}

/** A file in the language of another frontend is not judged: what it says may mean something else there. */
function judge(file: Dockerfile, input: LintInput, failures: Failure[]): LintResult {
  if (isForAnotherFrontend(file.directives)) return resultOf(input, [], failures);
  const { selection = everything } = input;
  const findings = file.faults.map((fault) =>
    reported(syntaxError, finding(fault, fault.message), syntaxError.severity),
  );
  const build = attempt(() => buildOf(file, input), failures);
  if (build === undefined) return resultOf(input, findings, failures);
  const runs = attempt(() => targetRuns(build), failures) ?? [];
  for (const rule of input.rules) {
    if (rule.id === syntaxError.id || !mayShow(rule, selection)) continue;
    const run = (): void => {
      const options = rule.options?.parse(selection.options?.get(rule.id) ?? {});
      for (const { finding, targets } of judgeTargets(rule, options, runs)) {
        const severity = severityOf(rule, finding, selection);
        if (severity !== undefined) findings.push(reported(rule, finding, severity, targets));
      }
    };
    attempt(run, failures, rule.id);
  }
  return resultOf(input, findings, failures, build);
}

function buildOf(file: Dockerfile, input: LintInput): Build {
  const { path, context = unknownContext, targets, buildArguments, evidence } = input;
  return createBuild(file, {
    context: typeof context === 'function' ? context(file) : context,
    path,
    ...(targets === undefined ? {} : { targets }),
    ...(buildArguments === undefined ? {} : { buildArguments }),
    ...(evidence === undefined ? {} : { evidence }),
  });
}

function resultOf(
  { path, text, targets = [] }: LintInput,
  findings: readonly ReportedFinding[],
  failures: readonly Failure[],
  build?: Build,
): LintResult {
  return {
    path,
    text,
    findings: withoutRepeats(findings.toSorted(byPlace)),
    failures,
    stages: build?.stages.map((stage) => stage.name?.raw ?? String(stage.index)) ?? [],
    unknownTargets: build === undefined ? [] : targets.filter((name) => !isStage(name, build)),
  };
}

/** A bug in one part must not cost the findings of the others. */
function attempt<Value>(work: () => Value, failures: Failure[], rule?: string): Value | undefined {
  try {
    return work();
  } catch (error) {
    failures.push(rule === undefined ? { error } : { rule, error });
    return undefined;
  }
}

/** The stages that `createBuild` takes for a target: by name without case, or by number. */
const isStage = (name: string, build: Build): boolean =>
  build.stages.some(
    (stage) =>
      (stage.name !== undefined && stage.id === name.toLowerCase()) ||
      (/^\d+$/.test(name) && stage.index === Number(name)),
  );

type Described = Pick<Rule, 'id' | 'confidence' | 'category' | 'instead' | 'replaces'>;

function reported(
  rule: Described,
  finding: Pick<Finding, 'at' | 'message' | 'evidence' | 'confidence' | 'answers'>,
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
    instead: rule.instead,
    line,
    column,
    endLine,
    endColumn,
    evidence: finding.evidence,
    ...(targets.length === 0 ? {} : { targets }),
  };
}

function byPlace(one: ReportedFinding, other: ReportedFinding): number {
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
function withoutRepeats(sorted: readonly ReportedFinding[]): readonly ReportedFinding[] {
  return sorted.filter((finding, at) => {
    const before = sorted[at - 1];
    return before === undefined || byPlace(before, finding) !== 0;
  });
}
