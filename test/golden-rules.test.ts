/** All that the rules tell of their fixtures, word for word: `npm test -- -u` writes it anew. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { fixturesOf } from './harness/rule-fixtures.ts';
import { repository } from './harness/shared.ts';
import { toldOfFixture } from './harness/told.ts';

test.each(rules)('$id', async (rule) => {
  const bad = fixturesOf(rule.id).filter((each) => each.startsWith('bad-'));
  const text = `${bad.flatMap((name) => [name, ...toldOfFixture(rule, name)]).join('\n')}\n`;
  await expect(text).toMatchFileSnapshot(join(repository, 'fixtures/golden/rules', `${rule.id}.txt`));
});
