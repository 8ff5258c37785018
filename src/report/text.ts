/** Findings for people: header, source frame, evidence, what to do instead. */
import type { LintResult, ReportedFinding } from '../engine/lint.ts';
import type { Evidence, Severity } from '../rule.ts';
import { createSource, type Source } from '../syntax/index.ts';
import { lineStart, sourceFrame } from './frame.ts';
import { harmless, harmlessProse } from './harmless.ts';
import { plainStyle, type Style } from './style.ts';
import { summarise } from './summary.ts';
import { displayWidth, shortened, wrap } from './width.ts';

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

/** `2 files: 1 error, 3 warnings, 1 ignored by comments`. */
export function textSummary(results: readonly LintResult[], style: Style = plainStyle): string {
  const { files, errors, warnings, infos, suppressed } = summarise(results);
  const counts: readonly (readonly [number, string, Severity])[] = [
    [errors, 'error', 'error'],
    [warnings, 'warning', 'warning'],
    [infos, 'info', 'info'],
  ];
  const said = counts.flatMap(([count, name, severity]) =>
    count === 0 ? [] : [style[severity](`${count} ${name}${count === 1 ? '' : 's'}`)],
  );
  if (said.length === 0) said.push('nothing to report');
  if (suppressed > 0) said.push(`${suppressed} ignored by comments`);
  return `${files} file${files === 1 ? '' : 's'}: ${said.join(', ')}\n`;
}

function findingText(finding: ReportedFinding, path: string, source: Source, style: Style, columns: number): string {
  const mark = style[finding.severity];
  const lines = [
    ...headerLines(finding, harmless(path), style, columns),
    ...sourceFrame(finding, source, { mark, faint: style.faint, columns }),
    ...finding.evidence.flatMap((step) => evidenceLines(step, source, style, columns)),
    ...(finding.targets === undefined
      ? []
      : wrap(
          `concerns: ${finding.targets.map((name) => `stage ${harmless(name)}`).join(', ')}`,
          columns,
          '  ',
          '            ',
        )),
    ...wrap(`instead: ${harmlessProse(finding.instead)}`, columns, '  ', '           '),
  ];
  return lines.join('\n');
}

/** `Dockerfile:9:1 warning root-user: the image runs as root`, the message wrapped below when it is long. */
function headerLines(finding: ReportedFinding, path: string, style: Style, columns: number): readonly string[] {
  const place = `${path}:${finding.line}:${finding.column}`;
  const plain = `${place} ${finding.severity} ${finding.rule}:`;
  const [first = plain, ...rest] = wrap(harmlessProse(finding.message), columns, plain, '  ');
  const styled = `${style.strong(place)} ${style[finding.severity](finding.severity)} ${style.strong(finding.rule)}:`;
  return [styled + first.slice(plain.length), ...rest];
}

/** `  line 10: installed here`, with the start of that line when it fits beside it. */
function evidenceLines(
  { at, message, elsewhere }: Evidence,
  source: Source,
  style: Style,
  columns: number,
): readonly string[] {
  const where = elsewhere === undefined ? `line ${at.line}` : `${harmless(elsewhere.path)}:${at.line}`;
  const [first = '', ...rest] = wrap(`${where}: ${harmlessProse(message)}`, columns, '  ', '    ');
  const room = columns - displayWidth(first) - 4;
  if (rest.length > 0 || room < 16) return [first, ...rest];
  return [
    `${first}  ${style.faint(`| ${shortened(elsewhere === undefined ? lineStart(source, at.line, room * 2) : harmless(elsewhere.words), room)}`)}`,
  ];
}
