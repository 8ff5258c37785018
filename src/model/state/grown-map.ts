/**
 * Maps that grow from step to step, each step keeping the one it saw: those of one line share their entries, so that a
 * step costs what it adds. Keys stand in the order in which they were first set, as in a Map.
 */

/** The values of one key, and the version from which on each of them counts, ascending. */
interface History<Value> {
  readonly versions: number[];
  readonly values: Value[];
}

interface Line<Key, Value> {
  readonly histories: Map<Key, History<Value>>;
  /** Only the map of this version can go on in the line. */
  newest: number;
}

/** A map that holds what `before` holds, and then `entries`; `before` stays as it is. */
export const grown = <Key, Value>(
  before: ReadonlyMap<Key, Value>,
  entries: Iterable<readonly [Key, Value]>,
): ReadonlyMap<Key, Value> => (before instanceof GrownMap ? before : begun(before)).and(entries);

const begun = <Key, Value>(entries: Iterable<readonly [Key, Value]>): GrownMap<Key, Value> =>
  new GrownMap<Key, Value>({ histories: new Map(), newest: 0 }, 0).and(entries);

class GrownMap<Key, Value> implements ReadonlyMap<Key, Value> {
  readonly size: number;
  readonly #line: Line<Key, Value>;
  readonly #version: number;

  constructor(line: Line<Key, Value>, version: number) {
    this.#line = line;
    this.#version = version;
    this.size = line.histories.size;
  }

  and(entries: Iterable<readonly [Key, Value]>): GrownMap<Key, Value> {
    const line = this.#line;
    if (line.newest !== this.#version) return begun([...this, ...entries]);
    const next = line.newest + 1;
    for (const [key, value] of entries) {
      line.newest = next;
      const history = line.histories.get(key);
      if (history === undefined) line.histories.set(key, { versions: [next], values: [value] });
      else if (history.versions.at(-1) === next) history.values[history.values.length - 1] = value;
      else {
        history.versions.push(next);
        history.values.push(value);
      }
    }
    return line.newest === next ? new GrownMap(line, next) : this;
  }

  #indexIn({ versions }: History<Value>): number {
    let [low, high] = [0, versions.length];
    if ((versions[high - 1] ?? 0) <= this.#version) return high - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((versions[middle] ?? 0) <= this.#version) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  get(key: Key): Value | undefined {
    const history = this.#line.histories.get(key);
    return history?.values[this.#indexIn(history)];
  }

  has(key: Key): boolean {
    const history = this.#line.histories.get(key);
    return history !== undefined && this.#indexIn(history) >= 0;
  }

  *entries(): MapIterator<[Key, Value]> {
    let left = this.size;
    for (const [key, history] of this.#line.histories) {
      if (left === 0) return;
      left -= 1;
      const value = history.values[this.#indexIn(history)];
      // Every key among the first `size` has a value by now.
      if (value !== undefined) yield [key, value];
    }
  }

  *keys(): MapIterator<Key> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): MapIterator<Value> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): MapIterator<[Key, Value]> {
    return this.entries();
  }

  forEach(visit: (value: Value, key: Key, map: ReadonlyMap<Key, Value>) => void): void {
    for (const [key, value] of this.entries()) visit(value, key, this);
  }
}
