/** A configuration as text: its value, and where each part of it stands. */

/** Keys and indices from the root to a part. */
export type ConfigPath = readonly (string | number)[];

export interface ConfigDocument {
  readonly value: unknown;
  /** Where a part stands, or the nearest part around it, 1-based; the key for an entry that is not expected. */
  place(path: ConfigPath): ConfigPlace;
}

export interface ConfigPlace {
  readonly line: number;
  readonly column: number;
}

/** Text that is not of its format. */
export interface ConfigSyntaxFault extends ConfigPlace {
  readonly message: string;
}

export type ConfigFormat = 'json' | 'yaml' | 'toml';

export type ReadDocument = (text: string) => ConfigDocument | ConfigSyntaxFault;

/** The place of an offset in a text. */
export function placeAt(text: string, offset: number): ConfigPlace {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - (before.lastIndexOf('\n') + 1) + 1 };
}
