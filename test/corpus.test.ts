/** Every Dockerfile of `../shared/corpus`: no rule breaks, no false syntax error, and the counts by rule stand in the repository. */
import { expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { lint } from '../src/engine/lint.ts';
import { corpusFiles } from './harness/corpus.ts';
import { sharedPath } from './harness/shared.ts';

const corpus = sharedPath('corpus');
if (corpus === undefined) console.warn('skipped: ../shared/corpus is not there');

test.skipIf(corpus === undefined)('the corpus is linted whole', { timeout: 120_000 }, async () => {
  const counts = new Map<string, number>();
  const broken: string[] = [];
  let files = 0;
  for (const { slug, name, text, context, evidence } of corpusFiles(corpus ?? '')) {
    const { findings, failures } = lint({ path: name, text, rules, context, evidence });
    files += 1;
    broken.push(...failures.map(({ rule, error }) => `${slug}: ${rule}: ${String(error)}`));
    for (const { rule, severity } of findings)
      counts.set(`${rule} ${severity}`, (counts.get(`${rule} ${severity}`) ?? 0) + 1);
  }
  expect(broken).toEqual([]);
  expect(files).toBe(609);
  const lines = [...counts].sort().map(([what, count]) => `${what} ${count}\n`);
  await expect(lines.join('')).toMatchFileSnapshot('../fixtures/corpus-counts.txt');
});
