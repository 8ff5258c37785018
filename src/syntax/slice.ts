/**
 * Places inside one instruction, from dockerfile-ast. It gets one instruction at a time, because it splits
 * files otherwise than BuildKit does, and only its ranges are used, each after a check.
 *
 * Nothing here runs while a file is parsed: it takes longer than the parsing.
 */
import { DockerfileParser, type From } from 'dockerfile-ast';
import type { Dockerfile, FromInstruction, Instruction } from './instruction.ts';
import { lineIndexAt, offsetAt, type Span } from './source.ts';

/** Where the parts of the image of a FROM stand. */
export interface ImageSpans {
  readonly image: Span;
  /** The image without tag and digest. */
  readonly name: Span;
  readonly tag?: Span;
  readonly digest?: Span;
}

/** Where the keyword and the arguments of an instruction stand, flags left out where dockerfile-ast knows them. */
export interface InstructionSpans {
  readonly keyword: Span;
  readonly arguments: readonly Span[];
}

/** As dockerfile-ast has it: from 0. */
interface Range {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** A vertical tab, a form feed and a carriage return in the middle of a line are blanks to BuildKit alone. */
const strangeBlank = /[\v\f]|\r(?!\n)/g;
const quotes = /["']/;

/** The places of keyword and arguments; undefined when dockerfile-ast reads the instruction otherwise. */
export function instructionSpans(file: Dockerfile, instruction: Instruction): InstructionSpans | undefined {
  return withSlice(file, instruction, (slice, toSpan) => {
    const keyword = toSpan(slice.getInstructionRange());
    if (!sameSpan(keyword, instruction.keywordSpan)) return undefined;
    return { keyword, arguments: slice.getArguments().map((argument) => toSpan(argument.getRange())) };
  });
}

/** The places of name, tag and digest. Of an image that is quoted or goes over two lines only the whole is known. */
export function imageSpans(file: Dockerfile, instruction: FromInstruction): ImageSpans {
  const image = instruction.image.span;
  const whole: ImageSpans = { image, name: image };
  if (quotes.test(instruction.image.raw) || image.line !== image.endLine) return whole;
  const parts = withSlice(file, instruction, (slice, toSpan): ImageSpans | undefined => {
    if (!isFrom(slice)) return undefined;
    const [range, name, tag, digest] = [
      slice.getImageRange(),
      slice.getImageNameRange(),
      slice.getImageTagRange(),
      slice.getImageDigestRange(),
    ];
    if (range === null || name === null || !sameSpan(toSpan(range), image)) return undefined;
    const { endLine, endColumn } = toSpan(name);
    return {
      image,
      name: { line: image.line, column: image.column, endLine, endColumn },
      ...(tag === null ? {} : { tag: toSpan(tag) }),
      ...(digest === null ? {} : { digest: toSpan(digest) }),
    };
  });
  return parts ?? whole;
}

type Slice = ReturnType<ReturnType<typeof DockerfileParser.parse>['getInstructions']>[number];

function isFrom(slice: Slice): slice is From {
  return slice.getKeyword() === 'FROM';
}

/** What `read` makes of an instruction; undefined when dockerfile-ast finds none or throws. */
function withSlice<T>(
  file: Dockerfile,
  instruction: Instruction,
  read: (slice: Slice, toSpan: (range: Range) => Span) => T | undefined,
): T | undefined {
  const prefix = file.escape === '`' ? '# escape=`\n' : '';
  const shift = instruction.span.line - (prefix === '' ? 0 : 1);
  const toSpan = ({ start, end }: Range): Span => ({
    line: start.line + shift,
    column: start.character + 1,
    endLine: end.line + shift,
    endColumn: end.character + 1,
  });
  try {
    const [slice] = DockerfileParser.parse(prefix + headerText(file, instruction)).getInstructions();
    return slice === undefined ? undefined : read(slice, toSpan);
  } catch {
    return undefined;
  }
}

/** The lines of an instruction without those of its heredocs, what dockerfile-ast misreads replaced by blanks. */
function headerText({ escape }: Dockerfile, { span, logical }: Instruction): string {
  const { source } = logical;
  const lastOffset = logical.offsets[Math.max(logical.text.length - 1, 0)] ?? 0;
  const start = offsetAt(source, span.line, 1);
  const end = source.lineStarts[lineIndexAt(source, lastOffset) + 1] ?? source.text.length;
  const onlyEscape = escape === '`' ? /^[ \t]*`[ \t]*$/gm : /^[ \t]*\\[ \t]*$/gm;
  return source.text
    .slice(start, end)
    .replace('\ufeff', ' ')
    .replace(strangeBlank, ' ')
    .replace(onlyEscape, (line) => ' '.repeat(line.length));
}

function sameSpan(left: Span, right: Span): boolean {
  return (
    left.line === right.line &&
    left.column === right.column &&
    left.endLine === right.endLine &&
    left.endColumn === right.endColumn
  );
}
