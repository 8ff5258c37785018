/**
 * HCL as far as docker-bake.hcl needs it: blocks, attributes, strings, lists and objects. Functions, operators,
 * conditions and comprehensions are values that are not known. A variable stays `${NAME}` in the text.
 *
 * Grammar: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
 */
import type { Data, DataEntry, DataMap } from './data.ts';
import { mergedData } from './data.ts';

interface Cursor {
  readonly text: string;
  at: number;
  line: number;
}

const deepest = 60;

/** Reads a file; blocks come out as maps in maps: `target "app" {…}` as `target.app`. Undefined when it is no HCL. */
export function readHcl(text: string): Data | undefined {
  const cursor: Cursor = { text, at: 0, line: 1 };
  const body = readBody(cursor, 0);
  skipBlanks(cursor, true);
  return body !== undefined && cursor.at >= text.length ? body : undefined;
}

const peek = (cursor: Cursor, length = 1): string => cursor.text.slice(cursor.at, cursor.at + length);

function advance(cursor: Cursor, length: number): string {
  const taken = cursor.text.slice(cursor.at, cursor.at + length);
  for (const char of taken) if (char === '\n') cursor.line += 1;
  cursor.at += length;
  return taken;
}

/** What a sticky pattern takes at the cursor. */
function take(cursor: Cursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text)?.[0];
  return found === undefined ? undefined : advance(cursor, found.length);
}

function skipBlanks(cursor: Cursor, newlines: boolean): void {
  const blanks = newlines ? /\s+/y : /[^\S\n]+/y;
  for (;;) {
    const start = cursor.at;
    take(cursor, blanks);
    take(cursor, /(?:#|\/\/)[^\n]*/y);
    take(cursor, /\/\*[\s\S]*?(?:\*\/|$)/y);
    if (cursor.at === start) return;
  }
}

const identifier = /[\p{L}_][\p{L}\p{N}_-]*/uy;

function readBody(cursor: Cursor, depth: number): DataMap | undefined {
  const line = cursor.line;
  const entries = new Map<string, DataEntry>();
  for (;;) {
    skipBlanks(cursor, true);
    if (cursor.at >= cursor.text.length || peek(cursor) === '}') return { kind: 'map', line, entries };
    const own = cursor.line;
    const name = take(cursor, identifier);
    if (name === undefined || depth > deepest) return undefined;
    skipBlanks(cursor, false);
    const value = peek(cursor) === '=' ? readAttribute(cursor, depth) : readBlock(cursor, depth, own);
    if (value === undefined) return undefined;
    const before = entries.get(name)?.value;
    entries.set(name, { line: own, value: before === undefined ? value : mergedData(before, value) });
  }
}

function readAttribute(cursor: Cursor, depth: number): Data {
  advance(cursor, 1);
  return readExpression(cursor, depth + 1, false);
}

/** Labels and body of a block, the labels as maps around it. */
function readBlock(cursor: Cursor, depth: number, line: number): Data | undefined {
  const labels: string[] = [];
  for (;;) {
    skipBlanks(cursor, false);
    const label = peek(cursor) === '"' ? readString(cursor) : take(cursor, identifier);
    if (label === undefined) break;
    labels.push(label);
  }
  if (peek(cursor) !== '{') return undefined;
  advance(cursor, 1);
  let value: Data | undefined = readBody(cursor, depth + 1);
  if (value === undefined || advance(cursor, 1) !== '}') return undefined;
  for (const label of labels.toReversed()) value = { kind: 'map', line, entries: new Map([[label, { line, value }]]) };
  return value;
}

/** An expression; `nested`: inside brackets, where it may go over several lines. */
function readExpression(cursor: Cursor, depth: number, nested: boolean): Data {
  skipBlanks(cursor, nested);
  const { line } = cursor;
  const value = depth > deepest ? undefined : readTerm(cursor, depth);
  skipBlanks(cursor, nested);
  const ended = cursor.at >= cursor.text.length || /[\n,\]})]/.test(peek(cursor));
  if (value !== undefined && ended) return value;
  skipExpression(cursor, nested);
  return { kind: 'text', line };
}

