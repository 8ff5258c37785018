/** Every Dockerfile of `../shared/corpus`: no rule breaks, no false syntax error, and the counts by rule stand in the repository. */
import { expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { type LintResult, openFile, type ReportedFinding } from '../src/engine/lint.ts';
import { corpusFiles } from './harness/corpus.ts';
import { judgementDay, sharedPath } from './harness/shared.ts';

const corpus = sharedPath('corpus');
if (corpus === undefined) console.warn('skipped: ../shared/corpus is not there');

/** What all rules say of a file, and what the default preset says of it. */
interface Judged {
  readonly place: string;
  readonly all: LintResult;
  readonly recommended: readonly ReportedFinding[];
}

let known: readonly Judged[] | undefined;

function judgedCorpus(): readonly Judged[] {
  known ??= [...corpusFiles(corpus ?? '')].map(({ slug, name, text, context, evidence }) => {
    const given = { path: name, text, rules, today: judgementDay, context, evidence };
    const opened = openFile(given);
    const all = opened.judge().finish();
    const again = openFile({ ...given, selection: { presets: ['recommended'] } }, opened);
    return { place: `${slug}/${name}`, all, recommended: again.judge().finish().findings };
  });
  return known;
}

test.skipIf(corpus === undefined)('the corpus is linted whole', { timeout: 300_000 }, async () => {
  const counts = new Map<string, number>();
  const broken: string[] = [];
  for (const { place, all } of judgedCorpus()) {
    broken.push(...all.failures.map(({ rule, error }) => `${place}: ${rule}: ${String(error)}`));
    for (const { rule, severity } of all.findings)
      counts.set(`${rule} ${severity}`, (counts.get(`${rule} ${severity}`) ?? 0) + 1);
  }
  expect(broken).toEqual([]);
  expect(judgedCorpus()).toHaveLength(609);
  const lines = [...counts].sort().map(([what, count]) => `${what} ${count}\n`);
  await expect(lines.join('')).toMatchFileSnapshot('../fixtures/corpus-counts.txt');
});

/** What is plainly so in most files: nobody set a user, and what the corpus holds has grown old, much of it on purpose. */
const plainlySo: ReadonlySet<string> = new Set(['root-user', 'end-of-life-base']);

test.skipIf(corpus === undefined)('the default preset is quiet', { timeout: 300_000 }, async () => {
  const perFile: number[] = [];
  const findingsOf = new Map<string, number>();
  const filesOf = new Map<string, number>();
  let oldBases = 0;
  for (const { recommended: found } of judgedCorpus()) {
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
