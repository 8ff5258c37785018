/** What dflint claims of a build, and what a real build measured, side by side. */
import { rules } from '../../rules/index.ts';
import { discardedTrees, type SecretPlace, secretPlaces, shippedCaches, shippedTrees } from '../../src/model/index.ts';
import type { Rule, Severity } from '../../src/rule.ts';
import type { OracleCase, Truth } from './oracle-cases.ts';

/** Whether a rule finds something of this severity, any by default. */
export function says({ build }: OracleCase, id: string, ...severities: readonly Severity[]): boolean {
  const rule: Rule | undefined = rules.find((each) => each.id === id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  return [...rule.check(build, undefined)].some(
    ({ severity = rule.severity }) => severities.length === 0 || severities.includes(severity),
  );
}

/** A tree of links, as pnpm makes it, is not opened by the measurement. */
export const isMeasured = ({ nodeModules, files }: Truth): boolean =>
  Object.keys(nodeModules).length > 0 || !files.some((path) => path.endsWith('/node_modules/'));

/** The claims of the model about one case, in the words of its truth. */
export function claimsOf(each: OracleCase) {
  const { build, truth } = each;
  return {
    root: build.targets.some(({ result }) => result.user.identity === 'root'),
    development: isMeasured(truth) && [...shippedTrees(build)].some(({ development }) => development === 'yes'),
    inDeletedLayers: [...discardedTrees(build)].length > 0,
    caches: [...shippedCaches(build)].some(({ emptiedBy }) => emptiedBy === undefined),
    neverBuilt: build.stages.filter((stage) => !stage.reachable).map(({ id }) => id),
    ...placesOf(each),
  };
}

/** What dflint says of all secrets of a case together: each case has one at most. */
export function placesOf({ build }: OracleCase) {
  const placed = build.targets.flatMap((target) => secretPlaces(build, target));
  const namesAt = (place: SecretPlace) => placed.filter(({ places }) => places.includes(place)).map(({ name }) => name);
  return {
    inFinalFiles: namesAt('rootfs').sort(),
    inDeletedLayerFiles: namesAt('layer').sort(),
    inConfig: namesAt('config').length > 0,
    inHistory: namesAt('history').length > 0,
    inProvenanceMax: namesAt('provenance').length > 0,
  };
}

/** The same as it was measured. */
export function measuredOf(each: OracleCase) {
  const { truth } = each;
  return {
    root: truth.runsAsRoot,
    development: truth.shipsDevDependencies,
    inDeletedLayers: truth.devOnlyInDeletedLayerFiles.length > 0,
    caches: truth.packageManagerCaches.length > 0,
    neverBuilt: truth.stages.notBuilt,
    ...measuredPlaces(each),
  };
}

/** Where the one secret of a case was found. */
export function measuredPlaces({ truth }: OracleCase) {
  const [marker] = Object.values(truth.markers);
  const shown = marker?.inConfigOrHistory ?? [];
  return {
    inFinalFiles: marker?.inFinalFiles ?? [],
    inDeletedLayerFiles: marker?.inDeletedLayerFiles ?? [],
    inConfig: shown.some((entry) => entry.startsWith('config.')),
    inHistory: shown.some((entry) => entry.startsWith('history: ')),
    inProvenanceMax: marker?.inProvenanceMax ?? false,
  };
}
