/** Writes what fixes have made, or shows it: each file whole or not at all. */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { harmless } from '../report/harmless.ts';
import type { LintedFile } from './lint-inputs.ts';
import type { MendedFile } from './mend-file.ts';
import { reasonOf, type UnreadableInput } from './read.ts';
import type { Surroundings } from './surroundings.ts';

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

/** Says on standard error how many findings are fixed; a mended standard input goes to standard output. */
export function writeFixes(
  results: readonly LintedFile[],
  world: Pick<Surroundings, 'cwd' | 'terminal' | 'out' | 'err'>,
  { diff, quiet }: { readonly diff: boolean; readonly quiet: boolean },
): WrittenFixes {
  const failures: UnreadableInput[] = [];
  const seen = new Set<string>();
  let fixed = 0;
  let files = 0;
  for (const { result, mended } of results) {
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
  return patch.replace(/^=+\n/, '');
}

/** Control characters of a Dockerfile must not reach a terminal; what goes to `git apply` is exact. */
const harmlessPatch = (patch: string): string =>
  patch
    .split('\n')
    .map((line) => line.split('\t').map(harmless).join('\t'))
    .join('\n');

/** What keeps it from being written. The new text is complete on the disk before it takes the place of the old one. */
function write(location: string, { before, after }: Change): string | undefined {
  try {
    if (before === undefined) {
      writeFileSync(location, after, { flag: 'wx' });
      return undefined;
    }
    const real = realpathSync(location);
    const bytes = readFileSync(real);
    if (!bytes.equals(Buffer.from(before)))
      return bytes.toString() === before
        ? 'is not UTF-8 throughout; nothing was written, as bytes would be lost'
        : 'has changed while it was linted; nothing was written';
    replaceFile(real, after);
    return undefined;
  } catch (error) {
    if (before === undefined && existsSync(location)) return 'is there already; nothing was written';
    return reasonOf(error, location).replace('cannot be read', 'cannot be written');
  }
}

/** A killed process leaves the old file or the new one. Mode and links to the file stay. */
function replaceFile(path: string, text: string): void {
  const { mode } = statSync(path);
  const fresh = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}`);
  const descriptor = openSync(fresh, 'wx', 0o600);
  try {
    writeFileSync(descriptor, text);
    fchmodSync(descriptor, mode & 0o7777);
    fsyncSync(descriptor);
    closeSync(descriptor);
    renameSync(fresh, path);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
}
