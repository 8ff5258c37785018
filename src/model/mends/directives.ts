/** Parser directives where BuildKit sees them. */
import type { Edit, LostDirective } from '../../syntax/index.ts';
import type { Build } from '../build.ts';
import { before, type Fix } from './fix.ts';
import { lineAt } from './lines.ts';

/** The line below the directives that are in effect, or the first one. */
export function directiveInEffect(build: Build, lost: LostDirective): Fix | undefined {
  const { span, name, value, stoppedAt } = lost;
  const { text } = build.file.source;
  if (/[^\S ]/.test(value)) return undefined;
  const line = `# ${name}=${value}`;
  const mark = span.line === 1 && text.startsWith('\ufeff') ? 1 : 0;
  // Other rules hold for the whole file, read by another frontend or with another escape.
  const fix = { says: `Write ${line} at the top`, safety: name === 'check' ? 'safe' : 'unsafe' } as const;
  if (span.line === stoppedAt)
    return { ...fix, edits: [{ at: { ...span, column: 1 + mark, endColumn: endOf(build, span.line) }, text: line }] };
  const top = stoppedAt === 1 && text.startsWith('\ufeff') ? 2 : 1;
  const first = before({ ...span, line: stoppedAt, column: top }, `${line}\n`);
  const isLast = lineAt(text, build, span.line + 1) === undefined;
  const end = isLast
    ? { endLine: span.line, endColumn: endOf(build, span.line) }
    : { endLine: span.line + 1, endColumn: 1 };
  const gone: Edit = { at: { line: span.line, column: 1, ...end }, text: '' };
  return { ...fix, edits: [first, gone] };
}

const endOf = (build: Build, line: number): number => (lineAt(build.file.source.text, build, line) ?? '').length + 1;
