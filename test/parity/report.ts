/** What both sides say, what one says alone, and whether `fixtures/parity-differences.json` has a reason for it. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { repository } from '../harness/shared.ts';

const { CODE, OUT } = process.env;
const differencesPath = join(repository, 'fixtures/parity-differences.json');

/**
 * A class of differences and why they are right; `only` says which side has the findings. What stands under `buildkit/`
 * (BuildKit's checks as tally runs them) explains the same difference to BuildKit itself, `buildkit-itself/`.
 */
interface ExplainedDifference {
  readonly code: string;
  readonly only: 'theirs' | 'ours';
  readonly reason: string;
  /** `PATH:LINE`, PATH below `../shared/corpus` or the repository. */
  readonly at: readonly string[];
}

export const isOfShellcheck = (code: string): boolean => code.startsWith('hadolint/SC');

export const asTallyHasIt = (code: string): string => code.replace(/^buildkit-itself/, 'buildkit');

/** `withBuildkit`: BuildKit itself was asked. */
export function report(theirs: ReadonlySet<string>, ours: ReadonlySet<string>, withBuildkit: boolean): void {
  const table: readonly ExplainedDifference[] = existsSync(differencesPath)
    ? JSON.parse(readFileSync(differencesPath, 'utf8'))
    : [];
  const explained = { theirs: new Set<string>(), ours: new Set<string>() };
  for (const { code, only, at } of table) for (const place of at) explained[only].add(`${code} ${place}`);
  const all = [...new Set([...theirs, ...ours])].sort();
  // hadolint keeps one of ShellCheck's findings of a RUN, and drops the others.
  const placesOfTheirs = new Set([...theirs].filter(isOfShellcheck).map((key) => key.slice(key.indexOf(' '))));
  const isDropped = (key: string): boolean => isOfShellcheck(key) && placesOfTheirs.has(key.slice(key.indexOf(' ')));
  const rows = new Map<string, { both: number; theirs: number; ours: number; unexplained: number }>();
  const unexplained: string[] = [];
  for (const key of all) {
    const code = key.slice(0, key.indexOf(' '));
    const row = rows.get(code) ?? { both: 0, theirs: 0, ours: 0, unexplained: 0 };
    rows.set(code, row);
    const side = !ours.has(key) ? 'theirs' : !theirs.has(key) ? 'ours' : 'both';
    row[side] += 1;
    if (side === 'both' || (side === 'ours' && isDropped(key))) continue;
    if (explained[side].has(key) || explained[side].has(asTallyHasIt(key))) continue;
    row.unexplained += 1;
    unexplained.push(`only ${side}: ${key}`);
  }
  console.table(Object.fromEntries(rows));
  const stale = (['theirs', 'ours'] as const).flatMap((side) =>
    [...explained[side]]
      .filter((key) => (side === 'theirs' ? ours : theirs).has(key) || !all.includes(key))
      .filter((key) => withBuildkit || !key.startsWith('buildkit-itself/')),
  );
  const lines = [
    ...unexplained,
    ...(CODE === undefined ? stale.map((key) => `explained, but no difference: ${key}`) : []),
  ];
  if (OUT === undefined) console.log(lines.slice(0, 200).join('\n'));
  else writeFileSync(OUT, `${lines.join('\n')}\n`);
  if (process.env['STRICT'] !== undefined) expect(lines).toEqual([]);
}
