/** Findings for people: header, source frame, evidence, what to do instead. */
import type { LintResult, ReportedFinding } from '../engine/lint.ts';
import type { Evidence, Severity } from '../rule.ts';
import { createSource, type Source } from '../syntax/source.ts';
import type { Format } from './format.ts';
import { lineStart, sourceFrame } from './frame.ts';
import { harmless, harmlessPath, harmlessProse } from './harmless.ts';
import { plainStyle, type Style } from './style.ts';
import { summarise } from './summary.ts';
import { displayWidth, shortened, wrap } from './width.ts';

export interface TextOptions {
  readonly style?: Style;
  /** Columns of the terminal; lines of prose are wrapped there. Default 80. */
  readonly columns?: number;
}

export const textFormat: Format = ({ results, style, columns, quiet }) => {
  const texts = results.map((result) => textReport(result, { style, columns })).filter((text) => text !== '');
  const summary = quiet || results.length === 0 ? '' : textSummary(results, style);
  return texts.map((text) => `${text}\n`).join('') + summary;
};

/**
 * The report of one file; empty when there is nothing to say. What weighs most comes first; what one rule says stands
 * together, and what repeats is said once.
 */
export function textReport(result: LintResult, options: TextOptions = {}): string {
  const page: Page = {
    path: harmlessPath(result.path),
    source: createSource(result.text),
    style: options.style ?? plainStyle,
    columns: Math.max(40, options.columns ?? 80),
  };
  return groupsOf(result.findings)
    .map((group) => `${groupLines(group, page).join('\n')}\n`)
    .join('\n');
}

/** What the lines of a file's report share. */
interface Page {
  readonly path: string;
  readonly source: Source;
  readonly style: Style;
  readonly columns: number;
}

const weights: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** Findings of one rule and severity, in the order of the file; the heaviest groups first. */
function groupsOf(findings: readonly ReportedFinding[]): readonly (readonly ReportedFinding[])[] {
  const groups = new Map<string, [ReportedFinding, ...ReportedFinding[]]>();
  for (const finding of findings) {
    const key = `${finding.severity} ${finding.rule}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()].sort(([one], [other]) => weights[one.severity] - weights[other.severity]);
}

/** The first is shown whole; of those behind it, infos and what says the same again are but named, and advised once. */
function groupLines(group: readonly ReportedFinding[], page: Page): readonly string[] {
  const said = new Set<string>();
  return group.flatMap((finding, index) => {
    const isRepeated = index > 0 && (finding.severity === 'info' || said.has(finding.message));
    said.add(finding.message);
    const shown = [...headerLines(finding, page), ...(isRepeated ? [] : proofLines(finding, page))];
    if (finding.instead === group[index + 1]?.instead) return shown;
    return [...shown, ...wrap(`instead: ${harmlessProse(finding.instead)}`, page.columns, '  ', '           ')];
  });
}

/** The counts, and what the options for fixes would do. */
export const textSummary = (results: readonly LintResult[], style: Style = plainStyle): string =>
  `${textCounts(results, style)}\n${fixHint(results)}`;

/** `2 files: 1 error, 3 warnings, 1 ignored by comments`. */
export function textCounts(results: readonly LintResult[], style: Style = plainStyle): string {
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
  return `${files} file${files === 1 ? '' : 's'}: ${said.join(', ')}`;
}

/** What the options for fixes would do, on a line of its own. */
function fixHint(results: readonly LintResult[]): string {
  const fixes = results.flatMap(({ findings }) => findings.flatMap(({ fix }) => (fix === undefined ? [] : [fix])));
  const safe = fixes.filter(({ safety }) => safety === 'safe').length;
  const unsafe = fixes.length - safe;
  if (fixes.length === 0) return '';
  if (unsafe === 0) return `${safe} can be fixed with --fix\n`;
  return safe === 0
    ? `${unsafe} can be fixed with --unsafe-fixes\n`
    : `${safe} can be fixed with --fix, ${unsafe} more with --unsafe-fixes\n`;
}

/** The source, the trail of evidence, the targets. */
function proofLines(finding: ReportedFinding, { source, style, columns }: Page): readonly string[] {
  const mark = style[finding.severity];
  const targets = finding.targets?.map((name) => `stage ${harmless(name)}`).join(', ');
  return [
    ...sourceFrame(finding, source, { mark, faint: style.faint, columns }),
    ...finding.evidence.flatMap((step) => evidenceLines(step, source, style, columns)),
    ...(targets === undefined ? [] : wrap(`concerns: ${targets}`, columns, '  ', '            ')),
  ];
}

/** `Dockerfile:9:1 warning root-user: the image runs as root`, the message wrapped below when it is long. */
function headerLines(finding: ReportedFinding, { path, style, columns }: Page): readonly string[] {
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
