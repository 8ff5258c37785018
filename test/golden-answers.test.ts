/**
 * All that `dflint ships`, `dflint graph` and `dflint rebuild` answer for the cases of real builds, word for word:
 * `npm test -- -u` writes it anew. What was measured of these builds is held against the model in `oracle-*`; here
 * stands what no measurement tells: from which line something comes, and why a step runs again.
 */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { answers } from './harness/answers.ts';
import { ownCases, readCase } from './harness/oracle-cases.ts';
import { repository } from './harness/shared.ts';

test.each(ownCases.names())('%s', async (name) => {
  const { build } = readCase(join(ownCases.folder, name), name);
  await expect(`${[...answers(build)].join('\n')}\n`).toMatchFileSnapshot(
    join(repository, 'fixtures/golden/answers', `${name}.txt`),
  );
});
