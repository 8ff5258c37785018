/** Where a program stands that is called by its name, and whether a COPY may have put it there. */
import { systemPath } from '../../knowledge/index.ts';
import type { Stage, Step } from '../build.ts';
import { join, normalise, relativeTo, resolve } from '../files/path.ts';

/** In each folder of PATH, or at the path itself. */
export function programPlaces(program: string, { result }: Pick<Stage, 'result'>): readonly string[] {
  if (program.startsWith('/')) return [normalise(program)];
  const folders = `${result.env.get('PATH')?.text ?? ''}:${systemPath}`.split(':');
  return [...new Set(folders)]
    .filter((folder) => folder.startsWith('/'))
    .map((folder) => join(normalise(folder), program));
}

/** Whether a COPY out of another image, of whose own programs nothing is known, goes to a folder above `path`. */
export function mayHaveCopied({ instruction, before }: Step, path: string): boolean {
  if (instruction.keyword !== 'COPY' || instruction.from === undefined) return false;
  const to = instruction.destination.text;
  return to === undefined || relativeTo(resolve(before.workdir ?? '/', to), path) !== undefined;
}
