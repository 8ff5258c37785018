/** Findings for people: header, source frame, evidence, what to do instead. */
import type { LintResult, ReportedFinding } from '../engine/lint.ts';
import type { Severity } from '../rule.ts';
import { createSource, type Source, type Span } from '../syntax/index.ts';
import { harmless } from './harmless.ts';
import { summarise } from './summary.ts';

/** How parts of the text are shown; the plain style leaves everything as it is. */
export interface Style {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly info: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

const asIs = (text: string): string => text;

export const plainStyle: Style = { error: asIs, warning: asIs, info: asIs, strong: asIs, faint: asIs };

export interface TextOptions {
  readonly style?: Style;
  /** Columns of the terminal; lines of prose are wrapped there. Default 80. */
  readonly columns?: number;
}

/** The report of one file; empty when there is nothing to say. */
export function textReport(result: LintResult, options: TextOptions = {}): string {
  const source = createSource(result.text);
  const columns = Math.max(40, options.columns ?? 80);
  const style = options.style ?? plainStyle;
  return result.findings.map((finding) => `${findingText(finding, result.path, source, style, columns)}\n`).join('\n');
}

/** `2 files: 1 error, 3 warnings, no infos`. */
export function textSummary(results: readonly LintResult[], style: Style = plainStyle): string {
  const { files, errors, warnings, infos } = summarise(results);
  const counts: readonly (readonly [number, string, Severity])[] = [
    [errors, 'error', 'error'],
    [warnings, 'warning', 'warning'],
    [infos, 'info', 'info'],
  ];
  const said = counts.flatMap(([count, name, severity]) =>
    count === 0 ? [] : [style[severity](`${count} ${name}${count === 1 ? '' : 's'}`)],
  );
  return `${files} file${files === 1 ? '' : 's'}: ${said.length === 0 ? 'nothing to report' : said.join(', ')}\n`;
}

function findingText(finding: ReportedFinding, path: string, source: Source, style: Style, columns: number): string {
  const place = style.strong(`${harmless(path)}:${finding.line}:${finding.column}`);
  const paint = style[finding.severity];
  const lines = [
    `${place} ${paint(finding.severity)} ${style.strong(finding.rule)}`,
    ...wrap(harmless(finding.message), columns, '  '),
    ...frame(finding, source, paint, style, columns),
    ...finding.evidence.flatMap((step) => evidenceLines(step.at, step.message, source, style, columns)),
    ...wrap(`instead: ${finding.instead}`, columns, '  ', '           '),
  ];
  return lines.join('\n');
}

const mostFrameLines = 4;
const tab = '    ';

/** The lines of the place, underlined; long places are cut after a few lines. */
function frame(at: Span, source: Source, paint: (text: string) => string, style: Style, columns: number): string[] {
  const last = at.endColumn === 1 && at.endLine > at.line ? at.endLine - 1 : at.endLine;
  const shown = Math.min(last, at.line + mostFrameLines - 1);
  const gutter = String(shown).length;
  const lines: string[] = [];
  for (let line = at.line; line <= shown; line += 1) {
    const text = lineText(source, line);
    const from = line === at.line ? at.column - 1 : text.length - text.trimStart().length;
    const to = line === at.endLine ? at.endColumn - 1 : text.trimEnd().length;
    const { visible, start, width } = visiblePart(text, from, Math.max(to, from + 1), columns - gutter - 6);
    lines.push(`  ${style.faint(`${String(line).padStart(gutter)} |`)} ${visible}`);
    if (line === at.line || shown === last)
      lines.push(`  ${' '.repeat(gutter)} ${style.faint('|')} ${' '.repeat(start)}${paint('^'.repeat(width))}`);
  }
  if (shown < last) lines.push(`  ${' '.repeat(gutter)} ${style.faint(`| … ${last - shown} more lines`)}`);
  return lines;
}

const lineText = (source: Source, line: number): string => {
  const start = source.lineStarts[line - 1] ?? source.text.length;
  const end = source.lineStarts[line] ?? source.text.length + 1;
  return source.text.slice(start, end - 1).replace(/\r$/, '');
};

/** A line as it is printed, cut to the width, and where in it the underline goes, in terminal columns. */
function visiblePart(
  text: string,
  from: number,
  to: number,
  room: number,
): { visible: string; start: number; width: number } {
  const shown = (part: string): string => harmless(part.replaceAll('\t', tab));
  const before = shown(text.slice(0, from));
  const marked = shown(text.slice(from, to));
  const after = shown(text.slice(to));
  const skipped = displayWidth(before) + displayWidth(marked) > room && displayWidth(before) > room / 2;
  const head = skipped ? `…${before.slice(-Math.floor(room / 4))}` : before;
  const start = displayWidth(head);
  const whole = head + marked + after;
  const visible = displayWidth(whole) > room ? `${cut(whole, room - 1)}…` : whole;
  return {
    visible: visible.trimEnd(),
    start,
    width: Math.max(1, Math.min(displayWidth(marked.trimEnd()), room - start)),
  };
}

/** The longest start of `text` that is at most `room` columns wide. */
function cut(text: string, room: number): string {
  let width = 0;
  let end = 0;
  for (const char of text) {
    width += charWidth(char.codePointAt(0) ?? 0);
    if (width > room) break;
    end += char.length;
  }
  return text.slice(0, end);
}

/** Columns that a text takes on a terminal: East Asian wide characters and emoji take two, combining marks none. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const char of text) width += charWidth(char.codePointAt(0) ?? 0);
  return width;
}

function charWidth(code: number): number {
  if (code < 0x300) return 1;
  if (code <= 0x36f || code === 0x200d || (code >= 0xfe00 && code <= 0xfe0f)) return 0;
  const wide =
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0x1f300 && code <= 0x1faff) ||
    (code >= 0x20000 && code <= 0x3fffd);
  return wide ? 2 : 1;
}

/** `  line 10: installed here`, with the start of that line when it fits beside it. */
function evidenceLines(at: Span, message: string, source: Source, style: Style, columns: number): string[] {
  const text = harmless(lineText(source, at.line).trim());
  const head = `line ${at.line}: ${harmless(message)}`;
  const [first = '', ...rest] = wrap(head, columns, '  ', '    ');
  const room = columns - displayWidth(first) - 5;
  const quoted =
    rest.length === 0 && room >= 16
      ? `  ${style.faint(`| ${displayWidth(text) > room ? `${cut(text, room - 1)}…` : text}`)}`
      : '';
  return [first + quoted, ...rest];
}

/** Breaks prose at blanks so that no line is wider than the terminal, when its words allow it. */
function wrap(text: string, columns: number, indent: string, hanging = indent): string[] {
  const lines: string[] = [];
  let line = indent;
  let empty = true;
  for (const word of text.split(' ')) {
    if (!empty && displayWidth(line) + 1 + displayWidth(word) > columns) {
      lines.push(line);
      line = hanging;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  lines.push(line);
  return lines;
}
