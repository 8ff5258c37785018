/** What compose and bake files build that no name tells: files by any name, and Dockerfiles inside these files. */
import { statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { projectFiles } from '../../context/index.ts';
import { diskTree, foundTree } from '../disk-tree.ts';
import type { InlinePlace } from '../read.ts';
import { slashed } from './slashed.ts';

export interface Pointed {
  /** Absolute paths of files. */
  readonly dockerfiles: readonly string[];
  readonly inlines: readonly PointedInline[];
}

export interface PointedInline {
  /** The absolute path of the compose or bake file. */
  readonly location: string;
  readonly text: string;
  readonly inline: InlinePlace;
}

/** `folders`: absolute, those that hold such files. `only`: the absolute path of the one that counts. */
export async function pointedTo(folders: readonly string[], cwd: string, only?: string): Promise<Pointed> {
  if (folders.length === 0) return { dockerfiles: [], inlines: [] };
  const { readYaml } = await import('../../context/evidence/yaml.ts');
  const tree = only === undefined ? foundTree(cwd) : diskTree;
  const files = projectFiles(tree, (path) => slashed(relative(cwd, path)) || path);
  const dockerfiles = new Set<string>();
  const inlines = new Map<string, PointedInline>();
  for (const folder of folders)
    for (const call of files.builds(folder, readYaml)) {
      const location = slashed(resolve(cwd, call.at.elsewhere.path));
      if (only !== undefined && only !== location) continue;
      if (call.dockerfile !== undefined && isFile(call.dockerfile)) dockerfiles.add(call.dockerfile);
      if (call.inline === undefined) continue;
      const key = `${location}\0${call.inline.line}\0${call.inline.text}`;
      const before = inlines.get(key)?.inline;
      const container = before?.container ?? tree.read(location) ?? '';
      const calls = [...(before?.calls ?? []), call];
      const { text } = call.inline;
      inlines.set(key, { location, text, inline: { container, dockerfile: call.inline, calls } });
    }
  return { dockerfiles: [...dockerfiles], inlines: [...inlines.values()] };
}

function isFile(path: string): boolean {
  try {
    return !path.includes('*') && statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  } catch {
    return false;
  }
}
