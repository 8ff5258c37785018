/** How many lines a piece has: Stryker mutates what lies wholly in it. */
const length = 16;

/** A sequence of numbers below `below`, the same for the same seed (mulberry32). */
function generator(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/**
 * `count` pieces of files (path, number of lines), as Stryker writes them (`path:from-to`). Every line is as likely
 * as any other, and in one piece at most.
 */
export function pieces(files, count, seed) {
  const all = files.flatMap(([path, lines]) =>
    Array.from({ length: Math.ceil(lines / length) }, (_, index) => {
      const from = index * length + 1;
      return `${path}:${from}-${Math.min(lines, from + length - 1)}`;
    }),
  );
  const random = generator(seed);
  const chosen = [];
  while (chosen.length < count && all.length > 0) chosen.push(...all.splice(random(all.length), 1));
  return chosen.sort();
}
