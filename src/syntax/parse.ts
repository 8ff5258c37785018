/** Text to instructions, exactly as BuildKit splits them; what it refuses becomes a fault at its place. */
import { type Draft, keywords, readFlags, readInstruction } from './arguments/index.ts';
import type { Dockerfile, Instruction, SyntaxFault } from './instruction.ts';
import { type Statement, scan } from './scan.ts';
import { createSource, mappedSpan, type Source, spanOf } from './source.ts';

/** What a command ends with, or its next line starts with, where the `\` between them was forgotten. */
const openEnd = /(?:&&|\|\|?|;)$/;
const openStart = /^(?:&&|\|)/;

/** One instruction, and what BuildKit refuses in it. */
interface Reading {
  readonly statement: Statement;
  readonly instruction: Instruction;
  readonly faults: readonly SyntaxFault[];
}

/** How the files that are alive were read, each by the lines that its instructions start on. */
const readings = new WeakMap<Dockerfile, readonly Reading[]>();

/**
 * Never throws. Every instruction is in the result, those that BuildKit refuses as `INVALID` or with a fault beside them.
 * Instructions that stand in `previous` with the same text in the same lines are those of it; the result is the same.
 */
export function parseDockerfile(text: string, previous?: Dockerfile): Dockerfile {
  const source = createSource(text);
  const known = previous && readingsByLine(previous);
  const {
    escape,
    directives,
    comments,
    statements,
    faults: scanFaults,
  } = scan(source, known && ((line, asked) => (asked === previous?.escape ? known.get(line)?.statement : undefined)));
  const faults: SyntaxFault[] = [...scanFaults];
  const read: Reading[] = [];
  let inOpenHeredoc = false;
  let above: Statement | undefined;
  for (const statement of statements) {
    const earlier = known?.get(statement.span.line);
    const isKept = earlier?.instruction.logical === statement.logical;
    const reading = isKept && earlier !== undefined ? earlier : readStatement(statement, escape);
    const { instruction } = reading;
    const isKeyword = keywords.includes(instruction.word.toUpperCase());
    inOpenHeredoc = !isKeyword && (inOpenHeredoc || statement.belowOpenHeredoc);
    read.push(reading);
    // The fault of the heredoc without an end explains the lines of its body.
    if (!inOpenHeredoc)
      faults.push(...(isKeyword ? reading.faults : withHint(reading.faults, instruction.word, above)));
    above = statement;
  }
  const instructions = read.map(({ instruction }) => instruction);
  faults.push(...stageFaults(source, instructions));
  faults.sort((left, right) => left.span.line - right.span.line || left.span.column - right.span.column);
  const file = { source, escape, directives, comments, instructions, faults };
  readings.set(file, read);
  return file;
}

const readingsByLine = (file: Dockerfile): ReadonlyMap<number, Reading> =>
  new Map(readings.get(file)?.map((reading) => [reading.statement.span.line, reading]));

function readStatement(statement: Statement, escape: '\\' | '`'): Reading {
  const faults: SyntaxFault[] = [];
  return { statement, instruction: readInstruction(createDraft(statement, escape, faults)), faults };
}

function createDraft(statement: Statement, escape: '\\' | '`', faults: SyntaxFault[]): Draft {
  const { logical, head, heredocs, comments, emptyLines, span } = statement;
  const { start, end } = head.keyword;
  const word = logical.text.slice(start, end);
  const keyword = word.toUpperCase();
  const flags = readFlags(logical, head.flags, escape, keyword);
  const base = {
    span,
    word,
    keywordSpan: mappedSpan(logical, start, end),
    flags,
    logical,
    heredocs,
    comments,
    emptyLines,
  };
  return {
    base,
    keyword,
    head,
    logical,
    escape,
    refuse: (at, message, about, respelled) =>
      faults.push({
        span: at,
        message,
        ...(about === undefined ? {} : { about }),
        ...(respelled === undefined ? {} : { respelled }),
      }),
  };
}

/** An unknown instruction below a command that is not at its end is its next line, most likely. */
function withHint(
  faults: readonly SyntaxFault[],
  word: string,
  previous: Statement | undefined,
): readonly SyntaxFault[] {
  if (previous === undefined || !(openStart.test(word) || openEnd.test(previous.logical.text.trimEnd()))) return faults;
  return faults.map((fault) => ({
    ...fault,
    message: `${fault.message} Does the line above lack its continuation character?`,
  }));
}

/** Faults in what the instructions are together: none at all, no FROM, something before it. */
function stageFaults(source: Source, instructions: readonly Instruction[]): readonly SyntaxFault[] {
  const [first] = instructions;
  if (first === undefined) {
    const end = source.text.length;
    const start = source.lineStarts.findLast((lineStart) => lineStart < end) ?? 0;
    return [{ span: spanOf(source, start, start), message: 'This file has no instructions: it needs a FROM.' }];
  }
  const stage = instructions.findIndex((instruction) => instruction.keyword === 'FROM');
  const before = stage === -1 ? instructions : instructions.slice(0, stage);
  const stray = before.find(({ keyword }) => keyword !== 'ARG' && keyword !== 'INVALID');
  if (stray !== undefined) {
    const message = `No FROM stands before this ${stray.keyword}: only ARG can come before the first FROM.`;
    return [{ span: stray.keywordSpan, message, about: 'order' }];
  }
  if (stage !== -1) return [];
  return [{ span: first.keywordSpan, message: 'No FROM stands in this file: there is no stage to build.' }];
}
