/** Rules over one Dockerfile: text in, findings out. Pure: reads no file, no clock, no environment. */
import { type BuildContext, unknownContext } from '../context/context.ts';
import type { BuildEvidence } from '../context/evidence/evidence.ts';
import { type Build, createBuild, stageCalled } from '../model/index.ts';
import type { Finding, ForeignCode, Rule, Severity } from '../rule.ts';
import {
  type Dockerfile,
  isForAnotherFrontend,
  parseDockerfile,
  readCheckDirective,
  templateMark,
} from '../syntax/index.ts';
import { beyondLimits, stagesBeyond } from './beyond-limits.ts';
import { engineRules } from './engine-rules.ts';
import { selectionFor } from './ignore-rules.ts';
import { type Ignores, isJudged, noIgnores, readIgnores } from './ignores.ts';
import { byPlace, type Described, type ReportedFinding, reported, withoutRepeats } from './reported.ts';
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
  /**
   * What COPY can take, or how to find that out once the file is parsed; `previous` was found for an earlier text of it.
   * Default: nothing is known of it.
   */
  readonly context?: BuildContext | ((file: Dockerfile, previous?: BuildContext) => BuildContext);
  /** Stages that ship, by name or number; default the final one. */
  readonly targets?: readonly string[];
  /** Build arguments, as --build-arg gives them. */
  readonly buildArguments?: ReadonlyMap<string, string>;
  /** What files of the project say of how the file is built. */
  readonly evidence?: BuildEvidence;
  /** False: comments that ignore rules hide nothing, and nothing is said of them. */
  readonly ignoreComments?: boolean;
  /** The day, as 2027-01-31, by which `until=` of such a comment, and the support of images, are judged; without it none is over. */
  readonly today?: string;
}

export type { ReportedFinding };

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

/** What another program says of the file, such as ShellCheck. */
export interface Outside {
  readonly findings: readonly { readonly rule: OutsideRule; readonly finding: Finding }[];
  /** Whether it has looked for all that a code stands for. */
  judged(code: string): boolean;
}

/** Stands for a code of another program. */
export type OutsideRule = Described & Pick<Rule, 'severity' | 'preset'>;

const nothingOutside: Outside = { findings: [], judged: () => false };

/** A file that is read and not yet judged, so that others may look at it at the same time. */
export interface OpenFile {
  /** Absent where reading it broke. */
  readonly file?: Dockerfile;
  /** Absent where there is none to judge. */
  readonly build?: Build;
  judge(): JudgedFile;
}

export interface JudgedFile {
  /** The result, what comes from outside included. To be called once. */
  finish(outside?: Outside): LintResult;
}

/** Lints one Dockerfile. Never throws; what cannot be parsed is reported as `syntax-error` and the rest is judged. */
export const lint = (input: LintInput): LintResult => openFile(input).judge().finish();

/** What was opened before: what of it is the same in another text is taken over, and no answer differs for it. */
export type EarlierFile = Pick<OpenFile, 'file' | 'build'>;

/** The same in steps. */
export function openFile(input: LintInput, previous?: EarlierFile): OpenFile {
  const failures: Failure[] = [];
  const file = attempt(() => parseDockerfile(input.text, previous?.file), failures);
  return file === undefined
    ? unjudged(input, failures)
    : { ...openParsed(file, input, failures, previous?.build), file };
}

const unjudged = (input: LintInput, failures: readonly Failure[]): OpenFile => ({
  judge: () => ({ finish: () => resultOf(input, noFindings(), failures) }),
});

/** A file in the language of another frontend is not judged: what it says may mean something else there. */
function openParsed(file: Dockerfile, input: LintInput, failures: Failure[], previous: Build | undefined): OpenFile {
  if (isForAnotherFrontend(file.directives)) return unjudged(input, failures);
  const build = stagesBeyond(file) === undefined ? attempt(() => buildOf(file, input, previous), failures) : undefined;
  const rules = rulesForTemplates(file, input);
  if (rules.length > 0) return { judge: () => judge({ ...file, faults: [] }, build, input, failures, rules) };
  return { ...(build === undefined ? {} : { build }), judge: () => judge(file, build, input, failures) };
}

/** The rule that says that a file is a template, when it is one: all others would judge the marks. */
const rulesForTemplates = (file: Dockerfile, { rules, selection = everything }: LintInput): readonly Rule[] =>
  templateMark(file) === undefined
    ? []
    : rules.filter((rule) => rule.id === 'unrendered-placeholder' && mayShow(rule, selection));

