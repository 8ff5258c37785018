/** Lists that go on where the one before ends, as what a step inherits does: what has been looked at is not looked at again. */

/** The items of a list that pass, and those that do not, in their order. */
export type Sift<Item> = (list: readonly Item[]) => {
  readonly passed: readonly Item[];
  readonly others: readonly Item[];
};

/** Quick for lists of which each holds the one before and more; right for any. */
export function sifted<Item>(passes: (item: Item) => boolean): Sift<Item> {
  let list: readonly Item[] = [];
  let found: ReturnType<Sift<Item>> = { passed: [], others: [] };
  return (next) => {
    const from = next.length >= list.length && list.every((item, at) => item === next[at]) ? list.length : 0;
    const [passed, others]: [Item[], Item[]] = [[], []];
    for (const item of next.slice(from)) (passes(item) ? passed : others).push(item);
    found =
      from === 0 ? { passed, others } : { passed: joined(found.passed, passed), others: joined(found.others, others) };
    list = next;
    return found;
  };
}

const joined = <Item>(one: readonly Item[], other: readonly Item[]): readonly Item[] =>
  other.length === 0 ? one : one.concat(other);
