/** Where the secrets of real builds were found, against where dflint says that they can be read. */
import { describe, expect, test } from 'vitest';
import { type SecretPlace, secretPlaces } from '../src/model/index.ts';
import { type OracleCase, oracleCases } from './harness/oracle-cases.ts';

const cases = oracleCases();
if (cases.length === 0) console.warn('skipped: there are no cases of real builds');

/** What dflint says of all secrets of a case together: each case has one. */
function saidOf({ build }: OracleCase) {
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

describe.skipIf(cases.length === 0)('the secrets of a real build', () => {
  const marked = cases.filter(({ truth }) => truth.builds && Object.keys(truth.markers).length > 0);

  test.each(marked.map((each) => [each.name, each] as const))('%s', (_, each) => {
    const [measured] = Object.values(each.truth.markers);
    if (measured === undefined) throw new Error('no marker');
    expect(Object.keys(each.truth.markers)).toHaveLength(1);
    expect(measured.inProvenanceMin).toBe(false);
    expect(saidOf(each)).toEqual({
      inFinalFiles: measured.inFinalFiles,
      inDeletedLayerFiles: measured.inDeletedLayerFiles,
      inConfig: measured.inConfigOrHistory.some((entry) => entry.startsWith('config.')),
      inHistory: measured.inConfigOrHistory.some((entry) => entry.startsWith('history: ')),
      inProvenanceMax: measured.inProvenanceMax,
    });
  });
});
