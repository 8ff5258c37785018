/** The sample Dockerfiles of `../shared/articles`, held against its table of what must be said of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { lint } from '../src/engine/lint.ts';
import { sharedPath } from './harness/shared.ts';

const articles = sharedPath('articles');
if (articles === undefined) console.warn('skipped: ../shared/articles is not there');

const fiveChecks = [
  'unnamed-stage',
  'source-copied-before-install',
  'dev-dependencies-shipped',
  'root-user',
  'leaked-npmrc',
  'secret-in-build-arg',
];

interface Expected {
  readonly file: string;
  readonly must: readonly { readonly rule: string; readonly line: number; readonly severity?: string }[];
  readonly never: readonly string[];
}

/** Reads a row of the table: `rule @ line`, `rule @ 7 and @ 15`, `at severity info`, `error:`. */
function readRow(row: string): Expected {
  const [, file = '', must = '', never = ''] = row.split('|').map((cell) => cell.trim());
  const wanted = [
    ...must.matchAll(/([a-z][a-z-]+) @ (\d+(?:(?:, | and |, and )@? ?\d+)*)([^,]*(?:\([^)]*\))?)/g),
  ].flatMap(([, rule = '', lines = '', rest = '']) =>
    [...lines.matchAll(/\d+/g)].map(([line]) => ({
      rule,
      line: Number(line),
      ...(/severity info/.test(rest) ? { severity: 'info' } : /\(error/.test(rest) ? { severity: 'error' } : {}),
    })),
  );
  const silent = never.startsWith('everything in the five checks')
    ? fiveChecks.filter((rule) => rule !== 'root-user')
    : never.split(',').map((rule) => rule.trim());
  return { file, must: wanted, never: silent };
}

const rows =
  articles === undefined
    ? []
    : readFileSync(join(articles, 'EXPECTED.md'), 'utf8')
        .split('\n')
        .filter((line) => /^\| \d{3}-/.test(line))
        .map(readRow);

describe.skipIf(articles === undefined)('articles', () => {
  test('the table is read whole', () => {
    expect(rows).toHaveLength(12);
    expect(rows.flatMap((row) => row.must)).toHaveLength(30);
  });

  test.each(rows)('$file', ({ file, must, never }) => {
    const text = readFileSync(join(articles ?? '', `${file}.Dockerfile`), 'utf8');
    const { findings } = lint({ path: `${file}.Dockerfile`, text, rules });
    for (const wanted of must) expect(findings).toContainEqual(expect.objectContaining(wanted));
    expect(findings.map((finding) => finding.rule).filter((rule) => never.includes(rule))).toEqual([]);
  });
});

test.skipIf(articles === undefined)('the dev dependencies of 002-b come with their whole trail', () => {
  const text = readFileSync(join(articles ?? '', '002-b-multi-stage.Dockerfile'), 'utf8');
  const found = lint({ path: 'Dockerfile', text, rules }).findings.find(
    ({ rule }) => rule === 'dev-dependencies-shipped',
  );
  expect([found?.evidence[0]?.at.line, found?.line, found?.evidence.at(-1)?.at.line]).toEqual([10, 24, 18]);
  expect(found?.message).toContain('production');
});
