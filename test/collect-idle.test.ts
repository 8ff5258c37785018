/** Young memory is tidied up when nobody waits. */
import { getHeapSpaceStatistics } from 'node:v8';
import { expect, test } from 'vitest';
import { idleCollection } from '../src/cli/collect-idle.ts';

const inUse = (): number =>
  getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_used_size ?? 0;

/** Fills young memory with what nobody holds, until it is nearly as full as it gets. */
function leaveBehind(): number {
  let most = 0;
  for (let used = inUse(); used >= most; used = inUse()) {
    most = used;
    for (let each = 0; each < 200; each += 1) Array.from({ length: 100 }, (_, at) => ({ at }));
  }
  for (let used = inUse(); used < most * 0.7; used = inUse()) Array.from({ length: 100 }, (_, at) => ({ at }));
  return inUse();
}

test('what was left behind is gone a moment after an answer, and not before', async () => {
  const rest = idleCollection();
  // The first time loads what it needs.
  rest();
  await new Promise((done) => setTimeout(done, 200));
  const full = leaveBehind();
  rest();
  expect(inUse()).toBeGreaterThan(full * 0.5);
  await expect.poll(inUse, { interval: 20 }).toBeLessThan(full * 0.5);
});
