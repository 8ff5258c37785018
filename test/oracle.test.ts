/**
 * What real builds measured, read as data from `../shared/oracle/cases` and `fixtures/oracle`: what the rules say
 * of the user, of development packages, of .npmrc, of caches, of secrets in the history, of installs that run again and of
 * stages that are never built. `oracle-ships`, `oracle-secrets` and `oracle-rebuild` compare the model itself.
 */
import { describe, expect, test } from 'vitest';
import { credentialLeaks, discardedTrees, shippedCaches } from '../src/model/index.ts';
import { isMeasured, says } from './harness/measured-claims.ts';
import { oracleCases } from './harness/oracle-cases.ts';

/** Where dflint says something else than was measured, on purpose. */
const stricterOrMilder: ReadonlyMap<string, string> = new Map([
  [
    'cache-ignored-file',
    'the measured change is of an ignored file; the source that COPY takes does rerun the install',
  ],
  ['secret-arg-not-referenced', 'an argument that nothing names is reported as info: mostly nobody passes it'],
]);

/** An .npmrc ships that holds no token: dflint says nothing of it. */
const harmless: ReadonlySet<string> = new Set(['npm-config-set-omit', 'npm-omit-by-npmrc', 'secret-sed-removed']);

const cases = oracleCases();
if (cases.length === 0) console.warn('skipped: there are no cases of real builds');

describe.skipIf(cases.length === 0)('what rules say of real builds', () => {
  const built = cases.filter(({ name, truth }) => truth.builds && !stricterOrMilder.has(name));

  test.each(built.map((each) => [each.name, each] as const))('%s', (_, each) => {
    const { build, truth } = each;
    const marks = Object.values(truth.markers);
    expect({
      root: says(each, 'root-user'),
      development: isMeasured(truth) && says(each, 'dev-dependencies-shipped', 'warning'),
      inDeletedLayers: [...discardedTrees(build)].length > 0,
      npmrc: [...credentialLeaks(build)].some(({ change }) => change.path.endsWith('/.npmrc')),
      history: says(each, 'secret-in-build-arg', 'error'),
      caches: [...shippedCaches(build)].some(({ emptiedBy }) => emptiedBy === undefined),
      neverBuilt: build.stages.filter((stage) => !stage.reachable).map(({ id }) => id),
    }).toEqual({
      root: truth.runsAsRoot,
      development: truth.shipsDevDependencies,
      inDeletedLayers: truth.devOnlyInDeletedLayerFiles.length > 0,
      npmrc: !harmless.has(each.name) && truth.npmrc.inFinalFiles.length + truth.npmrc.inDeletedLayerFiles.length > 0,
      history: marks.some(({ inConfigOrHistory }) => inConfigOrHistory.length > 0),
      caches: truth.packageManagerCaches.length > 0,
      neverBuilt: truth.stages.notBuilt,
    });
    if (each.touch !== undefined && truth.afterChange !== undefined)
      expect(says(each, 'source-copied-before-install')).toBe(truth.afterChange.installReruns);
  });
});
