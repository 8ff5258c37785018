/** What a Dockerfile gives names to, and where these names stand. */
import type { Located, Stage, Value } from '../model/index.ts';

/** A stage, a build argument or an environment variable. */
export interface Name {
  /** `outside`: a variable that is read and that nothing in the file sets: the base image may, or BuildKit does. */
  readonly kind: 'stage' | 'argument' | 'environment' | 'outside';
  /** As it is defined; of a stage without a name its number. */
  readonly text: string;
  /** In the order of the file, each place once. */
  readonly places: readonly NamePlace[];
  /** Where other files of the project name it: `target:` and `args:` of a compose file. */
  readonly mentions: readonly Located[];
  readonly stage?: Stage;
}

export interface NamePlace extends Located {
  readonly role: 'definition' | 'reference';
  /**
   * What stands there: the name itself; the number of a stage; something that comes to the name, such as
   * `${BASE}`; the FROM of a stage that has no name.
   */
  readonly written: 'name' | 'number' | 'value' | 'unnamed';
  /** Of a variable: what it is worth there, and where it has that from; absent where nothing in reach sets it. */
  readonly value?: Value;
}

export const inOrder = (places: Iterable<NamePlace>): readonly NamePlace[] => {
  const found = new Map<string, NamePlace>();
  for (const place of places) {
    const { line, column, endLine, endColumn } = place.span;
    const key = `${line}:${column}:${endLine}:${endColumn}`;
    if (!found.has(key)) found.set(key, place);
  }
  return [...found.values()].sort(
    (one, other) => one.span.line - other.span.line || one.span.column - other.span.column,
  );
};