function judge(
  file: Dockerfile,
  build: Build | undefined,
  input: LintInput,
  failures: Failure[],
  rules = input.rules,
): JudgedFile {
  const { selection = everything } = input;
  const findings = noFindings();
  const ignores =
    input.ignoreComments === false ? noIgnores : readIgnores(file, [...input.rules, ...engineRules], input.today);
  const checks = readCheckDirective(file.directives, file.source);
  const add = adding(findings, ignores, checks?.error === true, selection);
  for (const fault of file.faults) add(syntaxError, syntaxFinding(fault), syntaxError.severity);
  const rated = selectionFor(beyondLimits, selection);
  const beyond = (found: Finding): void => add(beyondLimits, found, severityOf(beyondLimits, found, rated));
  const tooMany = stagesBeyond(file);
  if (tooMany !== undefined) beyond(tooMany);
  if (build === undefined) return { finish: () => resultOf(input, findings, failures) };
  if (rules === input.rules)
    attempt(() => [...beyondLimits.check(build, {})].forEach(beyond), failures, beyondLimits.id);
  const runs = attempt(() => targetRuns(build), failures) ?? [];
  const ran = new Set<string>([syntaxError.id]);
  for (const rule of rules) {
    if (engineRules.includes(rule) || !mayShow(rule, selection)) continue;
    const run = (): void => {
      const options = rule.options?.parse(selection.options?.get(rule.id) ?? {});
      for (const { finding, targets } of judgeTargets(rule, options, runs))
        add(rule, finding, severityOf(rule, finding, selection), targets);
      if (!isWithoutContext(rule, build)) ran.add(rule.id);
    };
    attempt(run, failures, rule.id);
  }
  return unfinished(input, { findings, failures, ignores, add, ran, stages: namedStages(build, input) });
}

type Add = (rule: OutsideRule, found: Finding, severity: Severity | undefined, targets?: readonly string[]) => void;

/** `raises`: what BuildKit checks counts as an error. */
function adding(findings: Findings, ignores: Ignores, raises: boolean, selection: Selection): Add {
  return (rule, found, severity, targets) => {
    const answers = found.answers ?? rule.replaces ?? [];
    const hidden = ignores.hides(found, { rule: rule.id, answers });
    if (severity === undefined) return;
    const raised = raises && isBuildkitCheck(answers) && !isSet(rule.id, answers, selection);
    findings[hidden ? 'suppressed' : 'shown'].push(reported(rule, found, raised ? 'error' : severity, targets));
  };
}

interface Judged {
  readonly findings: Findings;
  readonly failures: readonly Failure[];
  readonly ignores: Ignores;
  readonly add: Add;
  /** Ids of the rules that have judged. */
  readonly ran: ReadonlySet<string>;
  readonly stages: NamedStages;
}

/** Many files wait for what comes from outside: nothing here holds the build. */
function unfinished(input: LintInput, { findings, failures, ignores, add, ran, stages }: Judged): JudgedFile {
  const { selection = everything } = input;
  // With targets that were asked for, what lies in other stages has not been judged.
  const judgeable = input.targets?.length ? [] : [...input.rules, syntaxError];
  return {
    finish(outside = nothingOutside) {
      for (const { rule, finding } of outside.findings) add(rule, finding, severityOf(rule, finding, selection));
      const judged = (name: string): boolean => outside.judged(name) || isJudged(name, judgeable, ran);
      for (const { rule, finding } of ignores.judge(judged))
        add(rule, finding, severityOf(rule, finding, selectionFor(rule, selection)));
      return resultOf(input, findings, failures, stages);
    },
  };
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

function buildOf(file: Dockerfile, input: LintInput, previous: Build | undefined): Build {
  const { path, context = unknownContext, targets, buildArguments, evidence, today } = input;
  const options = {
    context: typeof context === 'function' ? context(file, previous?.context) : context,
    path,
    ...(targets === undefined ? {} : { targets }),
    ...(buildArguments === undefined ? {} : { buildArguments }),
    ...(evidence === undefined ? {} : { evidence }),
    ...(today === undefined ? {} : { today }),
  };
  return createBuild(file, options, previous);
}

type NamedStages = Pick<LintResult, 'stages' | 'unknownTargets'>;

const namedStages = ({ stages }: Build, { targets = [] }: LintInput): NamedStages => ({
  stages: stages.map((stage) => stage.name?.raw ?? String(stage.index)),
  unknownTargets: targets.filter((name) => stageCalled(name, stages) === undefined),
});

function resultOf(
  { path, text }: LintInput,
  { shown, suppressed }: Findings,
  failures: readonly Failure[],
  stages: NamedStages = { stages: [], unknownTargets: [] },
): LintResult {
  return {
    path,
    text,
    findings: withoutRepeats(shown.toSorted(byPlace)),
    suppressed: withoutRepeats(suppressed.toSorted(byPlace)),
    failures,
    ...stages,
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
