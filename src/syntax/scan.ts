/** Splits a file into directives, comments and instructions, line by line, as BuildKit's parser does. */
import { isSpace, trimmed } from './blank.ts';
import { readDirective } from './directive.ts';
import { type Head, readHead } from './head.ts';
import { createHeredoc, createTerminators, heredocsIn } from './heredoc.ts';
import type { Comment, Directive, Heredoc, SyntaxFault } from './instruction.ts';
import { readJsonArray } from './json-array.ts';
import { continuationAt, isTooLong, lineEnd, lineIndent, mostLineBytes } from './line.ts';
import { joinStretches, type Located, type MappedText, mappedSpan, type Source, type Span, spanOf } from './source.ts';

/** One instruction before its arguments are read. */
export interface Statement {
  readonly logical: MappedText;
  readonly head: Head;
  readonly heredocs: readonly Heredoc[];
  readonly comments: readonly Comment[];
  /** Lines between its own that hold nothing. */
  readonly emptyLines: readonly Located[];
  /** From the keyword to the end of the last line that belongs to it. */
  readonly span: Span;
  /** A heredoc whose end is missing was opened above it: it may be a line of the body. */
  readonly belowOpenHeredoc: boolean;
}

export interface Scan {
  readonly escape: '\\' | '`';
  readonly directives: readonly Directive[];
  readonly comments: readonly Comment[];
  readonly statements: readonly Statement[];
  readonly faults: readonly SyntaxFault[];
}

const heredocKeywords: ReadonlySet<string> = new Set(['ADD', 'COPY', 'RUN']);

/** Splits `source`. Linear in its size; a heredoc without an end is taken for no heredoc. */
export function scan(source: Source): Scan {
  const { text, lineStarts } = source;
  // What follows the last line feed is a line only when something stands there.
  const lineCount = lineStarts.at(-1) === text.length ? lineStarts.length - 1 : lineStarts.length;
  const terminators = createTerminators(source);
  const directives: Directive[] = [];
  const comments: Comment[] = [];
  const statements: Statement[] = [];
  const faults: SyntaxFault[] = [];
  let escape: '\\' | '`' = '\\';
  let block: Comment[] = [];
  let belowOpenHeredoc = false;

  for (let line = 0; line < lineCount; line += 1) checkLength(line);
  let line = readDirectives();
  while (line < lineCount) {
    const end = lineEnd(source, line);
    const start = indentOf(line, end);
    if (start === end) line += 1;
    else if (text[start] === '#') {
      const comment = addComment(start, end);
      if (comment.text === '' && comment.span.column === 1) block = [];
      else block.push(comment);
      line += 1;
    } else line = readStatement(line, start, end);
  }
  return { escape, directives, comments, statements, faults };

  function checkLength(line: number): void {
    if (!isTooLong(source, line)) return;
    const span = spanOf(source, lineStarts[line] ?? 0, lineEnd(source, line));
    faults.push({ span, message: `This line is too long: BuildKit reads at most ${mostLineBytes} bytes a line.` });
  }

  /** Returns the first line that is no directive. */
  function readDirectives(): number {
    for (let line = 0; line < lineCount; line += 1) {
      const end = lineEnd(source, line);
      const start = indentOf(line, end);
      const directive = text[start] === '#' ? readDirective(source, start, end) : undefined;
      if (directive === undefined) return line;
      const { name, value, span } = directive;
      if (directives.some((earlier) => earlier.name === name)) {
        faults.push({ span, message: `Only one ${name} directive can be used in a file.` });
        continue;
      }
      directives.push(directive);
      if (name !== 'escape') continue;
      if (value === '`' || value === '\\') escape = value;
      else faults.push({ span, message: `The escape character must be \\ or \`, not ${value}.` });
    }
    return lineCount;
  }

  /** Reads the instruction that starts at `start` of line `first`; returns the line after it. */
  function readStatement(first: number, start: number, firstEnd: number): number {
    const pieces: { start: number; end: number }[] = [];
    const emptyLines: Located[] = [];
    let from = start;
    let to = firstEnd;
    let last = first;
    for (;;) {
      const continuation = continuationAt(text, from, to, escape);
      pieces.push({ start: from, end: continuation === -1 ? to : continuation });
      if (continuation === -1) break;
      const next = skipCommentsAndBlanks(last + 1, emptyLines);
      last = Math.min(next, lineCount - 1);
      if (next === lineCount) break;
      from = lineStarts[next] ?? text.length;
      to = lineEnd(source, next);
    }
    const logical = joinStretches(source, pieces);
    const head = readHead(logical.text, 0, logical.text.length, escape);
    const below = belowOpenHeredoc;
    belowOpenHeredoc = false;
    const heredocs: Heredoc[] = [];
    const openers = mayOpenHeredocs(logical.text, head, escape) ? heredocsIn(logical.text) : [];
    for (const opener of openers) {
      const terminator = terminators.find(opener, last + 1);
      if (terminator === undefined || terminator >= lineCount) {
        belowOpenHeredoc = true;
        const message = `Unterminated heredoc: no line below is ${JSON.stringify(opener.name)} and nothing else.`;
        faults.push({ span: mappedSpan(logical, opener.start, opener.end), message });
        break;
      }
      heredocs.push(createHeredoc(opener, logical, last + 1, terminator));
      last = terminator;
    }
    const span = spanOf(source, start, Math.max(start, lineEnd(source, last)));
    statements.push({ logical, head, heredocs, comments: block, emptyLines, span, belowOpenHeredoc: below });
    block = [];
    return last + 1;
  }

  /** The first line from `first` on that is neither a comment nor empty. */
  function skipCommentsAndBlanks(first: number, emptyLines: Located[]): number {
    for (let line = first; line < lineCount; line += 1) {
      const end = lineEnd(source, line);
      const start = lineIndent(source, line, end);
      if (start === end) {
        emptyLines.push({ span: spanOf(source, lineStarts[line] ?? end, end) });
        continue;
      }
      if (text[start] !== '#') return line;
      addComment(start, end);
    }
    return lineCount;
  }

  function addComment(start: number, end: number): Comment {
    const inner = trimmed(text, start + 1, end);
    const comment = { text: text.slice(inner.start, inner.end), span: spanOf(source, start, inner.end) };
    comments.push(comment);
    return comment;
  }

  /** Like `lineIndent`, past a byte order mark. */
  function indentOf(line: number, end: number): number {
    if (line > 0 || text.charCodeAt(0) !== 0xfeff) return lineIndent(source, line, end);
    let at = 1;
    while (at < end && isSpace(text.charCodeAt(at))) at += 1;
    return at;
  }
}

/** Whether BuildKit looks for heredocs: in ADD, COPY and RUN that are not in JSON form, under ONBUILD too. */
function mayOpenHeredocs(text: string, head: Head, escape: string): boolean {
  if (!text.includes('<<')) return false;
  const keyword = text.slice(head.keyword.start, head.keyword.end).toUpperCase();
  const inner = keyword === 'ONBUILD' ? readHead(text, head.rest.start, head.rest.end, escape) : head;
  if (!heredocKeywords.has(text.slice(inner.keyword.start, inner.keyword.end).toUpperCase())) return false;
  return readJsonArray(text, inner.rest.start, inner.rest.end) === undefined;
}
