/** The instructions of a stage as stretches of text, comments above them included, to be put in another order. */
import { type Instruction, offsetAt, type Source } from '../../syntax/index.ts';
import type { Stage, Step } from '../build.ts';

export interface Block {
  readonly step: Step;
  /** The instruction as written, without the line end. */
  readonly text: string;
  /** Blank lines and comments between it and what stands above it, line ends included. */
  readonly above: string;
}

/** Undefined where an instruction does not begin its line. */
export function blocksOf(stage: Stage, source: Source): readonly Block[] | undefined {
  const blocks: Block[] = [];
  let line = stage.from.span.endLine + 1;
  for (const step of stage.steps) {
    const { span } = step.instruction;
    const end = lastLineOf(step.instruction);
    if (span.column !== 1 || span.line < line) return undefined;
    blocks.push({ step, text: linesOf(source, span.line, end), above: above(source, line, span.line) });
    line = end + 1;
  }
  return blocks;
}

/** The line of the terminator, where heredocs follow the instruction. */
export const lastLineOf = ({ span, heredocs }: Instruction): number =>
  Math.max(span.endLine, ...heredocs.map((heredoc) => heredoc.span.endLine));

const above = (source: Source, from: number, to: number): string =>
  to > from ? `${linesOf(source, from, to - 1)}\n` : '';

/** With `\n`, and without the last line end. */
function linesOf(source: Source, first: number, last: number): string {
  const end = last < source.lineStarts.length ? offsetAt(source, last + 1, 1) : source.text.length;
  return source.text
    .slice(offsetAt(source, first, 1), end)
    .replaceAll('\r\n', '\n')
    .replace(/\n$/, '');
}

/** The blocks one below the other, as they were: the first without what set it off from another. */
export const asWritten = (blocks: readonly Block[]): string =>
  blocks.map(({ above, text }, at) => `${at === 0 ? above.replace(/^(?:[ \t]*\n)+/, '') : above}${text}\n`).join('');
