/** Mends a text round by round: each fix has to take its finding away and to bring nothing bad in. */
import type { ReportedFinding } from '../engine/reported.ts';
import type { Fix } from '../rule.ts';
import { applyFixes } from './apply.ts';

/** A text that is being mended, and what is wrong with it. */
export interface Mendable {
  readonly text: string;
  readonly findings: readonly ReportedFinding[];
}

export interface Mended extends Mendable {
  /** The findings that are gone, in the order in which they went. */
  readonly fixed: readonly ReportedFinding[];
  /** Files that fixes make, by their path from the root of the build context. */
  readonly created: ReadonlyMap<string, string>;
}

/** A fix may make room for another one; a text that is not settled by then is left as it is. */
const mostRounds = 10;

/**
 * `judge`: what is to be said of a text. `isWanted`: which fixes may be made.
 *
 * `known`: which findings of a text are left as they are. A fix that leaves its finding, or brings an error or warning
 * in, is not made.
 */
export function mend(
  start: Mendable,
  judge: (text: string) => readonly ReportedFinding[],
  isWanted: (fix: Fix) => boolean,
  known: (now: Mendable) => ReadonlySet<ReportedFinding> = () => nothing,
): Mended {
  let now: Mendable = start;
  const fixed: ReportedFinding[] = [];
  const left = known(start);
  const others = new Set(start.findings.filter((finding) => !left.has(finding)).map(keyOf));
  // An edit beside a known finding makes its instruction another one: it is told by what it says, too.
  const refused = new Set([...left].map(keyOf).filter((key) => !others.has(key)));
  for (let round = 0; round < mostRounds; round += 1) {
    const spared = known(now);
    const chosen = now.findings.filter(
      (finding) =>
        finding.fix !== undefined && isWanted(finding.fix) && !refused.has(keyOf(finding)) && !spared.has(finding),
    );
    const step = bestStep(now, chosen, judge, refused, known);
    if (step === undefined) break;
    fixed.push(...step.fixed);
    now = step.after;
  }
  // A fix that only makes a file leaves the text as it is.
  const makes = start.findings.filter((finding) => {
    const { fix } = finding;
    return fix?.edits.length === 0 && fix.creates !== undefined && isWanted(fix) && !left.has(finding);
  });
  const gone = [...fixed, ...makes];
  const created = new Map<string, string>();
  for (const { fix } of gone)
    if (fix?.creates !== undefined && !created.has(fix.creates.path)) created.set(fix.creates.path, fix.creates.text);
  return { ...now, fixed: gone, created };
}

const nothing: ReadonlySet<ReportedFinding> = new Set();

interface Step {
  readonly after: Mendable;
  readonly fixed: readonly ReportedFinding[];
}

/** All of them at once, or, where that goes wrong, by halves: few that do harm cost few tries. */
function bestStep(
  before: Mendable,
  chosen: readonly ReportedFinding[],
  judge: (text: string) => readonly ReportedFinding[],
  refused: Set<string>,
  known: (now: Mendable) => ReadonlySet<ReportedFinding>,
): Step | undefined {
  const settle = (from: Step, keys: readonly string[]): Step => {
    // Places may have moved, and edits with them.
    const spared = known(from.after);
    const here = from.after.findings.filter(
      (finding) => finding.fix !== undefined && keys.includes(keyOf(finding)) && !spared.has(finding),
    );
    const whole = here.length === 0 ? undefined : tried(from.after, here, judge);
    if (whole !== undefined) return { after: whole.after, fixed: [...from.fixed, ...whole.fixed] };
    const half = Math.ceil(keys.length / 2);
    if (keys.length > 1) return settle(settle(from, keys.slice(0, half)), keys.slice(half));
    const part = partOf(from.after, here, judge);
    if (part !== undefined) return { after: part.after, fixed: [...from.fixed, ...part.fixed] };
    for (const key of keys) refused.add(key);
    return from;
  };
  const settled = settle({ after: before, fixed: [] }, [...new Set(chosen.map(keyOf))]);
  return settled.fixed.length === 0 ? undefined : settled;
}

/** As many of those that say the same as can be mended together; the others have their turn in the next round. */
function partOf(
  before: Mendable,
  alike: readonly ReportedFinding[],
  judge: (text: string) => readonly ReportedFinding[],
): Step | undefined {
  for (let count = Math.floor(alike.length / 2); count > 0; count = Math.floor(count / 2)) {
    const step = tried(before, alike.slice(0, count), judge);
    if (step !== undefined) return step;
  }
  return undefined;
}

/** Undefined when nothing changes, when a finding stays, or when something bad comes in. */
function tried(
  before: Mendable,
  chosen: readonly ReportedFinding[],
  judge: (text: string) => readonly ReportedFinding[],
): Step | undefined {
  const fixes = chosen.flatMap(({ fix }) => (fix === undefined ? [] : [fix]));
  const { text, applied } = applyFixes(before.text, fixes);
  if (text === before.text) return undefined;
  const fixed = chosen.filter((_, index) => applied.includes(index));
  const findings = judge(text);
  const gone = countsOf(fixed, ({ rule }) => rule);
  const had = countsOf(before.findings, ({ rule }) => rule);
  const left = countsOf(findings, ({ rule }) => rule);
  for (const [rule, count] of gone) if ((left.get(rule) ?? 0) > (had.get(rule) ?? 0) - count) return undefined;
  return isWorse(before.findings, findings) ? undefined : { after: { text, findings }, fixed };
}

/** More errors, or more warnings, of any rule; what they say may have changed with the text. */
function isWorse(before: readonly ReportedFinding[], after: readonly ReportedFinding[]): boolean {
  const heavy = (findings: readonly ReportedFinding[]): ReadonlyMap<string, number> =>
    countsOf(
      findings.filter(({ severity }) => severity !== 'info'),
      ({ rule, severity }) => `${severity} ${rule}`,
    );
  const had = heavy(before);
  return [...heavy(after)].some(([key, count]) => count > (had.get(key) ?? 0));
}

/** Without its place, which other fixes move. */
const keyOf = ({ rule, severity, message }: ReportedFinding): string => `${rule} ${severity} ${message}`;

function countsOf(
  findings: readonly ReportedFinding[],
  key: (finding: ReportedFinding) => string,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings) counts.set(key(finding), (counts.get(key(finding)) ?? 0) + 1);
  return counts;
}
