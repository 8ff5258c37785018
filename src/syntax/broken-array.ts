/** Arguments that are meant as a JSON array and are none: `['a', 'b']`, `["a" "b"]`. */
import type { Instruction, Word } from './instruction.ts';
import { type MappedText, mappedSpan, type Span } from './source.ts';

export type ArrayFault =
  | 'single-quotes'
  | 'curly-quotes'
  | 'no-quotes'
  | 'no-comma'
  | 'last-comma'
  | 'no-bracket'
  | 'open-string'
  | 'backslash'
  | 'more-behind';

export interface BrokenArray {
  readonly fault: ArrayFault;
  /** What stands where the array breaks. */
  readonly span: Span;
  readonly text: string;
}

/** Where the arguments break as an array; undefined where they are one, or are not meant as one. */
export function brokenArray(instruction: Instruction): BrokenArray | undefined {
  switch (instruction.keyword) {
    case 'RUN':
    case 'CMD':
    case 'ENTRYPOINT':
      return instruction.form === 'exec' ? undefined : inLine(instruction.line, instruction.keyword !== 'RUN');
    case 'HEALTHCHECK':
      return instruction.command?.form === 'shell' ? inLine(instruction.command.line, false) : undefined;
    case 'COPY':
    case 'ADD':
      return instruction.json || instruction.heredocs.length > 0
        ? undefined
        : inWords([...instruction.sources, instruction.destination], false);
    case 'VOLUME':
      return instruction.json ? undefined : inWords(instruction.values, true);
    default:
      return undefined;
  }
}

/** `only`: there is nothing else that brackets could mean here, as they do in a shell (tests) and in COPY (patterns). */
function inLine(line: MappedText, only: boolean): BrokenArray | undefined {
  const start = line.text.length - line.text.trimStart().length;
  const text = line.text.trim();
  const found = findFault(text, only);
  if (found === undefined) return undefined;
  const span = mappedSpan(line, start + found.start, start + found.end);
  return { fault: found.fault, span, text: text.slice(found.start, found.end) };
}

function inWords(words: readonly Word[], only: boolean): BrokenArray | undefined {
  const text = words.map(({ raw }) => raw).join(' ');
  const found = findFault(text, only);
  if (found === undefined) return undefined;
  let end = -1;
  const word = words.find(({ raw }) => {
    end += raw.length + 1;
    return found.start < end;
  });
  return word && { fault: found.fault, span: word.span, text: text.slice(found.start, found.end) };
}

interface Fault {
  readonly fault: ArrayFault;
  readonly start: number;
  readonly end: number;
}

function findFault(text: string, only: boolean): Fault | undefined {
  if (!text.startsWith('[') || text.startsWith('[[')) return undefined;
  const first = elementAt(text, skipBlanks(text, 1));
  return first !== undefined && isMeant(text, first, only) ? faultIn(text) : undefined;
}

interface Element extends Fault {
  readonly fault: 'single-quotes' | 'curly-quotes' | 'no-quotes' | 'open-string' | 'backslash';
  readonly right: boolean;
}

const curly = /["'\u201c\u201d\u2018\u2019]/;

/** One string, right or wrong; undefined where there is none. */
function elementAt(text: string, start: number): Element | undefined {
  const opening = text[start];
  if (opening === undefined || opening === ']' || opening === ',') return undefined;
  if (opening === '"') {
    let end = start + 1;
    while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
    if (end >= text.length) return { fault: 'open-string', start, end: text.length, right: false };
    return { fault: 'backslash', start, end: end + 1, right: isJson(text.slice(start, end + 1)) };
  }
  if (opening === "'") {
    const end = text.indexOf("'", start + 1);
    if (end === -1) return { fault: 'open-string', start, end: text.length, right: false };
    return { fault: 'single-quotes', start, end: end + 1, right: false };
  }
  let end = start;
  while (end < text.length && !/[\s,\]]/.test(text[end] ?? '')) end += 1;
  return { fault: curly.test(opening) ? 'curly-quotes' : 'no-quotes', start, end, right: false };
}

const operator = /^(?:[=!<>]=?|==|=~|-[a-z]{1,2})(?=\s|$)/;

/** Whether whoever wrote this can only have meant an array. */
function isMeant(text: string, first: Element, only: boolean): boolean {
  const spaced = first.start > 1;
  const quoted = first.fault !== 'no-quotes';
  const next = skipBlanks(text, first.end);
  const closes = text.endsWith(']');
  switch (text[next]) {
    case ',':
      return quoted || closes;
    case ']':
      if (quoted && !spaced) return true;
      return next === text.length - 1 && (only || (!spaced && /^[\w./-]+$/.test(text.slice(first.start, first.end))));
    case undefined:
      return quoted && !spaced;
    default:
      if (operator.test(text.slice(next))) return false;
      if (quoted) return !spaced || text[next] === text[first.start];
      return only && closes && /^[\w./]/.test(text.slice(first.start));
  }
}

function faultIn(text: string): Fault | undefined {
  let at = skipBlanks(text, 1);
  let comma = -1;
  for (;;) {
    const element = elementAt(text, at);
    if (element === undefined) {
      if (text[at] === ']' && comma !== -1) return { fault: 'last-comma', start: comma, end: comma + 1 };
      if (at >= text.length) return { fault: 'no-bracket', start: text.length - 1, end: text.length };
      return { fault: 'no-quotes', start: at, end: at + 1 };
    }
    if (!element.right) return element;
    at = skipBlanks(text, element.end);
    if (text[at] === ']') {
      const behind = skipBlanks(text, at + 1);
      return behind < text.length ? { fault: 'more-behind', start: behind, end: text.length } : undefined;
    }
    if (at >= text.length) return { fault: 'no-bracket', start: element.start, end: element.end };
    if (text[at] !== ',') return { fault: 'no-comma', start: at, end: elementAt(text, at)?.end ?? at + 1 };
    comma = at;
    at = skipBlanks(text, at + 1);
  }
}

function skipBlanks(text: string, start: number): number {
  let at = start;
  while (at < text.length && /\s/.test(text[at] ?? '')) at += 1;
  return at;
}

function isJson(literal: string): boolean {
  try {
    JSON.parse(literal);
    return true;
  } catch {
    return false;
  }
}
