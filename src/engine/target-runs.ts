/** Lets rules judge one ship target at a time, and says of each finding which targets it concerns. */
import { type Build, passedOver, reachableFrom, type Stage, shipCandidates } from '../model/index.ts';
import type { Finding, Rule, Severity } from '../rule.ts';
import type { Span } from '../syntax/index.ts';

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

/** Of many images that nobody says are shipped, each is judged with what it needs: the first run judges all stages. */
function ofItsOwn(run: TargetRun): TargetRun {
  const { build } = run;
  let needed: ReadonlySet<Stage> | undefined;
  return {
    ...run,
    build: {
      ...build,
      get scope() {
        needed ??= new Set(
          [...reachableFrom(build.targets, build.edges)].sort((one, other) => one.index - other.index),
        );
        return needed;
      },
    },
  };
}

/** More targets than this are judged as one: what is said of some of them is not told from what concerns all. */
const mostTargets = 100;

function shippingRuns(build: Build): readonly TargetRun[] {
  const { targets } = build;
  if (targets.length > mostTargets) return [{ build, target: undefined }];
  if (targets.length <= 1) return [{ build, target: targets[0] }];
  return targets.map((target) => ({ build: { ...build, targets: [target] }, target }));
}

export function targetRuns(build: Build): readonly TargetRun[] {
  const shipping = shippingRuns(build);
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
    ...leaves.map((leaf) => ofItsOwn(run(leaf, 'leaf'))),
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
  readonly runs: Set<TargetRun>;
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
  const shipping = runs.filter((run) => run.candidate === undefined);
  const said = findingsOf(rule, options, runs);
  const places = gatheredByPlace(rule, said);
  for (const alike of places.values())
    for (const each of alike.values())
      if (said.length === 1) yield { finding: withReason(each.finding, shipping), targets: [] };
      else if (!isOutweighed(each, alike)) yield* concerned(each, shipping);
}

interface RunFindings {
  readonly run: TargetRun;
  readonly findings: readonly Finding[];
}

/** A rule that has not asked for the targets says the same of each: it is run once. */
function findingsOf(rule: Rule, options: unknown, [first, ...more]: readonly TargetRun[]): readonly RunFindings[] {
  if (first === undefined) return [];
  const { watch } = first;
  if (watch !== undefined) watch.asked = false;
  const said = [{ run: first, findings: [...rule.check(watch?.build ?? first.build, options)] }];
  if (watch?.asked === false) return said;
  for (const run of more) said.push({ run, findings: [...rule.check(run.build, options)] });
  return said;
}

/** What is said of one place, each thing once. */
function gatheredByPlace(rule: Rule, said: readonly RunFindings[]): ReadonlyMap<string, ReadonlyMap<string, Gathered>> {
  const places = new Map<string, Map<string, Gathered>>();
  for (const { run, findings } of said)
    for (const finding of findings) {
      const severity = finding.severity ?? rule.severity;
      const place = placeOf(finding.at);
      const alike = places.get(place) ?? new Map<string, Gathered>();
      if (alike.size === 0) places.set(place, alike);
      const key = `${severity} ${finding.message}`;
      const known = alike.get(key);
      if (known === undefined) alike.set(key, { finding, severity, runs: new Set([run]) });
      else known.runs.add(run);
    }
  return places;
}

const placeOf = ({ line, column, endLine, endColumn }: Span): string => `${line}:${column}-${endLine}:${endColumn}`;

/** Another target makes it worse, or a stage that surely ships says something of the same place. */
function isOutweighed({ severity, runs }: Gathered, alike: ReadonlyMap<string, Gathered>): boolean {
  if (alike.size === 1) return false;
  const ships = [...runs].some(isShipping);
  return [...alike.values()].some((other) => {
    if ([...other.runs].some((run) => runs.has(run))) return false;
    const otherShips = [...other.runs].some(isShipping);
    return ships === otherShips ? weights[other.severity] > weights[severity] : otherShips;
  });
}

const isShipping = (run: TargetRun): boolean => run.candidate === undefined;

function concerned({ finding, severity, runs }: Gathered, shipping: readonly TargetRun[]): readonly TargetFinding[] {
  const surely = [...runs].filter(isShipping);
  const targets = (surely.length > 0 ? surely : [...runs]).flatMap(({ target }) =>
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
function withReason(finding: Finding, runs: Iterable<TargetRun>): Finding {
  const told = [...runs];
  const [first] = told;
  if (first === undefined || first.build.evidence.calls.length === 0) return finding;
  const places = new Set([finding.at, ...finding.evidence.map(({ at }) => at)].map(placeOf));
  const reached = new Set([...places].flatMap((place) => stagesAt(first.build).get(place) ?? []));
  let said = finding;
  for (const { build, target } of reached.size === 0 ? [] : told) {
    const reason = target === undefined || !reached.has(target) ? undefined : build.shipsBecause.get(target);
    if (target === undefined || reason?.because !== 'evidence') continue;
    const { by, name } = reason.call;
    said = said.and(reason.at, `${by === 'compose' ? 'service' : by} ${name} builds ${nameOf(target)}`);
  }
  return said;
}

/** Stages by the places of their FROM and of themselves. */
function stagesAt({ stages }: Build): ReadonlyMap<string, readonly Stage[]> {
  const known = stagesByPlace.get(stages);
  if (known !== undefined) return known;
  const found = new Map<string, Stage[]>();
  for (const stage of stages)
    for (const place of new Set([placeOf(stage.span), placeOf(stage.from.span)]))
      found.set(place, [...(found.get(place) ?? []), stage]);
  stagesByPlace.set(stages, found);
  return found;
}

const stagesByPlace = new WeakMap<readonly Stage[], ReadonlyMap<string, readonly Stage[]>>();

const nameOf = ({ name, id, final, index }: Stage): string =>
  name !== undefined ? `stage ${id}` : final ? 'the final stage' : `stage ${index}`;
