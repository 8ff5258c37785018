/** Data files (YAML, JSON, HCL) as maps, lists and texts that know their lines. */

export type Data = DataMap | DataList | DataText;

export interface DataMap {
  readonly kind: 'map';
  /** 1-based. */
  readonly line: number;
  readonly entries: ReadonlyMap<string, DataEntry>;
}

export interface DataEntry {
  /** Line of the key. */
  readonly line: number;
  readonly value: Data;
}

export interface DataList {
  readonly kind: 'list';
  readonly line: number;
  readonly items: readonly Data[];
}

export interface DataText {
  readonly kind: 'text';
  /** Where the text itself starts: a block scalar of YAML starts on the line after `|`. */
  readonly line: number;
  /** Absent for null, and for an expression that is not worked out. */
  readonly text?: string;
}

/** Text of a data file to data; undefined when it cannot be read. */
export type DataReader = (text: string) => Data | undefined;

export const entryOf = (data: Data | undefined, name: string): DataEntry | undefined =>
  data?.kind === 'map' ? data.entries.get(name) : undefined;

/** The value that names lead to, map by map. */
export function at(data: Data | undefined, ...names: readonly string[]): Data | undefined {
  let found = data;
  for (const name of names) found = entryOf(found, name)?.value;
  return found;
}

export const textOf = (data: Data | undefined): string | undefined => (data?.kind === 'text' ? data.text : undefined);

export const entriesOf = (data: Data | undefined): Iterable<readonly [string, DataEntry]> =>
  data?.kind === 'map' ? data.entries : [];

/** Items of a list; a lone value counts as a list of one. */
export function itemsOf(data: Data | undefined): readonly Data[] {
  if (data === undefined || (data.kind === 'text' && data.text === undefined)) return [];
  return data.kind === 'list' ? data.items : [data];
}

/** `other` over `data`: maps are merged key by key, anything else is replaced. */
export function mergedData(data: Data | undefined, other: Data): Data {
  if (data?.kind !== 'map' || other.kind !== 'map') return other;
  const entries = new Map(data.entries);
  for (const [name, entry] of other.entries)
    entries.set(name, { line: entry.line, value: mergedData(entries.get(name)?.value, entry.value) });
  return { ...other, entries };
}

export interface NamedValue {
  readonly name: string;
  readonly line: number;
  /** Absent when only the name stands there, or the value is not known. */
  readonly value?: string;
}

/** `{NAME: value}`, or a list of `NAME=value` and `NAME`. */
export function namedValues(data: Data | undefined): readonly NamedValue[] {
  if (data?.kind === 'map') return [...data.entries].map(([name, { line, value }]) => named(name, line, textOf(value)));
  return itemsOf(data).flatMap((item) => {
    const text = textOf(item) ?? '';
    const equals = text.indexOf('=');
    const name = (equals === -1 ? text : text.slice(0, equals)).trim();
    return name === '' ? [] : [named(name, item.line, equals === -1 ? undefined : text.slice(equals + 1))];
  });
}

const named = (name: string, line: number, value: string | undefined): NamedValue =>
  value === undefined ? { name, line } : { name, line, value };
