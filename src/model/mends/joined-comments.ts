/** Comments on lines of their own. */
import type { Build } from '../build.ts';
import type { JoinedComment } from '../stages/joined-comments.ts';
import type { Fix } from './fix.ts';
import { lineAt, linesAbove } from './lines.ts';

/** The comment above its instruction; undefined where that has more than one line. */
export function commentAbove(build: Build, { step: { instruction }, span }: JoinedComment): Fix | undefined {
  const line = lineAt(build.file.source.text, build, span.line);
  if (line === undefined || instruction.span.line !== instruction.span.endLine || instruction.heredocs.length > 0)
    return undefined;
  const start = line.slice(0, span.column - 1).trimEnd().length;
  const at = { line: span.line, column: start + 1, endLine: span.line, endColumn: line.length + 1 };
  return {
    says: 'Put the comment above',
    safety: 'unsafe',
    edits: [linesAbove(instruction, [line.slice(span.column - 1).trimEnd()]), { at, text: '' }],
  };
}
