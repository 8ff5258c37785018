/** The file of known findings: read, held against a run, written. */
import { createHash } from 'node:crypto';
import { dirname, relative, resolve } from 'node:path';
import * as z from 'zod/mini';
import { type Baseline, type BaselineEntry, baselineEntries, compareWithBaseline } from '../engine/baseline.ts';
import type { LintResult, ReportedFinding } from '../engine/lint.ts';
import { harmless } from '../report/harmless.ts';
import { diskTree } from './disk-tree.ts';
import type { UnreadableInput } from './read.ts';
import type { Surroundings } from './surroundings.ts';
import { writeWhole } from './write-whole.ts';

/** A result, and the baseline that goes with it. */
export interface Baselined {
  readonly result: LintResult;
  /** Absolute; absent where nothing is hidden. */
  readonly baseline?: string;
  /** The configuration could not be understood in part, so that what is found is not all that would be. */
  readonly isMisconfigured?: true;
}

export interface BaselineRun<Each> {
  /** The same without the findings that are known. */
  readonly results: readonly Each[];
  readonly failures: readonly UnreadableInput[];
}

const fileSchema = z.object({
  version: z.literal(1),
  files: z.record(
    z.string(),
    z.array(z.object({ rule: z.string(), hash: z.string(), count: z.int().check(z.positive()) })),
  ),
});

/** 64 bits are enough to tell the instructions of one file apart. */
const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** `update`: what is found is recorded, and hidden. */
export function applyBaselines<Each extends Baselined>(
  results: readonly Each[],
  { updateBaseline: update, quiet }: { readonly updateBaseline: boolean; readonly quiet: boolean },
  world: Pick<Surroundings, 'cwd' | 'err'>,
): BaselineRun<Each> {
  const failures: UnreadableInput[] = [];
  const done = new Map<Each, Each>();
  if (update && results.every(({ baseline }) => baseline === undefined))
    failures.push({
      path: '--update-baseline',
      message: 'no file to write; give --baseline FILE, or say baseline in the configuration',
    });
  const files = new Set(results.flatMap(({ baseline }) => baseline ?? []));
  for (const file of [...files].sort()) {
    const shown = slashed(relative(world.cwd, file)) || file;
    const fail = (message: string): void => void failures.push({ path: shown, message });
    const say = (text: string): void => {
      if (!quiet) world.err(`dflint: ${harmless(shown)}: ${text}\n`);
    };
    const before = readBaseline(file, update);
    if ('message' in before) {
      fail(before.message);
      continue;
    }
    const pathOf = ({ result }: Each): string => slashed(relative(dirname(file), resolve(world.cwd, result.path)));
    const own = results.filter(({ baseline }) => baseline === file);
    if (update && own.some(({ isMisconfigured }) => isMisconfigured)) {
      fail('is not written, as the configuration has mistakes');
      continue;
    }
    if (update) {
      const after = new Map(before.baseline);
      for (const path of goneFiles(file, before.baseline)) after.delete(path);
      for (const each of own) after.set(pathOf(each), baselineEntries(each.result.text, each.result.findings, hash));
      const refused = writeWhole(file, baselineText(after));
      if (refused !== undefined) fail(refused);
      else {
        for (const each of own) done.set(each, { ...each, result: { ...each.result, findings: [] } });
        say(`${counted(countOf(after), 'finding')} recorded`);
      }
      continue;
    }
    let hidden = 0;
    const gone = new Map<string, readonly BaselineEntry[]>();
    for (const path of goneFiles(file, before.baseline)) gone.set(path, before.baseline.get(path) ?? []);
    for (const each of own) {
      const { text, findings } = each.result;
      const compared = compareWithBaseline(text, findings, before.baseline.get(pathOf(each)) ?? [], hash);
      done.set(each, { ...each, result: { ...each.result, findings: compared.shown } });
      hidden += compared.hidden.length;
      gone.set(pathOf(each), compared.gone);
    }
    if (hidden > 0) say(`${counted(hidden, 'known finding')} not shown`);
    for (const line of goneLines(gone)) say(line);
  }
  return { results: results.map((each) => done.get(each) ?? each), failures };
}

/**
 * Which findings a baseline hides, before anything is written; of one that cannot be read, all. Each file is read once.
 */
export function openKnown(
  cwd: string,
): (file: string, path: string, now: Pick<LintResult, 'text' | 'findings'>) => ReadonlySet<ReportedFinding> {
  const read = new Map<string, ReturnType<typeof readBaseline>>();
  return (file, path, { text, findings }) => {
    const found = read.get(file) ?? readBaseline(file, true);
    read.set(file, found);
    if ('message' in found) return new Set(findings);
    const entries = found.baseline.get(slashed(relative(dirname(file), resolve(cwd, path)))) ?? [];
    return entries.length === 0 ? new Set() : new Set(compareWithBaseline(text, findings, entries, hash).hidden);
  };
}

const mostLines = 20;

/** What no longer occurs, a line each. */
function goneLines(gone: ReadonlyMap<string, readonly BaselineEntry[]>): readonly string[] {
  const lines = [...gone].sort(byPath).flatMap(([path, entries]) => {
    const counts = new Map<string, number>();
    for (const { rule, count } of entries) counts.set(rule, (counts.get(rule) ?? 0) + count);
    return [...counts].map(
      ([rule, count]) =>
        `${harmless(path)}: ${harmless(rule)}${count === 1 ? '' : ` (${count} times)`} no longer occurs`,
    );
  });
  if (lines.length === 0) return [];
  const more = lines.length - mostLines;
  return [
    ...lines.slice(0, mostLines),
    ...(more > 0 ? [`and ${more} more`] : []),
    'give --update-baseline to take out what no longer occurs',
  ];
}

/** Paths of files that are no more. */
const goneFiles = (file: string, baseline: Baseline): readonly string[] =>
  [...baseline.keys()].filter((path) => path !== '<stdin>' && diskTree.kind(resolve(dirname(file), path)) === 'absent');

function readBaseline(
  file: string,
  mayBeAbsent: boolean,
): { readonly baseline: Baseline } | { readonly message: string } {
  const kind = diskTree.kind(file);
  if (kind === 'absent')
    return mayBeAbsent
      ? { baseline: new Map() }
      : { message: 'there is no such baseline; --update-baseline writes it' };
  const text = kind === 'file' ? diskTree.read(file) : undefined;
  if (text === undefined) return { message: 'cannot be read' };
  const read = fileSchema.safeParse(parsed(text));
  return read.success
    ? { baseline: new Map(Object.entries(read.data.files)) }
    : { message: 'is no baseline that dflint has written; remove it, and --update-baseline writes it anew' };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An entry a line, so that changes made side by side can be merged. */
export function baselineText(baseline: Baseline): string {
  const files = [...baseline].filter(([, entries]) => entries.length > 0).sort(byPath);
  const texts = files.map(([path, entries]) => {
    const lines = entries.map(({ rule, hash: own, count }) => `      ${JSON.stringify({ rule, hash: own, count })}`);
    return `    ${JSON.stringify(path)}: [\n${lines.join(',\n')}\n    ]`;
  });
  const inside = texts.length === 0 ? '{}' : `{\n${texts.join(',\n')}\n  }`;
  return `{\n  "version": 1,\n  "files": ${inside}\n}\n`;
}

const byPath = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number =>
  one < other ? -1 : one > other ? 1 : 0;

const countOf = (baseline: Baseline): number =>
  [...baseline.values()].flat().reduce((sum, { count }) => sum + count, 0);

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

const slashed = (path: string): string => path.replaceAll('\\', '/');
