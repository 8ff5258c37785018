/**
 * Part of `npm run labels`: of what reviewers noted beside the five main checks (`other` in `../shared/labels`), how
 * much has a finding on the same instruction. OUT names a file for the list: `+` found, `-` missed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { lint } from '../../src/engine/lint.ts';
import { parseDockerfile } from '../../src/syntax/index.ts';
import { corpusFiles } from '../harness/corpus.ts';
import { judgementDay, sharedPath } from '../harness/shared.ts';

interface Note {
  readonly line: number | null;
  readonly what: string;
}

const corpus = sharedPath('corpus');
const labels = sharedPath('labels/labels.jsonl');

test.skipIf(corpus === undefined || labels === undefined)('other notes of the labels', () => {
  const files = new Map([...corpusFiles(corpus ?? '')].map((file) => [file.slug, file]));
  const rows: string[] = [];
  let found = 0;
  for (const text of readFileSync(labels ?? '', 'utf8').split('\n')) {
    if (text === '') continue;
    const { slug, other }: { slug: string; other: readonly Note[] } = JSON.parse(text);
    const file = files.get(slug);
    if (file === undefined || other.length === 0) continue;
    const { context, evidence } = file;
    const selection = { presets: ['strict'] } as const;
    const { findings } = lint({
      path: file.name,
      text: file.text,
      rules,
      context,
      evidence,
      selection,
      today: judgementDay,
    });
    const instructions = parseDockerfile(file.text).instructions;
    for (const { line, what } of other) {
      const at = line ?? 1;
      const instruction = instructions.find(({ span }) => span.line <= at && at <= span.endLine);
      const here = findings.filter(
        (finding) =>
          instruction !== undefined &&
          instruction.span.line <= finding.line &&
          finding.line <= instruction.span.endLine,
      );
      if (here.length > 0) found += 1;
      const names = [...new Set(here.map(({ rule }) => rule))].join(', ');
      rows.push(`${here.length > 0 ? '+' : '-'} ${slug}:${at} ${what} [${names}]`);
    }
  }
  if (process.env['OUT'] !== undefined) writeFileSync(process.env['OUT'], `${rows.join('\n')}\n`);
  console.log(`other notes: ${rows.length}, with a finding on the same instruction ${found}`);
  expect(found / rows.length).toBeGreaterThanOrEqual(0.6);
});
