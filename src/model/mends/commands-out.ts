/** Commands taken out of a RUN. */
import type { Edit, RunInstruction, ShellCommand, Span } from '../../syntax/index.ts';
import type { Build, Command, Step } from '../build.ts';
import { withoutLines } from './lines.ts';
import { between, writtenAt } from './written.ts';

/** Without them nothing of the RUN would be left to do. */
export const isAllOf = ({ commands }: Step, gone: readonly Command[]): boolean =>
  commands.every((command) => gone.includes(command) || command.name === 'set');

/** Commands with what joins them to the others, the RUN where it does nothing else; undefined where they are not plain steps of it. */
export function withoutCommands(build: Build, step: Step, gone: readonly Command[]): readonly Edit[] | undefined {
  const { instruction } = step;
  if (instruction.keyword !== 'RUN' || instruction.onbuild !== undefined) return undefined;
  if (isAllOf(step, gone)) {
    if (!gone.every((command) => stretchOf(build, instruction, step, command) !== undefined)) return undefined;
    const edit = withoutLines([instruction], build);
    return edit === undefined ? undefined : [edit];
  }
  const edits: Edit[] = [];
  for (const command of gone) {
    const at = stretchOf(build, instruction, step, command);
    if (at === undefined) return undefined;
    edits.push({ at, text: '' });
  }
  return edits;
}

/** The command and the `&&` or `;` before it, or behind it where it is the first. */
function stretchOf(build: Build, instruction: RunInstruction, { script }: Step, { shell }: Command): Span | undefined {
  const all = script?.commands ?? [];
  const at = all.indexOf(shell);
  if (instruction.form !== 'shell' || script?.fault !== undefined || at === -1 || !isPlainStep(shell)) return undefined;
  const [previous, next] = [all[at - 1], all[at + 1]];
  const start = previous === undefined ? undefined : between(previous.span, shell.span);
  const end = next === undefined ? undefined : between(shell.span, next.span);
  for (const gap of [start, end])
    if (gap !== undefined && !joins(build, instruction, writtenAt(build, gap))) return undefined;
  if (next === undefined && !isEndOf(build, instruction, shell)) return undefined;
  if (start !== undefined) return { ...start, endLine: shell.span.endLine, endColumn: shell.span.endColumn };
  return end === undefined ? shell.span : { ...shell.span, endLine: end.endLine, endColumn: end.endColumn };
}

const joins = (build: Build, { heredocs }: RunInstruction, gap: string): boolean =>
  heredocs.length > 0 ? /^[ \t]*\r?\n\s*$/.test(gap) : /^(?:&&|;)$/.test(joining(build, gap));

const isPlainStep = ({ scope, guards, piped, partial, inner, within, redirects }: ShellCommand): boolean =>
  scope.length === 0 &&
  guards.every((guard) => guard.kind === 'status' && guard.expected === true) &&
  piped === undefined &&
  within === undefined &&
  inner === undefined &&
  redirects.every(({ heredoc }) => heredoc === undefined) &&
  !partial;

/** What stands between two commands, without the ends of lines and the comments. */
export function joining({ file }: Build, gap: string): string {
  const lines = gap.split(/\r?\n/).map((line) => line.trim());
  const kept = lines.filter((line, index) => index === 0 || !line.startsWith('#'));
  return kept.map((line) => (line.endsWith(file.escape) ? line.slice(0, -1).trim() : line)).join('');
}

function isEndOf(build: Build, { span, heredocs }: RunInstruction, { span: last }: ShellCommand): boolean {
  const [heredoc] = heredocs;
  const rest = writtenAt(build, { ...(heredoc?.span ?? span), line: last.endLine, column: last.endColumn });
  return heredoc === undefined ? joining(build, rest) === '' : /^\s*\S+\s*$/.test(rest);
}
