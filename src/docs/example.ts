/** The examples of a rule, as readers see them: without the markers that tests read. */

/** An example as it would stand in a project. */
export interface Example {
  readonly text: string;
  /** The options that it gives its rule. */
  readonly options?: unknown;
}

/** Something said of a place in an example; columns are 1-based, the end is exclusive. */
export interface Remark {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
}

const marker = /^\s*#\s*(?:want|note)(?:[+-]\d+|@file)?:\s/;
const optionsMarker = /^# --options (.+)$/;

export function plainExample(marked: string): Example {
  const lines = marked.split('\n');
  const given = lines.map((line) => optionsMarker.exec(line)?.[1]).find((each) => each !== undefined);
  const text = lines.filter((line) => !marker.test(line) && !optionsMarker.test(line)).join('\n');
  return given === undefined ? { text } : { text, options: JSON.parse(given) };
}

/** Below each line that something is said of stands a comment that points at the place and says it. */
export function annotated(text: string, remarks: readonly Remark[]): readonly string[] {
  const lines = text.replace(/\n$/, '').split('\n');
  return lines.flatMap((line, index) => [
    line,
    ...remarks.filter((remark) => remark.line === index + 1).map((remark) => pointer(line, remark)),
  ]);
}

/** The comment sign takes the first column, so the arrows of a place that starts there start behind it. */
function pointer(line: string, { line: first, column, endLine, endColumn, message }: Remark): string {
  const from = Math.max(column - 1, 2);
  const to = endLine === first ? endColumn - 1 : line.trimEnd().length;
  return `#${' '.repeat(from - 1)}${'^'.repeat(Math.max(1, to - from))} ${message}`;
}