function readTerm(cursor: Cursor, depth: number): Data | undefined {
  const { line } = cursor;
  const char = peek(cursor);
  if (char === '"') return { kind: 'text', line, text: readString(cursor) };
  if (char === '[') return readList(cursor, depth);
  if (char === '{') return readObject(cursor, depth);
  const heredoc = take(cursor, /<<-?[A-Za-z_]\w*\n/y);
  if (heredoc !== undefined) return readHeredoc(cursor, /\w+/.exec(heredoc)?.[0] ?? '');
  const literal = take(cursor, /-?\d[\w.]*/y) ?? take(cursor, identifier);
  if (literal === undefined || literal === 'for') return undefined;
  if (literal === 'null') return { kind: 'text', line };
  const plain = /^(?:true|false|-?\d.*)$/.test(literal);
  return { kind: 'text', line, text: plain ? literal : `\${${literal}}` };
}

function readList(cursor: Cursor, depth: number): Data | undefined {
  const { line } = cursor;
  const items: Data[] = [];
  advance(cursor, 1);
  for (;;) {
    skipBlanks(cursor, true);
    if (peek(cursor) === ']') break;
    if (cursor.at >= cursor.text.length) return undefined;
    const start = cursor.at;
    items.push(readExpression(cursor, depth + 1, true));
    if (peek(cursor) === ',') advance(cursor, 1);
    else if (cursor.at === start) return undefined;
  }
  advance(cursor, 1);
  return { kind: 'list', line, items };
}

function readObject(cursor: Cursor, depth: number): Data | undefined {
  const { line } = cursor;
  const entries = new Map<string, DataEntry>();
  advance(cursor, 1);
  for (;;) {
    skipBlanks(cursor, true);
    if (peek(cursor) === '}') break;
    const own = cursor.line;
    const name = peek(cursor) === '"' ? readString(cursor) : take(cursor, identifier);
    skipBlanks(cursor, false);
    if (name === undefined || name === 'for' || !/[=:]/.test(peek(cursor))) return undefined;
    advance(cursor, 1);
    entries.set(name, { line: own, value: readExpression(cursor, depth + 1, false) });
    if (peek(cursor) === ',') advance(cursor, 1);
  }
  advance(cursor, 1);
  return { kind: 'map', line, entries };
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/** A string in quotes; what stands in `${…}` is kept as written, quotes in it included. */
function readString(cursor: Cursor): string {
  let text = '';
  advance(cursor, 1);
  while (cursor.at < cursor.text.length && !/["\n]/.test(peek(cursor))) {
    const template = take(cursor, /[$%]\{(?:[^{}"\n]|"(?:[^"\\\n]|\\.)*"|\{[^{}\n]*\})*\}/y);
    if (template !== undefined) text += template;
    else if (peek(cursor) === '\\') {
      const escaped = advance(cursor, 2).slice(1);
      text += escapes.get(escaped) ?? escaped;
    } else text += advance(cursor, 1);
  }
  advance(cursor, 1);
  return text;
}

function readHeredoc(cursor: Cursor, delimiter: string): Data {
  const { line } = cursor;
  const body: string[] = [];
  while (cursor.at < cursor.text.length) {
    const row = advance(cursor, rowLength(cursor));
    if (row.trim() === delimiter) break;
    body.push(row);
    advance(cursor, 1);
  }
  return { kind: 'text', line, text: body.join('\n') };
}

function rowLength(cursor: Cursor): number {
  const end = cursor.text.indexOf('\n', cursor.at);
  return (end === -1 ? cursor.text.length : end) - cursor.at;
}

/** Goes to the end of an expression that is not worked out. */
function skipExpression(cursor: Cursor, nested: boolean): void {
  let open = 0;
  while (cursor.at < cursor.text.length) {
    const char = peek(cursor);
    if (open === 0 && (/[,\]})]/.test(char) || (char === '\n' && !nested))) return;
    if (char === '"') {
      readString(cursor);
      continue;
    }
    if (/[[{(]/.test(char)) open += 1;
    if (/[\]})]/.test(char)) open -= 1;
    advance(cursor, 1);
  }
}
