/** Writes what fixes have made, or shows it: each file whole or not at all. */
import { existsSync, readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { harmless } from '../report/harmless.ts';
import type { LintedFile } from './lint-inputs.ts';
import type { MendedFile } from './mend-file.ts';
import type { Options } from './options.ts';
import { reasonOf, type UnreadableInput } from './read.ts';
import type { Surroundings } from './surroundings.ts';
import { writeWhole } from './write-whole.ts';

export interface WrittenFixes {
  /** Whether anything is, or would be, changed. */
  readonly changed: boolean;
  readonly failures: readonly UnreadableInput[];
}

interface Change {
  readonly path: string;
  readonly location: string | undefined;
  readonly before: string | undefined;
  readonly after: string;
}

/** Says on standard error how many findings are fixed; standard input goes to standard output, mended or as it is. */
export function writeFixes(
  results: readonly LintedFile[],
  world: Pick<Surroundings, 'cwd' | 'terminal' | 'out' | 'err'>,
  { diff, quiet, paths, stdinFilename }: Pick<Options, 'diff' | 'quiet' | 'paths' | 'stdinFilename'>,
): WrittenFixes {
  const failures: UnreadableInput[] = [];
  const seen = new Set<string>();
  let fixed = 0;
  let files = 0;
  const streamed = paths.includes('-') && !diff ? (stdinFilename ?? '<stdin>') : undefined;
  if (results.some(({ isMisconfigured }) => isMisconfigured))
    world.err('dflint: nothing is mended where the configuration has mistakes\n');
  for (const { result, mended } of results) {
    const isMended = mended !== undefined && mended.text !== mended.before;
    // Who reads standard output takes it for the whole text.
    if (!isMended && result.path === streamed) world.out(result.text);
    if (mended === undefined) continue;
    for (const change of changesOf(result.path, mended, world.cwd)) {
      if (change.location !== undefined && seen.has(change.location)) continue;
      if (change.location !== undefined) seen.add(change.location);
      files += 1;
      if (diff) world.out(world.terminal ? harmlessPatch(patchOf(change)) : patchOf(change));
      else if (change.location === undefined) world.out(change.after);
      else {
        const failure = write(change.location, change);
        if (failure !== undefined) failures.push({ path: change.path, message: failure });
      }
    }
    fixed += mended.fixed;
  }
  if (files > 0 && !quiet) {
    const what = `${fixed} finding${fixed === 1 ? '' : 's'} in ${files} file${files === 1 ? '' : 's'}`;
    world.err(`dflint: ${diff ? 'fixes would mend' : 'fixed'} ${what}\n`);
  }
  return { changed: files > 0, failures };
}

function* changesOf(path: string, { text, before, location, created }: MendedFile, cwd: string): Iterable<Change> {
  if (text !== before) yield { path, location, before, after: text };
  for (const [made, after] of created)
    yield { path: relative(cwd, made).split(sep).join('/'), location: made, before: undefined, after };
}

function patchOf({ path, before, after }: Change): string {
  const from = before === undefined ? '/dev/null' : path;
  const patch = createTwoFilesPatch(from, path, before ?? '', after, undefined, undefined, { context: 3 });
  return patch.replace(/^(?:Index: .*\n)?=+\n/, '');
}

/** Control characters of a Dockerfile must not reach a terminal; what goes to `git apply` is exact. */
const harmlessPatch = (patch: string): string =>
  patch
    .split('\n')
    .map((line) => line.split('\t').map(harmless).join('\t'))
    .join('\n');

/** What keeps it from being written. */
function write(location: string, { before, after }: Change): string | undefined {
  if (before === undefined)
    return existsSync(location) ? 'is there already; nothing was written' : writeWhole(location, after);
  try {
    const bytes = readFileSync(location);
    if (bytes.equals(Buffer.from(before))) return writeWhole(location, after);
    return bytes.toString() === before
      ? 'is not UTF-8 throughout; nothing was written, as bytes would be lost'
      : 'has changed while it was linted; nothing was written';
  } catch (error) {
    return reasonOf(error, location);
  }
}
