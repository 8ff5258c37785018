/** Findings as JSON, for programs. The shape is `reportSchema` in `schema.ts`. */
import type { LintResult } from '../engine/lint.ts';
import type { Fix } from '../rule.ts';
import type { Format, Unreadable } from './format.ts';
import { harmlessJson } from './harmless.ts';
import { summarise } from './summary.ts';

export const jsonFormat: Format = ({ results, unreadable }) => partsOf(results, unreadable);

const fixOf = ({ says, safety, edits, creates }: Fix) => ({
  says,
  safety,
  edits: edits.map(({ at, text }) => ({
    line: at.line,
    column: at.column,
    endLine: at.endLine,
    endColumn: at.endColumn,
    text,
  })),
  ...(creates === undefined ? {} : { creates: { path: creates.path, text: creates.text } }),
});

/** One JSON document, with a line feed at its end. `errors` is there only when a file could not be read. */
export const jsonReport = (results: readonly LintResult[], unreadable: readonly Unreadable[] = []): string =>
  [...partsOf(results, unreadable)].join('');

/** The same, file by file: of thousands, no more than one is in memory in several shapes. */
function* partsOf(results: readonly LintResult[], unreadable: readonly Unreadable[]): Iterable<string> {
  const errors = unreadable.length === 0 ? {} : { errors: unreadable };
  const report = written({ version: 1, files: [], ...errors, summary: summarise(results) });
  const [before, after] = splitAt(report, '"files": []');
  yield results.length === 0 ? `${before}"files": []` : `${before}"files": [`;
  for (const [at, result] of results.entries())
    yield `${at === 0 ? '' : ','}\n    ${written(fileOf(result)).replaceAll('\n', '\n    ')}`;
  yield results.length === 0 ? `${after}\n` : `\n  ]${after}\n`;
}

const written = (value: object): string => harmlessJson(JSON.stringify(value, undefined, 2));

function splitAt(text: string, middle: string): readonly [string, string] {
  const at = text.indexOf(middle);
  return [text.slice(0, at), text.slice(at + middle.length)];
}

const fileOf = ({ path, findings }: LintResult) => ({
  path,
  findings: findings.map(({ evidence, fix, instead: _, ...finding }) => ({
    rule: finding.rule,
    severity: finding.severity,
    confidence: finding.confidence,
    category: finding.category,
    ...(finding.answers.length === 0 ? {} : { answers: finding.answers }),
    message: finding.message,
    line: finding.line,
    column: finding.column,
    endLine: finding.endLine,
    endColumn: finding.endColumn,
    ...(finding.targets === undefined ? {} : { targets: finding.targets }),
    evidence: evidence.map(({ at, message, elsewhere }) => ({
      ...(elsewhere === undefined ? {} : { path: elsewhere.path }),
      line: at.line,
      column: at.column,
      endLine: at.endLine,
      endColumn: at.endColumn,
      message,
    })),
    ...(fix === undefined ? {} : { fix: fixOf(fix) }),
  })),
});
