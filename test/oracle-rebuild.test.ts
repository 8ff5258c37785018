/** Which install steps come from the cache when a file, an argument or a secret changes, against real builds. */
import { describe, expect, test } from 'vitest';
import { rebuild } from '../src/model/index.ts';
import { oracleCases } from './harness/oracle-cases.ts';

const cases = oracleCases().filter(({ truth }) => truth.afterChange !== undefined);
if (cases.length === 0) console.warn('skipped: there are no cases of real builds');

describe.skipIf(cases.length === 0)('the build after a change', () => {
  test.each(cases.map((each) => [each.name, each] as const))('%s', (_, { build, truth, changes }) => {
    const installs = rebuild(build, changes)
      .filter(({ built }) => built)
      .flatMap(({ steps }) => steps.filter(({ step }) => step.commands.some(({ install }) => install !== undefined)));
    const measured = truth.afterChange?.installSteps ?? [];
    expect(installs.map(({ runs }) => runs)).toEqual(measured.map(({ cached }) => (cached ? 'no' : 'yes')));
  });
});
