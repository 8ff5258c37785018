/** The parts of a Dockerfile as a tree, and what of it can be folded. */
import type { Build, Stage } from '../model/index.ts';
import { type Comment, type Instruction, offsetAt, type Span } from '../syntax/index.ts';

export interface OutlineSymbol {
  readonly kind: 'stage' | 'instruction' | 'argument' | 'environment';
  /** `build`, `COPY package.json ./`, `NODE_ENV`. */
  readonly name: string;
  /** What a stage is based on, what a variable is set to, as written. */
  readonly detail: string;
  /** All of it; of a stage up to its last instruction. */
  readonly span: Span;
  /** Its name; lies inside `span`. */
  readonly selection: Span;
  readonly children: readonly OutlineSymbol[];
}

/** Longer texts of instructions are cut. */
const longestText = 60;

/** Arguments before the first FROM, then the stages with what stands in them. */
export function outlineSymbols({ file, stages }: Build): readonly OutlineSymbol[] {
  const { instructions } = file;
  const first = instructions.findIndex(({ keyword }) => keyword === 'FROM');
  const preamble = first === -1 ? instructions : instructions.slice(0, first);
  return [...preamble.flatMap(symbolsOf), ...stages.map(stageSymbol)];
}

/** From FROM to the end of the last instruction. */
export function stageSpan({ from, steps }: Stage): Span {
  const last = steps.findLast(({ instruction }) => instruction.onbuild !== true)?.span ?? from.span;
  const { line, column } = from.span;
  return { line, column, endLine: last.endLine, endColumn: last.endColumn };
}

function stageSymbol(stage: Stage): OutlineSymbol {
  const { from, name, steps, index } = stage;
  return {
    kind: 'stage',
    name: name?.raw ?? `stage ${index}`,
    detail: `FROM ${from.image.raw}`,
    span: stageSpan(stage),
    selection: name?.span ?? from.span,
    children: steps.flatMap(({ instruction }) => (instruction.onbuild === true ? [] : symbolsOf(instruction))),
  };
}

function symbolsOf(instruction: Instruction): readonly OutlineSymbol[] {
  const { span, keyword } = instruction;
  if (keyword === 'ARG' || keyword === 'ENV')
    return instruction.pairs.map((pair) => ({
      kind: keyword === 'ARG' ? 'argument' : 'environment',
      name: pair.name.text ?? pair.name.raw,
      detail: pair.value?.raw ?? '',
      span: pair.span,
      selection: inside(pair.name.span, pair.span),
      children: [],
    }));
  const text = `${instruction.word.toUpperCase()} ${textOf(instruction)}`.trim();
  const name = text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text;
  return [{ kind: 'instruction', name, detail: '', span, selection: instruction.keywordSpan, children: [] }];
}

/** The arguments on one line. */
function textOf({ logical, keywordSpan }: Instruction): string {
  const end = offsetAt(logical.source, keywordSpan.endLine, keywordSpan.endColumn);
  const start = [...logical.text].findIndex((_, at) => (logical.offsets[at] ?? 0) >= end);
  return start === -1 ? '' : logical.text.slice(start).replace(/\s+/g, ' ').trim();
}

const inside = (span: Span, around: Span): Span =>
  span.line < around.line || span.endLine > around.endLine ? around : span;

export interface Fold {
  /** From 1; the first stays visible. */
  readonly line: number;
  readonly endLine: number;
  readonly kind: 'stage' | 'instruction' | 'comment';
}

/** Stages, instructions and blocks of comments that have more than one line. */
export function foldsIn({ file, stages }: Build): readonly Fold[] {
  const folds = [
    ...stages.map((stage): Fold => ({ ...linesOf(stageSpan(stage)), kind: 'stage' })),
    ...file.instructions.map((instruction): Fold => ({ ...linesOf(instruction.span), kind: 'instruction' })),
    ...commentBlocks(file.comments),
  ];
  return folds.filter(({ line, endLine }) => endLine > line).sort((one, other) => one.line - other.line);
}

const linesOf = ({ line, endLine, endColumn }: Span): Pick<Fold, 'line' | 'endLine'> => ({
  line,
  endLine: endColumn === 1 && endLine > line ? endLine - 1 : endLine,
});

function commentBlocks(comments: readonly Comment[]): readonly Fold[] {
  const blocks: { line: number; endLine: number; kind: 'comment' }[] = [];
  for (const { span } of comments) {
    const last = blocks.at(-1);
    if (last !== undefined && last.endLine === span.line - 1) last.endLine = span.line;
    else blocks.push({ line: span.line, endLine: span.line, kind: 'comment' });
  }
  return blocks;
}
