/** Text to instructions, exactly as BuildKit splits them; what it refuses becomes a fault at its place. */
import { type Draft, keywords, readFlags, readInstruction } from './arguments/index.ts';
import type { Dockerfile, Instruction, SyntaxFault } from './instruction.ts';
import { type Statement, scan } from './scan.ts';
import { createSource, mappedSpan, type Source, spanOf } from './source.ts';

/** What a command ends with, or its next line starts with, where the `\` between them was forgotten. */
const openEnd = /(?:&&|\|\|?|;)$/;
const openStart = /^(?:&&|\|)/;

/** Never throws. Every instruction is in the result, those that BuildKit refuses as `INVALID` or with a fault beside them. */
export function parseDockerfile(text: string): Dockerfile {
  const source = createSource(text);
  const { escape, directives, comments, statements, faults: scanFaults } = scan(source);
  const faults: SyntaxFault[] = [...scanFaults];
  const instructions: Instruction[] = [];
  let inOpenHeredoc = false;
  let previous: Statement | undefined;
  for (const statement of statements) {
    const found: SyntaxFault[] = [];
    const draft = createDraft(statement, escape, found);
    const known = keywords.includes(draft.keyword);
    inOpenHeredoc = !known && (inOpenHeredoc || statement.belowOpenHeredoc);
    instructions.push(readInstruction(draft));
    // The fault of the heredoc without an end explains the lines of its body.
    if (!inOpenHeredoc) faults.push(...(known ? found : withHint(found, draft.base.word, previous)));
    previous = statement;
  }
  faults.push(...stageFaults(source, instructions));
  faults.sort((left, right) => left.span.line - right.span.line || left.span.column - right.span.column);
  return { source, escape, directives, comments, instructions, faults };
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
