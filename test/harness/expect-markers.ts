/** Holds the findings of a fixture against its markers, both ways. */
import { type LintInput, lint, type ReportedFinding } from '../../src/engine/lint.ts';
import type { Rule } from '../../src/rule.ts';
import { createSource, offsetAt } from '../../src/syntax/index.ts';
import { type Marker, readMarkers } from './markers.ts';
import { judgementDay } from './shared.ts';

/** What is wrong, a line each; empty when findings and markers agree. */
export function differences(
  text: string,
  rules: readonly Rule[],
  project: Partial<Pick<LintInput, 'path' | 'targets' | 'context' | 'evidence' | 'selection' | 'today'>> = {},
): readonly string[] {
  const { markers, blanked } = readMarkers(text);
  const { findings, failures } = lint({ path: 'Dockerfile', text: blanked, rules, today: judgementDay, ...project });
  const wanted = markers.filter((marker) => marker.kind === 'want');
  const open = [...findings];
  const problems: string[] = failures.map(({ rule, error }) => `${rule} broke: ${String(error)}`);
  for (const want of wanted) {
    const index = open.findIndex((finding) => matches(finding, want, blanked));
    if (index === -1)
      problems.push(
        `line ${want.line}: wanted ${want.rule}${want.at ? ` at "${want.at}"` : ''}${want.says ? ` says "${want.says}"` : ''}`,
      );
    else open.splice(index, 1);
  }
  for (const note of markers.filter((each) => each.kind === 'note'))
    if (
      !findings.some(
        (finding) =>
          finding.rule === note.rule &&
          finding.evidence.some(
            ({ at, elsewhere, message }) => elsewhere === undefined && covers({ ...at, message }, note, blanked),
          ),
      )
    )
      problems.push(`line ${note.line}: wanted evidence of ${note.rule}`);
  for (const finding of open)
    problems.push(
      `line ${finding.line}:${finding.column}: unwanted ${finding.rule} (${finding.severity}): ${finding.message}`,
    );
  return problems;
}

function matches(finding: ReportedFinding, want: Marker, text: string): boolean {
  return (
    finding.rule === want.rule &&
    (want.severity === undefined || finding.severity === want.severity) &&
    covers(finding, want, text)
  );
}

type Told = Pick<ReportedFinding, 'line' | 'column' | 'endLine' | 'endColumn' | 'message'>;

const covers = (told: Told, { line, says, at }: Marker, text: string): boolean =>
  told.line === line &&
  (says === undefined || told.message.includes(says)) &&
  (at === undefined || coveredText(told, text) === at);

function coveredText({ line, column, endLine, endColumn }: Told, text: string): string {
  const source = createSource(text);
  return text.slice(offsetAt(source, line, column), offsetAt(source, endLine, endColumn));
}
