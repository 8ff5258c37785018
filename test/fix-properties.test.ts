/**
 * What holds of every fix, over the fixtures and each third file of `../shared/corpus` (`CORPUS=whole`: each): its finding
 * is gone, no error or warning comes in, no fault of syntax, a second run changes nothing; of each rule's first fixtures
 * and of some of the corpus, CRLF and BOM survive.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { type LintInput, openFile, type ReportedFinding } from '../src/engine/lint.ts';
import { mend } from '../src/fix/mend.ts';
import { parseDockerfile } from '../src/syntax/index.ts';
import { corpusFiles } from './harness/corpus.ts';
import { judgementDay, repository, sharedPath } from './harness/shared.ts';

type Given = Omit<LintInput, 'text'>;

type Judge = (text: string) => readonly ReportedFinding[];

/** Says of each text once what is wrong with it, as all that mends does: with what is known of the first one. */
function judgeOf(given: Given, text: string): Judge {
  const opened = openFile({ ...given, text });
  const known = new Map([[text, opened.judge().finish().findings]]);
  return (other) => {
    const findings =
      known.get(other) ??
      openFile({ ...given, text: other }, opened)
        .judge()
        .finish().findings;
    known.set(other, findings);
    return findings;
  };
}

const mended = (judged: Judge, text: string) => mend({ text, findings: judged(text) }, judged, () => true);

/** What is wrong with what fixes make of a text, and of the same as Windows writes it; empty when nothing is. */
function faultsOf(judged: Judge, text: string, alsoOfWindows: boolean): readonly string[] {
  const faults: string[] = [];
  const had = judged(text);
  if (had.every(({ fix }) => fix === undefined)) return [];
  const after = mended(judged, text);
  const left = judged(after.text);
  for (const rule of new Set(after.fixed.filter(({ fix }) => fix?.edits.length !== 0).map((each) => each.rule))) {
    const gone = after.fixed.filter((each) => each.rule === rule).length;
    if (count(left, rule) > Math.max(0, count(had, rule) - gone)) faults.push(`${rule} is still there`);
  }
  for (const { rule, severity } of left)
    if (severity !== 'info' && heavy(left, rule) > heavy(had, rule)) faults.push(`${rule} has come in`);
  if (parseDockerfile(after.text).faults.length > parseDockerfile(text).faults.length) faults.push('faults of syntax');
  if (mended(judged, after.text).text !== after.text) faults.push('a second run changes it again');
  if (alsoOfWindows && !text.includes('\r')) {
    const windows = mended(judged, `\ufeff${text.replaceAll('\n', '\r\n')}`).text;
    if (windows !== `\ufeff${after.text.replaceAll('\n', '\r\n')}`) faults.push('CRLF or BOM change it');
  }
  return faults;
}

const count = (findings: readonly ReportedFinding[], rule: string): number =>
  findings.filter((each) => each.rule === rule).length;
const heavy = (findings: readonly ReportedFinding[], rule: string): number =>
  findings.filter((each) => each.rule === rule && each.severity !== 'info').length;

/** In the order of their names: what is bad comes first. */
const dockerfilesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('Dockerfile'))
    .sort();

const base = { rules, today: judgementDay, selection: { presets: ['all'] } } as const;

describe('fixtures', () => {
  const folder = join(repository, 'fixtures/rules');
  for (const rule of readdirSync(folder))
    for (const [at, name] of dockerfilesIn(join(folder, rule)).entries())
      test(`${rule}/${name}`, () => {
        const text = readFileSync(join(folder, rule, name), 'utf8');
        expect(faultsOf(judgeOf({ ...base, path: 'Dockerfile' }, text), text, at < 3)).toEqual([]);
      });
});

const corpus = sharedPath('corpus');

test.skipIf(corpus === undefined)('the corpus', { timeout: 300_000 }, () => {
  const faults: string[] = [];
  let fixed = 0;
  for (const [at, { slug, name, text, context, evidence }] of [...corpusFiles(corpus ?? '')].entries()) {
    if (at % 3 !== 0 && process.env['CORPUS'] !== 'whole') continue;
    const judged = judgeOf({ ...base, path: name, context, evidence }, text);
    faults.push(...faultsOf(judged, text, at % 9 === 0).map((fault) => `${slug}/${name}: ${fault}`));
    fixed += judged(text).filter(({ fix }) => fix !== undefined).length;
  }
  expect(faults).toEqual([]);
  expect(fixed).toBeGreaterThan(0);
});
