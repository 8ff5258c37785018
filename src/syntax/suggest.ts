/** The nearest valid spelling of a misspelled name. */

/** BuildKit offers a spelling that is at most two edits away. */
const mostEdits = 2;

/**
 * The option with the fewest edits from `name`, none when every option is more than `most` edits away
 * or when one equals it, case included.
 */
export function nearest(name: string, options: Iterable<string>, most: 1 | 2 = mostEdits): string | undefined {
  let best: string | undefined;
  let fewest = most + 1;
  for (const option of options) {
    const edits = editsBetween(name, option);
    if (edits === 0) return undefined;
    if (edits < fewest) {
      fewest = edits;
      best = option;
    }
  }
  return best;
}

/** ` (did you mean X?)`, or nothing. */
export function didYouMean(option: string | undefined): string {
  return option === undefined ? '' : ` (did you mean ${option}?)`;
}

/** Levenshtein distance; lengths that differ by more than two edits are not worth counting. */
function editsBetween(left: string, right: string): number {
  if (Math.abs(left.length - right.length) > mostEdits) return mostEdits + 1;
  let previous = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const replaced = (previous[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
}

/** A list as English has it: `a, b or c`. */
export function anyOf(options: readonly string[]): string {
  return options.length < 2 ? options.join('') : `${options.slice(0, -1).join(', ')} or ${options.at(-1)}`;
}
