/** Numbers at random, the same ones for the same seed (mulberry32), so that a failure can be repeated. */

export interface Random {
  /** A whole number from 0, below `limit`. */
  below(limit: number): number;
  /** True once in `times`. */
  once(times: number): boolean;
  /** One of them; there must be one. */
  pick<Value>(values: readonly Value[]): Value;
}

export function randomFrom(seed: number): Random {
  let state = seed | 0;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % Math.max(1, limit);
  };
  return {
    below,
    once: (times) => below(times) === 0,
    pick(values) {
      const [first] = values;
      if (first === undefined) throw new Error('nothing to pick from');
      return values[below(values.length)] ?? first;
    },
  };
}
