/** The work for a line or a stage does not grow with the file: counted in processor time, which a busy machine does not lengthen. */
import { expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { lint } from '../src/engine/lint.ts';
import { inputOf } from './bench/inputs.js';

/** What a busy machine and a collection of garbage may add. */
const mostGrowth = 3;

function judge(text: string, targets: readonly string[]): number {
  const before = process.cpuUsage();
  const { failures } = lint({ path: 'Dockerfile', text, rules, targets });
  const { user } = process.cpuUsage(before);
  expect(failures).toEqual([]);
  return user;
}

/** Microseconds of processor time for each line or stage: the least of some runs, or the first that is below `enough`. */
const timeOf = (kind: string, size: number, runs: number, targets: readonly string[] = [], enough = 0): number => {
  const text = inputOf(kind, size);
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs && least >= enough; run += 1) least = Math.min(least, judge(text, targets) / size);
  return least;
};

test.each([
  ['mixed', 1000, 20_000],
  ['commands', 1000, 10_000],
  ['heredoc', 1000, 100_000],
  ['packages', 1000, 20_000],
  ['env', 500, 5000],
  ['copy', 500, 5000],
  ['secret', 500, 5000],
  ['web', 50, 500],
  ['chain', 50, 500],
  ['fan', 50, 500],
  ['apart', 50, 500],
  ['mounted', 200, 1000],
  ['start-again', 500, 5000],
  ['directory-below', 500, 5000],
  ['exposed-range', 200, 2000],
  ['archive', 200, 2000],
  ['curl-files', 500, 5000],
  ['npm-packages', 500, 5000],
  ['find-names', 500, 5000],
  ['removed-files', 1000, 20_000],
  ['owner-again', 100, 1000],
  ['copy-remove', 200, 2000],
  ['chain-again', 50, 500],
  ['same-directory', 100, 2000],
  ['build-tools', 100, 2000],
  ['install-again', 100, 1000],
])('%s: %i and %i', { timeout: 60_000, retry: 1 }, (kind, few, many) => {
  const most = mostGrowth * timeOf(kind, few, 5);
  expect(timeOf(kind, many, 2, [], most)).toBeLessThan(most);
});

test.each([
  ['apart', 50, 500],
  ['fan', 50, 500],
])('%s, each stage a target: %i and %i', { timeout: 60_000, retry: 1 }, (kind, few, many) => {
  const targets = (size: number): readonly string[] => Array.from({ length: size }, (_, at) => String(at));
  const most = mostGrowth * timeOf(kind, few, 5, targets(few));
  expect(timeOf(kind, many, 2, targets(many), most)).toBeLessThan(most);
});
