/** Whole instructions that are put in between others. */
import type { Edit, Instruction, Span } from '../../syntax/index.ts';
import type { Build } from '../build.ts';
import { remembered } from '../remembered.ts';
import { before, behind } from './fix.ts';

/** A keyword in the letters that the file uses where `like` stands: `user` beside `cmd`. */
export const keywordAs = (keyword: string, like: Instruction): string =>
  like.word !== like.word.toUpperCase() && like.word === like.word.toLowerCase() ? keyword.toLowerCase() : keyword;

/** Instructions above another one and the comments that belong to it, as far to the right as it stands. */
export function linesAbove(below: Instruction, lines: readonly string[]): Edit {
  const top = topOf(below);
  const mark = top.line === 1 && below.logical.source.text.startsWith('\ufeff') ? 1 : 0;
  const indent = ' '.repeat(Math.max(0, below.keywordSpan.column - 1 - (below.span.line === 1 ? mark : 0)));
  return before({ ...top, column: 1 + mark }, lines.map((line) => `${indent}${line}\n`).join(''));
}

/** Instructions below another one, here-documents of it included; undefined where its last line has no clear end. */
export function linesBelow(above: Instruction, lines: readonly string[], build: Build): Edit | undefined {
  const { text } = build.file.source;
  const heredoc = above.heredocs.at(-1);
  const end = heredoc !== undefined && heredoc.span.endLine > above.span.endLine ? heredoc.span : above.span;
  const last = lineAt(text, build, end.endLine);
  if (last === undefined) return undefined;
  return behind(
    { ...end, endColumn: last.length + 1 },
    lines.map((line) => `\n${' '.repeat(above.keywordSpan.column - 1)}${line}`).join(''),
  );
}

/** A line of the file, 1-based, without its end. */
export function lineAt(text: string, build: Build, line: number): string | undefined {
  const start = build.file.source.lineStarts[line - 1];
  if (start === undefined) return undefined;
  const end = text.indexOf('\n', start);
  return text.slice(start, end === -1 ? text.length : end).replace(/\r$/, '');
}

/** The first of the comments right above, or the instruction itself. */
export function topOf({ comments, span }: Instruction): Span {
  let top = span;
  for (const comment of comments.toReversed()) if (comment.span.line === top.line - 1) top = comment.span;
  return top;
}

/**
 * Takes instructions that follow one another out with their lines, and one of two empty lines that would come to stand
 * together. The comment right above goes with them, unless it heads the file, or (RUN aside) another of their kind
 * follows that it may speak of, too.
 */
export function withoutLines(instructions: readonly Instruction[], build: Build): Edit | undefined {
  const [first] = instructions;
  const last = instructions.at(-1);
  if (first === undefined || last === undefined || instructions.some(({ heredocs }) => heredocs.length > 0))
    return undefined;
  const { text } = build.file.source;
  const isEmpty = (line: number): boolean => lineAt(text, build, line)?.trim() === '';
  const { endLine } = last.span;
  const following = byLine(build.file.instructions).get(endLine + 1);
  const top = topOf(first).line;
  const isOfGroup = first.keyword !== 'RUN' && following?.keyword === first.keyword;
  const stays = top === 1 || isOfGroup || first.onbuild !== undefined;
  const line = stays ? first.span.line : top;
  const end = isEmpty(line - 1) && isEmpty(endLine + 1) ? endLine + 1 : endLine;
  return { at: { line, column: 1, ...endOfLine(end, build) }, text: '' };
}

/** Where the line behind this one begins, or this one ends where it is the last and has no line end. */
function endOfLine(line: number, { file: { source } }: Build): Pick<Span, 'endLine' | 'endColumn'> {
  const isLast = line >= source.lineStarts.length;
  return isLast
    ? { endLine: line, endColumn: source.text.length - (source.lineStarts[line - 1] ?? 0) + 1 }
    : { endLine: line + 1, endColumn: 1 };
}

/** Instructions by their first line; of several, the first. */
const byLine: (instructions: readonly Instruction[]) => ReadonlyMap<number, Instruction> = remembered(
  (instructions) => instructions,
  (instructions) => new Map(instructions.map((each) => [each.span.line, each] as const).reverse()),
);

/** Instructions that stand line under line. */
export function blocksOf(instructions: readonly Instruction[]): readonly Instruction[][] {
  const blocks: Instruction[][] = [];
  for (const instruction of instructions) {
    const block = blocks.at(-1);
    if (block?.at(-1)?.span.endLine === instruction.span.line - 1) block.push(instruction);
    else blocks.push([instruction]);
  }
  return blocks;
}
