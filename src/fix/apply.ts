/** Puts fixes into a text: the edits of one all together or not at all, none over another. */
import type { Edit, Fix } from '../rule.ts';
import { createSource, offsetAt, type Source } from '../syntax/index.ts';

export interface AppliedFixes {
  readonly text: string;
  /** Indices of the fixes that are in it. */
  readonly applied: readonly number[];
}

interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Fixes in the order of their first edit; one that touches what an earlier one changes waits for the next round. New
 * lines end as those of the file do.
 */
export function applyFixes(text: string, fixes: readonly Fix[]): AppliedFixes {
  const source = createSource(text);
  const ending = lineEndingOf(text);
  const wanted = fixes
    .map((fix, index) => ({ index, stretches: stretchesOf(fix.edits, source, ending) }))
    .filter(({ stretches }) => stretches.length > 0 && !stretches.some(isUnplaced))
    .sort((one, other) => firstOf(one.stretches) - firstOf(other.stretches) || one.index - other.index);
  const taken: Stretch[] = [];
  const applied: number[] = [];
  for (const { index, stretches } of wanted) {
    const fresh = stretches.filter((stretch) => !neighboursOf(stretch, taken).some((other) => isSame(stretch, other)));
    const isFree = fresh.every((stretch) => !neighboursOf(stretch, taken).some((other) => touches(stretch, other)));
    if (!isFree || overlapEachOther(fresh)) continue;
    for (const stretch of fresh) taken.splice(placeOf(stretch.start, taken), 0, stretch);
    applied.push(index);
  }
  return { text: replaced(text, taken), applied: applied.sort((one, other) => one - other) };
}

/** Index of the first stretch that starts behind `start`. */
function placeOf(start: number, taken: readonly Stretch[]): number {
  let low = 0;
  let high = taken.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((taken[middle]?.start ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Those that it may touch: they lie apart from each other, in order. */
function neighboursOf({ start, end }: Stretch, taken: readonly Stretch[]): readonly Stretch[] {
  const first = placeOf(start, taken);
  return taken.slice(Math.max(0, first - 1), placeOf(end, taken) + 1);
}

function stretchesOf(edits: readonly Edit[], source: Source, ending: string): readonly Stretch[] {
  return edits.map(({ at, text }) => ({
    start: offsetAt(source, at.line, at.column),
    end: offsetAt(source, at.endLine, at.endColumn),
    text: text.replaceAll(/\r?\n/g, ending),
  }));
}

const isUnplaced = ({ start, end }: Stretch): boolean => start < 0 || end < start;

const firstOf = (stretches: readonly Stretch[]): number => Math.min(...stretches.map(({ start }) => start));

const isSame = (one: Stretch, other: Stretch): boolean =>
  one.start === other.start && one.end === other.end && one.text === other.text;

/** Also where one ends and the other begins: which comes first would be chance. */
const touches = (one: Stretch, other: Stretch): boolean => one.start <= other.end && other.start <= one.end;

function overlapEachOther(stretches: readonly Stretch[]): boolean {
  const sorted = stretches.toSorted((one, other) => one.start - other.start);
  return sorted.some((stretch, index) => index > 0 && stretch.start < (sorted[index - 1]?.end ?? 0));
}

function replaced(text: string, stretches: readonly Stretch[]): string {
  let out = '';
  let from = 0;
  for (const { start, end, text: put } of stretches) {
    out += text.slice(from, start) + put;
    from = end;
  }
  return out + text.slice(from);
}

/** What most lines end with. */
function lineEndingOf(text: string): string {
  const all = text.split('\n').length - 1;
  const carriage = text.split('\r\n').length - 1;
  return carriage * 2 > all ? '\r\n' : '\n';
}
