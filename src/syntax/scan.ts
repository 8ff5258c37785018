/** Splits a file into directives, comments and instructions, line by line, as BuildKit's parser does. */
import { isSpace, trimmed } from './blank.ts';
import { readDirective } from './directive.ts';
import { type Head, readHead } from './head.ts';
import { type BodyLines, createHeredoc, createTerminators, heredocsIn, type PlacedOpener } from './heredoc.ts';
import type { Comment, Directive, Heredoc, SyntaxFault } from './instruction.ts';
import { readJsonArray } from './json-array.ts';
import { continuationAt, isTooLong, lineEnd, lineIndent, mostLineBytes } from './line.ts';
import {
  joinStretches,
  type Located,
  linesOf,
  type MappedText,
  mappedSpan,
  type Source,
  type Span,
  spanOf,
} from './source.ts';

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
  /** Lines of comments between its own. */
  readonly innerComments: readonly Comment[];
  /** The file may end in it, or opens a heredoc that has no end: lines below it decide what it is. */
  readonly isOpen: boolean;
}

export interface Scan {
  readonly escape: '\\' | '`';
  readonly directives: readonly Directive[];
  readonly comments: readonly Comment[];
  readonly statements: readonly Statement[];
  readonly faults: readonly SyntaxFault[];
}

const heredocKeywords: ReadonlySet<string> = new Set(['ADD', 'COPY', 'RUN']);

/** The instruction that stands on a line, 1-based, of a text that is known, if it was read with this escape character. */
export type EarlierStatements = (line: number, escape: '\\' | '`') => Statement | undefined;

/** Splits `source`. Linear in its size; a heredoc without an end is taken for no heredoc. */
export function scan(source: Source, earlier?: EarlierStatements): Scan {
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
    } else {
      const kept = keptAt(line);
      line = kept === undefined ? readStatement(line, start, end) : keepStatement(kept, line);
    }
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

  /** What an earlier text says in the same lines below the same comments. */
  function keptAt(first: number): Statement | undefined {
    const kept = earlier?.(first + 1, escape);
    if (kept === undefined || kept.isOpen || kept.comments.length !== block.length) return undefined;
    const own = kept.logical.source.text;
    const start = lineStarts[first] ?? text.length;
    const isWhole = own.endsWith('\n') || start + own.length === text.length;
    const isSame = isWhole && text.startsWith(own, start);
    return isSame && kept.comments.every((comment, at) => isSameComment(comment, block[at])) ? kept : undefined;
  }

  /** Takes over what is known of the instruction that starts on line `first`; returns the line after it. */
  function keepStatement(kept: Statement, first: number): number {
    comments.splice(comments.length - block.length, block.length, ...kept.comments, ...kept.innerComments);
    statements.push(kept.belowOpenHeredoc === belowOpenHeredoc ? kept : { ...kept, belowOpenHeredoc });
    belowOpenHeredoc = false;
    block = [];
    const own = kept.logical.source;
    return first + own.lineStarts.length - (own.text.endsWith('\n') ? 1 : 0);
  }

  /** Reads the instruction that starts at `start` of line `first`; returns the line after it. */
  function readStatement(first: number, start: number, firstEnd: number): number {
    const pieces: { start: number; end: number }[] = [];
    const emptyLines: Located[] = [];
    const commentsAbove = comments.length;
    let from = start;
    let to = firstEnd;
    let last = first;
    let isOpen = false;
    for (;;) {
      const continuation = continuationAt(text, from, to, escape);
      pieces.push({ start: from, end: continuation === -1 ? to : continuation });
      if (continuation === -1) break;
      const next = skipCommentsAndBlanks(last + 1, emptyLines);
      last = Math.min(next, lineCount - 1);
      isOpen = next === lineCount;
      if (isOpen) break;
      from = lineStarts[next] ?? text.length;
      to = lineEnd(source, next);
    }
    const line = pieces.map((piece) => text.slice(piece.start, piece.end)).join('');
    const head = readHead(line, 0, line.length, escape);
    const bodies: BodyLines[] = [];
    let endless: PlacedOpener | undefined;
    for (const opener of mayOpenHeredocs(line, head, escape) ? heredocsIn(line) : []) {
      const terminator = terminators.find(opener, last + 1);
      if (terminator === undefined || terminator >= lineCount) {
        endless = opener;
        break;
      }
      bodies.push({ opener, first: last + 1, end: terminator });
      last = terminator;
    }
    const above = lineStarts[first] ?? 0;
    const own = linesOf(source, first, last + 1);
    const logical = joinStretches(
      own,
      pieces.map((piece) => ({ start: piece.start - above, end: piece.end - above })),
    );
    if (endless !== undefined) {
      const message = `Unterminated heredoc: no line below is ${JSON.stringify(endless.name)} and nothing else.`;
      faults.push({ span: mappedSpan(logical, endless.start, endless.end), message });
    }
    statements.push({
      logical,
      head,
      heredocs: bodies.map((body) => createHeredoc(body, logical)),
      comments: block,
      emptyLines,
      span: spanOf(source, start, Math.max(start, lineEnd(source, last))),
      belowOpenHeredoc,
      innerComments: comments.slice(commentsAbove),
      isOpen: isOpen || endless !== undefined,
    });
    belowOpenHeredoc = endless !== undefined;
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

const isSameComment = (one: Comment, other: Comment | undefined): boolean =>
  other !== undefined &&
  one.text === other.text &&
  one.span.line === other.span.line &&
  one.span.column === other.span.column &&
  one.span.endColumn === other.span.endColumn;

/** Whether BuildKit looks for heredocs: in ADD, COPY and RUN that are not in JSON form, under ONBUILD too. */
function mayOpenHeredocs(text: string, head: Head, escape: string): boolean {
  if (!text.includes('<<')) return false;
  const keyword = text.slice(head.keyword.start, head.keyword.end).toUpperCase();
  const inner = keyword === 'ONBUILD' ? readHead(text, head.rest.start, head.rest.end, escape) : head;
  if (!heredocKeywords.has(text.slice(inner.keyword.start, inner.keyword.end).toUpperCase())) return false;
  return readJsonArray(text, inner.rest.start, inner.rest.end) === undefined;
}
