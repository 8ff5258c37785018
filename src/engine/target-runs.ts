/** Lets rules judge one ship target at a time, and says of each finding which targets it concerns. */
import { type Build, passedOver, type Stage, shipCandidates } from '../model/index.ts';
import type { Finding, Rule, Severity } from '../rule.ts';
import type { Located, Span } from '../syntax/index.ts';

/** A build with one of its targets; several targets are judged one by one. */
export interface TargetRun {
  readonly build: Build;
  readonly target: Stage | undefined;
  /**
   * Nobody says that it ships, and its findings weigh less: a `leaf` that no other stage uses, or the stage for
   * production that a last stage for tests or development has `passed over`.
   */
  readonly candidate?: 'leaf' | 'passed over';
  /** Of the first run where there are several. */
  readonly watch?: TargetWatch;
}

/** The same build, which notes whether its targets are asked for: all else is the same in each run. */
interface TargetWatch {
  readonly build: Build;
  asked: boolean;
}

function watchTargets(build: Build): TargetWatch {
  const { targets, ...rest } = build;
  const watch: TargetWatch = {
    asked: false,
    build: {
      ...rest,
      get targets() {
        watch.asked = true;
        return targets;
      },
    },
  };
  return watch;
}

export function targetRuns(build: Build): readonly TargetRun[] {
  const [only] = build.targets;
  const shipping =
    build.targets.length <= 1
      ? [{ build, target: only }]
      : build.targets.map((target) => ({ build: { ...build, targets: [target] }, target }));
  const passed = passedOver(build)?.production;
  const leaves = shipCandidates(build).filter((stage) => stage !== passed);
  const run = (target: Stage, candidate: TargetRun['candidate']): TargetRun => ({
    build: { ...build, targets: [target] },
    target,
    ...(candidate === undefined ? {} : { candidate }),
  });
  const [first, ...others] = [
    ...shipping,
    ...(passed === undefined ? [] : [run(passed, 'passed over')]),
    ...leaves.map((leaf) => run(leaf, 'leaf')),
  ];
  if (first === undefined) return [];
  return others.length === 0 ? [first] : [{ ...first, watch: watchTargets(first.build) }, ...others];
}

/** A finding, and the stages whose images it concerns; none where it concerns all that ship, or the file. */
export interface TargetFinding {
  readonly finding: Finding;
  readonly targets: readonly string[];
}

interface Gathered {
  readonly finding: Finding;
  readonly severity: Severity;
  readonly runs: TargetRun[];
}

const weights: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };
const lighter: Readonly<Record<Severity, Severity | undefined>> = {
  error: 'warning',
  warning: 'info',
  info: undefined,
};

/** What one rule says of all runs, each thing once. */
export function* judgeTargets(rule: Rule, options: unknown, runs: readonly TargetRun[]): Iterable<TargetFinding> {
  const [first, ...more] = runs;
  if (first !== undefined && more.length === 0 && first.candidate === undefined) {
    for (const finding of rule.check(first.build, options)) yield { finding: withReason(finding, runs), targets: [] };
    return;
  }
  const gathered = new Map<string, Gathered>();
  for (const { run, findings } of findingsOf(rule, options, runs))
    for (const finding of findings) {
      const severity = finding.severity ?? rule.severity;
      const key = `${placeOf(finding.at)} ${severity} ${finding.message}`;
      const known = gathered.get(key);
      if (known === undefined) gathered.set(key, { finding, severity, runs: [run] });
      else if (!known.runs.includes(run)) known.runs.push(run);
    }
  const all = [...gathered.values()];
  const shipping = runs.filter((run) => run.candidate === undefined);
  for (const each of all) if (!isOutweighed(each, all)) yield* concerned(each, shipping);
}

interface RunFindings {
  readonly run: TargetRun;
  readonly findings: readonly Finding[];
}

/** A rule that has not asked for the targets says the same of each: it is run once. */
function findingsOf(rule: Rule, options: unknown, runs: readonly TargetRun[]): readonly RunFindings[] {
  const [first, ...more] = runs;
  if (first === undefined) return [];
  const { watch } = first;
  if (watch !== undefined) watch.asked = false;
  const findings = [...rule.check(watch?.build ?? first.build, options)];
  const others = more.map((run) => ({
    run,
    findings: watch?.asked === false ? findings : [...rule.check(run.build, options)],
  }));
  return [{ run: first, findings }, ...others];
}

const placeOf = ({ line, column, endLine, endColumn }: Span): string => `${line}:${column}-${endLine}:${endColumn}`;

/** Another target makes it worse, or a stage that surely ships says something of the same place. */
function isOutweighed({ finding, severity, runs }: Gathered, all: readonly Gathered[]): boolean {
  const place = placeOf(finding.at);
  const ships = runs.some(isShipping);
  return all.some((other) => {
    if (placeOf(other.finding.at) !== place || other.runs.some((run) => runs.includes(run))) return false;
    const otherShips = other.runs.some(isShipping);
    return ships === otherShips ? weights[other.severity] > weights[severity] : otherShips;
  });
}

const isShipping = (run: TargetRun): boolean => run.candidate === undefined;

function concerned({ finding, severity, runs }: Gathered, shipping: readonly TargetRun[]): readonly TargetFinding[] {
  const surely = runs.filter((run) => run.candidate === undefined);
  const targets = (surely.length > 0 ? surely : runs).flatMap(({ target }) =>
    target === undefined ? [] : [target.id],
  );
  if (surely.length === shipping.length) return [{ finding: withReason(finding, surely), targets: [] }];
  if (surely.length > 0) return [{ finding: withReason(finding, surely), targets }];
  const [first] = runs;
  const milder = first?.candidate === 'passed over' && severity !== 'error' ? severity : lighter[severity];
  if (milder === undefined || first?.target === undefined) return [];
  const id = first.target.id;
  const said = finding
    .and(first.target.from, `stage ${id} ships when it is built with --target ${id}`)
    .rated({ severity: milder });
  return [{ finding: said, targets }];
}

/** Adds where the project says that the stage ships, to findings whose trail leads to it. */
function withReason(finding: Finding, runs: readonly TargetRun[]): Finding {
  let said = finding;
  for (const { build, target } of runs) {
    const reason = target === undefined ? undefined : build.shipsBecause.get(target);
    if (target === undefined || reason?.because !== 'evidence') continue;
    const places = [said.at, ...said.evidence.map(({ at }) => at)];
    if (!places.some((at) => isSame(at, target.from) || isSame(at, target))) continue;
    const { by, name } = reason.call;
    said = said.and(reason.at, `${by === 'compose' ? 'service' : by} ${name} builds ${nameOf(target)}`);
  }
  return said;
}

const nameOf = ({ name, id, final, index }: Stage): string =>
  name !== undefined ? `stage ${id}` : final ? 'the final stage' : `stage ${index}`;

const isSame = (at: Span, { span }: Located): boolean => placeOf(at) === placeOf(span);
