/** Parser directives: `# syntax=`, `# escape=` and `# check=`, before anything else in the file. */
import { trimmed } from './blank.ts';
import type { Directive } from './instruction.ts';
import { type Source, spanOf } from './source.ts';

const directiveNames: ReadonlySet<string> = new Set(['syntax', 'escape', 'check']);
const nameAndEquals = /^([a-zA-Z][a-zA-Z0-9]*)[\t\n\f\r ]*=/;
const asciiSpace = ' \t\n\f\r';

/** Reads the comment from `start`, where its `#` stands, to `end`; undefined when it is no directive. */
export function readDirective(source: Source, start: number, end: number): Directive | undefined {
  const inner = trimmed(source.text, start + 1, end);
  const line = source.text.slice(inner.start, end);
  const match = nameAndEquals.exec(line);
  const name = match?.[1]?.toLowerCase() ?? '';
  if (match === null || !directiveNames.has(name)) return undefined;
  const value = directiveValue(line.slice(match[0].length));
  if (value === '') return undefined;
  return { name, value, span: spanOf(source, start, inner.end) };
}

/** Without ASCII white space around it; of blanks alone BuildKit's expression keeps one. */
function directiveValue(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && asciiSpace.includes(text[start] ?? '')) start += 1;
  while (end > start && asciiSpace.includes(text[end - 1] ?? '')) end -= 1;
  return start === end ? text.slice(-1) : text.slice(start, end);
}
