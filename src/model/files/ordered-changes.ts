/** Lists of changes in the order of their sequence numbers. */
import type { FileChange } from '../build.ts';

/** How many of the ascending `items` are below `end`. */
export function countBefore<Item>(items: readonly Item[], end: number, sequenceOf: (item: Item) => number): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && sequenceOf(item) < end) low = middle + 1;
    else high = middle;
  }
  return low;
}

export const sequenceOf = ({ sequence }: FileChange): number => sequence;
export const itself = (sequence: number): number => sequence;

/** The last of `changes` made before `end`. */
export const lastBefore = (changes: readonly FileChange[], end: number): FileChange | undefined =>
  changes[countBefore(changes, end, sequenceOf) - 1];

/** The additions made from one number on, before another. */
export const additionsIn = (changes: readonly FileChange[], from: number, end: number): readonly FileChange[] =>
  changes
    .slice(countBefore(changes, from, sequenceOf), countBefore(changes, end, sequenceOf))
    .filter(({ kind }) => kind === 'addition');
