/** Rules over one Dockerfile: text in, findings out. Pure: reads no file, no clock, no environment. */
import { type BuildContext, unknownContext } from '../context/context.ts';
import type { BuildEvidence } from '../context/evidence/evidence.ts';
import { type Build, createBuild } from '../model/index.ts';
import type { Category, Confidence, Evidence, Finding, ForeignCode, Rule, Severity } from '../rule.ts';
import {
  type Dockerfile,
  isForAnotherFrontend,
  parseDockerfile,
  readCheckDirective,
  type Span,
} from '../syntax/index.ts';
import { engineRules } from './engine-rules.ts';
import { selectionFor } from './ignore-rules.ts';
import { isJudged, noIgnores, readIgnores } from './ignores.ts';
import { everything, mayShow, type Selection, severityOf } from './selection.ts';
import { syntaxError, syntaxFinding } from './syntax-error.ts';
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
  /** False: comments that ignore rules hide nothing, and nothing is said of them. */
  readonly ignoreComments?: boolean;
  /** The day, as 2027-01-31, by which `until=` of such a comment is judged; without it none is over. */
  readonly today?: string;
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
  /** What would be among them, did no comment ignore it; sorted likewise. */
  readonly suppressed: readonly ReportedFinding[];
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
  return file === undefined ? resultOf(input, noFindings(), failures) : judge(file, input, failures);
}

/** The same for a file that is parsed already. */
export function lintParsed(file: Dockerfile, input: LintInput): LintResult {
  return judge(file, input, []);
}

/** A file in the language of another frontend is not judged: what it says may mean something else there. */
function judge(file: Dockerfile, input: LintInput, failures: Failure[]): LintResult {
  if (isForAnotherFrontend(file.directives)) return resultOf(input, noFindings(), failures);
  const { selection = everything } = input;
  const findings = noFindings();
  const ignores =
    input.ignoreComments === false ? noIgnores : readIgnores(file, [...input.rules, ...engineRules], input.today);
  const checks = readCheckDirective(file.directives, file.source);
  const add = (rule: Rule, found: Finding, severity: Severity | undefined, targets?: readonly string[]): void => {
    const answers = found.answers ?? rule.replaces ?? [];
    const hidden = ignores.hides({ ...found, rule: rule.id, answers });
    if (severity === undefined) return;
    const raised = checks?.error === true && isBuildkitCheck(answers) && !isSet(rule.id, answers, selection);
    findings[hidden ? 'suppressed' : 'shown'].push(reported(rule, found, raised ? 'error' : severity, targets));
  };
  for (const fault of file.faults) add(syntaxError, syntaxFinding(fault), syntaxError.severity);
  const build = attempt(() => buildOf(file, input), failures);
  if (build === undefined) return resultOf(input, findings, failures);
  const runs = attempt(() => targetRuns(build), failures) ?? [];
  const ran = new Set<string>([syntaxError.id]);
  for (const rule of input.rules) {
    if (engineRules.includes(rule) || !mayShow(rule, selection)) continue;
    const run = (): void => {
      const options = rule.options?.parse(selection.options?.get(rule.id) ?? {});
      for (const { finding, targets } of judgeTargets(rule, options, runs))
        add(rule, finding, severityOf(rule, finding, selection), targets);
      if (!isWithoutContext(rule, build)) ran.add(rule.id);
    };
    attempt(run, failures, rule.id);
  }
  // With targets that were asked for, what lies in other stages has not been judged.
  const judgeable = input.targets?.length ? [] : [...input.rules, syntaxError];
  for (const { rule, finding } of ignores.judge((name) => isJudged(name, judgeable, ran)))
    add(rule, finding, severityOf(rule, finding, selectionFor(rule, selection)));
  return resultOf(input, findings, failures, build);
}

interface Findings {
  readonly shown: ReportedFinding[];
  readonly suppressed: ReportedFinding[];
}

const noFindings = (): Findings => ({ shown: [], suppressed: [] });

/** A rule that looks at the context has nothing to say when there is none. */
const isWithoutContext = ({ files }: Rule, { context }: Build): boolean =>
  files !== undefined && context.root === undefined;

const isBuildkitCheck = (answers: readonly ForeignCode[]): boolean =>
  answers.some((code) => code.startsWith('buildkit/'));

/** Whether users say themselves how it weighs. */
const isSet = (rule: string, answers: readonly ForeignCode[], { settings }: Selection): boolean =>
  [rule, ...answers].some((name) => settings?.has(name));

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
  { shown, suppressed }: Findings,
  failures: readonly Failure[],
  build?: Build,
): LintResult {
  return {
    path,
    text,
    findings: withoutRepeats(shown.toSorted(byPlace)),
    suppressed: withoutRepeats(suppressed.toSorted(byPlace)),
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
