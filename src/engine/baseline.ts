/** Findings that are known: recorded once, and hidden as long as the instruction that they are in stays as it is. */
import { parseDockerfile } from '../syntax/index.ts';
import type { ReportedFinding } from './reported.ts';

/** So many findings of a rule in instructions of the same text. */
export interface BaselineEntry {
  readonly rule: string;
  /** Tells the text of the instruction, blanks aside; lines may move. */
  readonly hash: string;
  readonly count: number;
}

/** By path, relative to the folder of the baseline, with `/`. */
export type Baseline = ReadonlyMap<string, readonly BaselineEntry[]>;

export type Hash = (text: string) => string;

export interface Compared<Finding> {
  /** What is not known. */
  readonly shown: readonly Finding[];
  readonly hidden: readonly Finding[];
  /** What is known and no longer occurs, with how often. */
  readonly gone: readonly BaselineEntry[];
}

const keyOf = ({ rule, hash }: Pick<BaselineEntry, 'rule' | 'hash'>): string => `${rule}\0${hash}`;

/** The findings of one file, in order, held against what is known of it: the first ones are the known ones. */
export function compareWithBaseline<Finding extends ReportedFinding>(
  text: string,
  findings: readonly Finding[],
  entries: readonly BaselineEntry[],
  hash: Hash,
): Compared<Finding> {
  const left = new Map<string, number>();
  for (const entry of entries) left.set(keyOf(entry), (left.get(keyOf(entry)) ?? 0) + entry.count);
  const textAt = instructionTexts(text);
  const shown: Finding[] = [];
  const hidden: Finding[] = [];
  for (const finding of findings) {
    const key = keyOf({ rule: finding.rule, hash: hash(textAt(finding.line)) });
    const count = left.get(key) ?? 0;
    if (count > 0) left.set(key, count - 1);
    (count > 0 ? hidden : shown).push(finding);
  }
  const gone = entries.flatMap((entry) => {
    const count = left.get(keyOf(entry)) ?? 0;
    left.delete(keyOf(entry));
    return count === 0 ? [] : [{ ...entry, count }];
  });
  return { shown, hidden, gone };
}

/** What is to be recorded of a file: sorted, so that the same findings make the same text. */
export function baselineEntries(
  text: string,
  findings: readonly ReportedFinding[],
  hash: Hash,
): readonly BaselineEntry[] {
  const entries = new Map<string, BaselineEntry>();
  const textAt = instructionTexts(text);
  for (const { rule, line } of findings) {
    const entry = { rule, hash: hash(textAt(line)), count: 1 };
    const before = entries.get(keyOf(entry))?.count ?? 0;
    entries.set(keyOf(entry), { ...entry, count: before + 1 });
  }
  return [...entries.values()].sort((one, other) => compare(one.rule, other.rule) || compare(one.hash, other.hash));
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** The text of the instruction that a line is part of, else of the line; runs of blanks are one. */
function instructionTexts(text: string): (line: number) => string {
  const lines = text.split(/\r\n|\n|\r/);
  const spans = parseDockerfile(text).instructions.map(({ span }) => span);
  return (line) => {
    const span = spans.find((each) => each.line <= line && line <= each.endLine);
    const own = span === undefined ? lines.slice(line - 1, line) : lines.slice(span.line - 1, span.endLine);
    return own.join(' ').replaceAll(/\s+/g, ' ').trim();
  };
}
