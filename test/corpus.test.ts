/** Every Dockerfile of `../shared/corpus`: no rule breaks, no false syntax error, and the counts by rule stand in the repository. */
import { expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { lint } from '../src/engine/lint.ts';
import { corpusFiles } from './harness/corpus.ts';
import { judgementDay, sharedPath } from './harness/shared.ts';

const corpus = sharedPath('corpus');
if (corpus === undefined) console.warn('skipped: ../shared/corpus is not there');

test.skipIf(corpus === undefined)('the corpus is linted whole', { timeout: 120_000 }, async () => {
  const counts = new Map<string, number>();
  const broken: string[] = [];
  let files = 0;
  for (const { slug, name, text, context, evidence } of corpusFiles(corpus ?? '')) {
    const { findings, failures } = lint({ path: name, text, rules, today: judgementDay, context, evidence });
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

/** What is plainly so in most files: nobody set a user, and what the corpus holds has grown old, much of it on purpose. */
const plainlySo: ReadonlySet<string> = new Set(['root-user', 'end-of-life-base']);

test.skipIf(corpus === undefined)('the default preset is quiet', { timeout: 120_000 }, async () => {
  const perFile: number[] = [];
  const findingsOf = new Map<string, number>();
  const filesOf = new Map<string, number>();
  let oldBases = 0;
  for (const { name, text, context, evidence } of corpusFiles(corpus ?? '')) {
    const selection = { presets: ['recommended'] } as const;
    const found = lint({ path: name, text, rules, context, evidence, selection, today: judgementDay }).findings;
    const shown = found.filter(({ confidence }) => confidence !== 'possible').map(({ rule }) => rule);
    perFile.push(shown.length);
    if (found.some(({ rule, severity }) => rule === 'end-of-life-base' && severity !== 'info')) oldBases += 1;
    for (const rule of shown) findingsOf.set(rule, (findingsOf.get(rule) ?? 0) + 1);
    for (const rule of new Set(shown)) filesOf.set(rule, (filesOf.get(rule) ?? 0) + 1);
  }
  const median = perFile.toSorted((one, other) => one - other)[perFile.length >> 1] ?? 0;
  expect(median).toBeLessThanOrEqual(4);
  const third = perFile.length / 3;
  expect([...filesOf].filter(([rule, files]) => !plainlySo.has(rule) && files > third)).toEqual([]);
  expect(oldBases).toBeLessThanOrEqual(third);
  const lines = [...filesOf].sort().map(([rule, files]) => `${rule} ${findingsOf.get(rule)} in ${files} files\n`);
  await expect(`median ${median} findings a file\n${lines.join('')}`).toMatchFileSnapshot(
    '../fixtures/corpus-recommended.txt',
  );
});
