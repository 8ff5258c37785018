/** `npm run labels`: recall, precision and right-line rate of the five main checks on `../shared/labels`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { lint, type ReportedFinding } from '../../src/engine/lint.ts';
import { corpusFiles } from '../harness/corpus.ts';
import { sharedPath } from '../harness/shared.ts';

interface Label {
  readonly verdict: 'yes' | 'no' | 'arguable' | 'unknown';
  readonly lines: readonly number[];
  readonly why: string;
}

const checks: ReadonlyMap<string, readonly string[]> = new Map([
  ['unnamed-stage', ['unnamed-stage']],
  ['source-copied-before-install', ['source-copied-before-install']],
  ['dev-dependencies-shipped', ['dev-dependencies-shipped']],
  ['root-user', ['root-user']],
  ['leaked-credentials', ['leaked-npmrc', 'secret-in-build-arg']],
]);

const corpus = sharedPath('corpus');
const labels = sharedPath('labels/labels.jsonl');

test.skipIf(corpus === undefined || labels === undefined)('labels', () => {
  const asked = new Set([...checks.values()].flat());
  const judging = rules.filter(({ id }) => asked.has(id));
  const files = new Map([...corpusFiles(corpus ?? '')].map((file) => [file.slug, file]));
  const tally = new Map([...checks.keys()].map((check) => [check, { tp: 0, fp: 0, fn: 0, line: 0 }]));
  const notes: string[] = [];
  for (const line of readFileSync(labels ?? '', 'utf8').split('\n')) {
    if (line === '') continue;
    const { slug, labels: verdicts }: { slug: string; labels: Record<string, Label> } = JSON.parse(line);
    const file = files.get(slug);
    if (file === undefined) continue;
    const { findings } = lint({
      path: file.name,
      text: file.text,
      rules: judging,
      context: file.context,
      evidence: file.evidence,
    });
    for (const [check, ids] of checks) {
      const label = verdicts[check];
      const count = tally.get(check);
      if (label === undefined || count === undefined) continue;
      const said = findings.filter(({ rule }) => ids.includes(rule));
      judge(label, said, count, `${check} ${join(slug, file.name)}`, notes);
    }
  }
  const rows = [...tally].map(([check, { tp, fp, fn, line }]) => ({
    check,
    tp,
    fp,
    fn,
    recall: rate(tp, tp + fn),
    precision: rate(tp, tp + fp),
    'right line': rate(line, tp),
  }));
  console.log(notes.join('\n'));
  console.table(rows);
  const all = [...tally.values()].reduce((sum, each) => ({
    tp: sum.tp + each.tp,
    fp: sum.fp + each.fp,
    fn: sum.fn + each.fn,
    line: sum.line + each.line,
  }));
  console.log(
    `all: recall ${rate(all.tp, all.tp + all.fn)}, precision ${rate(all.tp, all.tp + all.fp)}, right line ${rate(all.line, all.tp)}`,
  );
  expect(all.tp / (all.tp + all.fn)).toBeGreaterThanOrEqual(0.97);
  expect(all.tp / (all.tp + all.fp)).toBeGreaterThanOrEqual(0.97);
});

const rate = (part: number, whole: number): string => (whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`);

/** Findings at info count as said for recall, not against precision: they do not fail a run. */
function judge(
  label: Label,
  said: readonly ReportedFinding[],
  count: { tp: number; fp: number; fn: number; line: number },
  where: string,
  notes: string[],
): void {
  const serious = said.filter(({ severity }) => severity !== 'info');
  const at = said.map((finding) => `${finding.line} ${finding.severity}`).join(', ');
  if (label.verdict === 'yes') {
    if (said.length === 0) {
      count.fn += 1;
      notes.push(`FN   ${where}:${label.lines.join(',')} ${label.why}`);
      return;
    }
    count.tp += 1;
    const right = said.some((finding) => label.lines.includes(finding.line));
    if (right) count.line += 1;
    else notes.push(`LINE ${where}: said ${at}, labelled ${label.lines.join(',')} ${label.why}`);
  } else if (label.verdict === 'no' && serious.length > 0) {
    count.fp += 1;
    notes.push(`FP   ${where}: said ${at}; ${label.why}`);
  } else if (label.verdict === 'unknown' && serious.length > 0) notes.push(`UNKN ${where}: said ${at}; ${label.why}`);
}
