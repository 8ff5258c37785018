/** Where the secrets of real builds were found, against where dflint says that they can be read. */
import { describe, expect, test } from 'vitest';
import { measuredPlaces, placesOf } from './harness/measured-claims.ts';
import { oracleCases } from './harness/oracle-cases.ts';

const cases = oracleCases();
if (cases.length === 0) console.warn('skipped: there are no cases of real builds');

describe.skipIf(cases.length === 0)('the secrets of a real build', () => {
  const marked = cases.filter(({ truth }) => truth.builds && Object.keys(truth.markers).length > 0);

  test.each(marked.map((each) => [each.name, each] as const))('%s', (_, each) => {
    const [measured] = Object.values(each.truth.markers);
    if (measured === undefined) throw new Error('no marker');
    expect(Object.keys(each.truth.markers)).toHaveLength(1);
    expect(measured.inProvenanceMin).toBe(false);
    expect(placesOf(each)).toEqual(measuredPlaces(each));
  });
});
