/** Arrays as JSON has them. */
import type { Build } from '../build.ts';
import type { BrokenForm } from '../stages/broken-arrays.ts';
import type { Fix } from './fix.ts';
import { writtenAt } from './written.ts';

/** Double quotes, commas between the strings and backslashes doubled; undefined where more is wrong, or it goes over lines. */
export function asJson(build: Build, { instruction, keyword, fault }: BrokenForm): Fix | undefined {
  const { span } = instruction;
  const written = writtenAt(build, span);
  const start = written.indexOf('[');
  if (span.line !== span.endLine || start === -1 || !written.trimEnd().endsWith(']')) return undefined;
  const text = written.slice(start).trimEnd();
  const right = repaired(text);
  if (right === undefined) return undefined;
  const column = span.column + start;
  // No shell knows a program that begins with a bracket and a quote.
  const isQuoted = fault === 'single-quotes' || fault === 'curly-quotes';
  return {
    says: 'Write it as JSON',
    safety: isQuoted && (keyword === 'CMD' || keyword === 'ENTRYPOINT') ? 'safe' : 'unsafe',
    edits: [{ at: { ...span, column, endColumn: column + text.length }, text: right }],
  };
}

/** Captured is the end of a string that nothing closes. */
const anyString =
  /"(?:[^"\\]|\\.)*(?:"|(\\?$))|'[^'"\\]*'|[\u201c\u201d][^"\u201c\u201d\\]*[\u201c\u201d]|[\u2018\u2019][^"\u2018\u2019\\]*[\u2018\u2019]/gs;

function repaired(text: string): string | undefined {
  const inner = text.slice(1, -1);
  if (/[^\s,]/.test(inner.replaceAll(anyString, ''))) return undefined;
  const found = [...inner.matchAll(anyString)];
  if (found.some(([, unclosed]) => unclosed !== undefined)) return undefined;
  const strings = found.map(([string]) => `"${withEscapes(string.slice(1, -1))}"`);
  const blank = /^\s/.test(inner) ? ' ' : '';
  const array = `[${blank}${strings.join(', ')}${blank}]`;
  return strings.length > 0 && isJson(array) && array !== text ? array : undefined;
}

/** Of Windows: `C:\\app`; a backslash in front of a quote or another backslash is one already. */
const withEscapes = (text: string): string => (/\\["\\]/.test(text) ? text : text.replaceAll('\\', '\\\\'));

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
