/** Who owns what, and who is there, against builds that worked and builds that did not. */
import { describe, expect, test } from 'vitest';
import { missingAccounts, unwritableFiles } from '../src/model/index.ts';
import { oracleCases } from './harness/oracle-cases.ts';

const cases = oracleCases().map((each) => [each.name, each] as const);
if (cases.length === 0) console.warn('skipped: there are no cases of real builds');

describe.skipIf(cases.length === 0)('owners and accounts of a real build', () => {
  test.each(cases.filter(([, { truth }]) => truth.builds))(
    '%s builds, and nothing is said against it',
    (_, { build }) => {
      expect([...unwritableFiles(build)]).toEqual([]);
      expect([...missingAccounts(build)].filter(({ hits }) => hits === 'run')).toEqual([]);
    },
  );

  test.each(cases.filter(([name, { truth }]) => /^owner-|^user-not/.test(name) && !truth.builds))(
    '%s does not build, and it is said why',
    (_, { build }) => expect([...unwritableFiles(build), ...missingAccounts(build)]).toHaveLength(1),
  );
});
