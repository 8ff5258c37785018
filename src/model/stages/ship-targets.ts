/** Which stages ship, and why: those asked for, else those that the project's files build to be run, else the final one. */
import type { BuildCall, BuildEvidence } from '../../context/evidence/evidence.ts';
import { stagePurpose } from '../../knowledge/index.ts';
import type { Build, ShipReason, Stage } from '../build.ts';

/** What `--target` and the project's files say, before there are stages. */
export interface TargetWishes {
  /** Names or numbers. */
  readonly asked: readonly string[];
  readonly evidence: BuildEvidence;
}

/** Names of stages that are steps on the way, or are built to test, whoever builds them. */
const notForProduction: ReadonlySet<string | undefined> = new Set([
  'development',
  'test',
  'build',
  'dependencies',
  'base',
  'artifact',
]);

/** The calls that build what is asked for, else those that build what ships. */
export function shippingCalls({ asked, evidence }: TargetWishes, finalStage: string | undefined): readonly BuildCall[] {
  if (asked.length > 0) {
    const wanted = new Set(asked.map((name) => name.toLowerCase()));
    return evidence.calls.filter((call) => wanted.has(targetName(call, finalStage) ?? ''));
  }
  const serious = evidence.calls.filter(({ purpose }) => purpose !== 'development' && purpose !== 'test');
  const named = serious.filter((call) => {
    const name = targetName(call, finalStage);
    return name === finalStage || (name !== undefined && !notForProduction.has(stagePurpose(name)));
  });
  const deployed = new Set(named.filter((call) => call.purpose === 'production').map(serviceOf));
  return named.filter(
    (call) => call.by !== 'compose' || call.purpose === 'production' || !deployed.has(serviceOf(call)),
  );
}

/** A service of compose.yaml that compose.prod.yaml builds, too, runs in production as the latter says. */
const serviceOf = ({ by, name }: BuildCall): string => `${by} ${name}`;

/** The stage that a call builds, lower-cased; undefined when a variable names it, or the final stage has no name. */
function targetName({ target }: BuildCall, finalStage: string | undefined): string | undefined {
  if (target === 'unknown') return undefined;
  return target === 'final' ? finalStage : target.name.toLowerCase();
}

/** The ship targets in the order in which they were found. */
export function chooseTargets(
  stages: readonly Stage[],
  wishes: TargetWishes,
  find: (name: string) => Stage | undefined,
): ReadonlyMap<Stage, ShipReason> {
  const chosen = new Map<Stage, ShipReason>();
  const final = stages.at(-1);
  if (final === undefined) return chosen;
  for (const name of wishes.asked) {
    const stage = find(name);
    if (stage !== undefined) chosen.set(stage, { because: 'asked' });
  }
  if (wishes.asked.length > 0) return chosen;
  for (const call of shippingCalls(wishes, final.id)) {
    const stage = typeof call.target === 'string' ? final : find(call.target.name);
    const at = typeof call.target === 'string' ? call.at : call.target.at;
    if (stage !== undefined && !chosen.has(stage)) chosen.set(stage, { because: 'evidence', call, at });
  }
  return chosen.size > 0 ? chosen : new Map([[final, { because: 'final' }]]);
}

/** The calls that build this stage. */
export const callsFor = (build: Build, stage: Stage): readonly BuildCall[] =>
  build.evidence.calls.filter(({ target }) =>
    target === 'final' ? stage.final : target !== 'unknown' && target.name.toLowerCase() === stage.id,
  );

/**
 * Leaf stages that ship when somebody names them: no other stage uses them, nothing was asked for, no file of the
 * project names a target, and their name is one that people give to what runs in production, or says nothing and they start a program.
 */
export function shipCandidates(build: Build): readonly Stage[] {
  const { evidence, stages, edges, shipsBecause } = build;
  if (evidence.calls.length > 0 || [...shipsBecause.values()].some(({ because }) => because !== 'final')) return [];
  const used = new Set(edges.map((edge) => edge.from));
  return stages.filter(
    (stage) =>
      !shipsBecause.has(stage) &&
      !used.has(stage) &&
      stage.name !== undefined &&
      (stagePurpose(stage.id) === 'production' || (stagePurpose(stage.id) === undefined && startsItself(stage))),
  );
}

/** The stage itself says what runs; a base stage seldom does. */
const startsItself = ({ steps }: Stage): boolean =>
  steps.some(({ instruction: { keyword } }) => keyword === 'CMD' || keyword === 'ENTRYPOINT');
