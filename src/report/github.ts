/** Workflow commands, from which GitHub Actions makes annotations. */
import type { ReportedFinding } from '../engine/lint.ts';
import type { Severity } from '../rule.ts';
import { compactLine } from './compact.ts';
import type { Format } from './format.ts';
import { harmless, harmlessPath, harmlessProse } from './harmless.ts';
import { lastLine } from './place.ts';

/** GitHub shows so many of each kind for one step; what comes later is dropped. */
const mostOfAKind = 10;

type Kind = 'error' | 'warning' | 'notice';
const kinds = { error: 'error', warning: 'warning', info: 'notice' } as const satisfies Record<Severity, Kind>;

/** What GitHub would drop is listed in the log, behind a word on how many that are. */
export const github: Format = ({ results, unreadable, located }) => {
  const left: Record<Kind, number> = { error: mostOfAKind, warning: mostOfAKind, notice: mostOfAKind };
  const commands: string[] = [];
  const others: string[] = [];
  const leftOut: Record<Kind, number> = { error: 0, warning: 0, notice: 0 };
  const say = (kind: Kind, line: string, instead: string): void => {
    const shown = left[kind] > 0;
    if (shown) left[kind] -= 1;
    else leftOut[kind] += 1;
    (shown ? commands : others).push(shown ? line : instead);
  };
  for (const { path, message } of unreadable) {
    const prose = harmlessProse(message);
    const properties = { file: harmless(located(path)), title: 'dflint cannot read it' };
    say('error', commandOf('error', properties, prose), `${harmlessPath(path)}: ${prose}`);
  }
  for (const { path, findings } of results)
    for (const finding of findings) {
      const kind = kinds[finding.severity];
      say(kind, annotation(kind, located(path), finding), compactLine(path, finding));
    }
  const more = Object.entries(leftOut).flatMap(([kind, count]) =>
    count === 0 ? [] : [`${count} ${kind}${count === 1 ? '' : 's'}`],
  );
  const note =
    more.length === 0 ? [] : [`dflint: GitHub annotates ${mostOfAKind} of a kind; not annotated: ${more.join(', ')}`];
  return [...commands, ...note, ...others].map((line) => `${line}\n`).join('');
};

/** Columns are given for places within one line: with others GitHub rejects the place. */
function annotation(kind: Kind, file: string, finding: ReportedFinding): string {
  const { line, column, endColumn, rule, message, instead } = finding;
  const endLine = lastLine(finding);
  const columns = endLine === finding.endLine && endLine === line ? { col: column, endColumn } : {};
  const place = { file: harmless(file), line, endLine, ...columns };
  return commandOf(kind, { ...place, title: rule }, `${harmlessProse(message)}\ninstead: ${harmlessProse(instead)}`);
}

function commandOf(kind: Kind, properties: Readonly<Record<string, string | number>>, message: string): string {
  const said = Object.entries(properties).map(([name, value]) => `${name}=${escapedProperty(String(value))}`);
  return `::${kind} ${said.join(',')}::${escapedData(message)}`;
}

const escapedData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapedProperty = (text: string): string => escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
