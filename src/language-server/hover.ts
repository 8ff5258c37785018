/** What is told of a place: the facts of what stands there, and of findings what they mean. */
import type { Hover } from 'vscode-languageserver';
import type { ReportedFinding } from '../engine/lint.ts';
import { factsAt, factsText, holds, type Position } from '../outline/index.ts';
import { harmlessProse } from '../report/harmless.ts';
import type { Rule } from '../rule.ts';
import type { Host, JudgedText } from './host.ts';
import { rangeOf } from './places.ts';

/** More findings of one place are not told at once. */
const mostFindings = 3;

/** Facts first where a name stands at the place: it is what one points at. */
export function hoverAt(
  { build, result, rules }: JudgedText,
  at: Position,
  host: Pick<Host, 'pageOf'>,
): Hover | undefined {
  const facts = build === undefined ? undefined : factsAt(build, at);
  const findings = result.findings
    .filter((finding) => holds(finding, at))
    .sort((one, other) => sizeOf(one) - sizeOf(other));
  const said = [...new Map(findings.map((finding) => [finding.rule, finding])).values()].slice(0, mostFindings);
  const parts = said.map((finding) => findingText(finding, rules.get(finding.rule), host));
  if (facts !== undefined && build !== undefined) parts.unshift(factsText(facts, build.file.source));
  const [smallest] = said;
  if (parts.length === 0) return undefined;
  const span = facts?.span ?? smallest;
  return {
    contents: { kind: 'markdown', value: parts.join('\n---\n\n') },
    ...(span === undefined ? {} : { range: rangeOf(span) }),
  };
}

const sizeOf = ({ line, column, endLine, endColumn }: ReportedFinding): number =>
  (endLine - line) * 10_000 + endColumn - column;

function findingText(
  { rule, severity, category, message, instead }: ReportedFinding,
  described: Pick<Rule, 'because'> | undefined,
  host: Pick<Host, 'pageOf'>,
): string {
  const page = host.pageOf(rule);
  const name = page === undefined ? `\`${rule}\`` : `[\`${rule}\`](${page})`;
  return `${[
    `**${severity}** ${name} (${category}): ${prose(message)}`,
    ...(described === undefined ? [] : [prose(described.because)]),
    ...(instead === '' ? [] : [`Instead: ${prose(instead)}`]),
  ].join('\n\n')}\n`;
}

/** Text in which nothing is Markdown by accident. */
export const prose = (text: string): string => harmlessProse(text).replace(/[\\`*_<>[\]#|~]/g, '\\$&');
