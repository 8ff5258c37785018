/** Instructions that && joins, each on a line of its own. */
import type { Build } from '../build.ts';
import type { ShellTail } from '../stages/shell-tails.ts';
import type { Fix } from './fix.ts';
import { lineAt } from './lines.ts';

/** Undefined where something else than instructions is joined, or the instruction has more than one line. */
export function instructionsApart(build: Build, { step: { instruction } }: ShellTail): Fix | undefined {
  const { span } = instruction;
  const line = lineAt(build.file.source.text, build, span.line);
  if (line === undefined || span.line !== span.endLine || instruction.heredocs.length > 0) return undefined;
  const [first = '', ...others] = line.split('&&').map((part) => part.trim());
  if (others.length === 0 || !others.every((other) => /^(?:COPY|ADD|RUN|WORKDIR|ENV|USER)\s/.test(other)))
    return undefined;
  const at = {
    line: span.line,
    column: line.indexOf(first) + first.length + 1,
    endLine: span.line,
    endColumn: line.length + 1,
  };
  return {
    says: 'Put each instruction on a line of its own',
    safety: 'unsafe',
    edits: [{ at, text: others.map((other) => `\n${other}`).join('') }],
  };
}
