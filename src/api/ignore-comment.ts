/** The comment that ignores a finding, as an edit. */
import type { ReportedFinding } from '../engine/lint.ts';
import type { Edit } from '../rule.ts';
import { type Dockerfile, lineIndexAt, offsetAt } from '../syntax/index.ts';

/** `# dflint ignore=RULE reason=TEXT` above the instruction of a finding; undefined where no instruction is near. */
export function ignoreComment(
  { instructions, source }: Dockerfile,
  { line, rule }: Pick<ReportedFinding, 'line' | 'rule'>,
  reason = '',
): Edit | undefined {
  const instruction =
    instructions.find(({ span }) => span.line <= line && line <= span.endLine) ??
    instructions.find(({ span }) => span.line > line);
  if (instruction === undefined) return undefined;
  const first = instruction.span.line;
  const start = lineIndexAt(source, offsetAt(source, first, 1));
  const before = source.text.slice(source.lineStarts[start], source.lineStarts[start + 1]);
  const [indent = ''] = /^\ufeff?[ \t]*/.exec(before) ?? [];
  const ending = before.endsWith('\r\n') ? '\r\n' : '\n';
  const said = reason.replace(/\s+/g, ' ').trim();
  const comment = `# dflint ignore=${rule}${said === '' ? '' : ` reason=${said}`}`;
  const column = indent.length + 1;
  const at = { line: first, column, endLine: first, endColumn: column };
  return { at, text: `${comment}${ending}${indent.replace('\ufeff', '')}` };
}
