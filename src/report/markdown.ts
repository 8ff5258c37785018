/** A table for the comment on a pull request. */
import type { ReportedFinding } from '../engine/lint.ts';
import type { Severity } from '../rule.ts';
import type { Format, Report } from './format.ts';
import { harmless, harmlessProse } from './harmless.ts';
import { textCounts } from './text.ts';
import { shortened } from './width.ts';

/** GitHub refuses comments of more than 65536 characters; some are left to whoever puts the table into one. */
const mostCharacters = 60_000;

/** What one cell holds before it is cut, in columns. */
const widestCell = 400;

/** A summary, what could not be read, and the findings; of too many, the lightest are left out. */
export const markdown: Format = (report) => {
  const { results, unreadable } = report;
  const lines = [`**dflint** ${textCounts(results)}`];
  const failed = unreadable.map(({ path, message }) => `- ${cell(harmless(path))}: ${cell(harmlessProse(message))}`);
  const failedShown = fitting(failed, mostCharacters / 4);
  if (failed.length > 0)
    lines.push('', 'Not read:', '', ...failedShown, ...rest(failed.length - failedShown.length, 'file'));
  const rows = rowsOf(report);
  const shown = rowsThatFit(rows, mostCharacters - lines.join('\n').length);
  if (shown.length > 0) lines.push('', '| | Place | Rule | Finding |', '| --- | --- | --- | --- |', ...shown);
  if (shown.length < rows.length) lines.push('', ...rest(rows.length - shown.length, 'finding'));
  return `${lines.join('\n')}\n`;
};

interface Row {
  readonly severity: Severity;
  readonly text: string;
}

const rowsOf = ({ results }: Report): readonly Row[] =>
  results.flatMap(({ path, findings }) => findings.map((finding) => rowOf(path, finding)));

function rowOf(path: string, { severity, line, rule, message }: ReportedFinding): Row {
  const place = `${cell(harmless(path))}:${line}`;
  return { severity, text: `| ${severity} | ${place} | \`${rule}\` | ${cell(harmlessProse(message))} |` };
}

/** In the order of the report; errors before warnings before infos when there is not room for all. */
function rowsThatFit(rows: readonly Row[], room: number): readonly string[] {
  const bySeverity = (['error', 'warning', 'info'] as const).flatMap((each) =>
    rows.filter((row) => row.severity === each),
  );
  const kept = new Set(fitting(bySeverity, room, ({ text }) => text));
  return rows.filter((row) => kept.has(row)).map(({ text }) => text);
}

function fitting<Item>(items: readonly Item[], room: number, textOf: (item: Item) => string = String): readonly Item[] {
  let left = room;
  const first = items.findIndex((item) => {
    left -= textOf(item).length + 1;
    return left < 0;
  });
  return first === -1 ? items : items.slice(0, first);
}

const rest = (count: number, what: string): readonly string[] =>
  count === 0 ? [] : [`… and ${count} more ${what}${count === 1 ? '' : 's'} than a comment has room for.`];

/** Text that stays text: no markup, no HTML, no mention of people or issues, no link. */
const cell = (text: string): string =>
  shortened(text, widestCell)
    .replace(/[\\`*_{}[\]<>|~!$&]/g, '\\$&')
    .replace(/[@#](?=\w)/g, '$&&#8203;')
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/\b(www)\.(?=\w)/gi, '$1\\.');
