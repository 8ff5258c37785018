/** Where projects of Node.js lie in the build context. */
import type { Build } from '../build.ts';
import { join } from '../files/path.ts';

/** How deep members of a workspace lie at most: `services/api`, `apps/web/client`. */
const deepest = 3;

/** Folders below one of the context that have a package.json of their own; undefined where a folder cannot be listed. */
export function foldersWithManifest(
  folder: string,
  { context }: Pick<Build, 'context'>,
): readonly string[] | undefined {
  const found: string[] = [];
  const open: { readonly path: string; readonly depth: number }[] = [{ path: '', depth: 0 }];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const names = context.list(join(folder, next.path));
    if (names === undefined) return undefined;
    for (const name of names) {
      const path = join(next.path, name);
      if (/^(?:node_modules|\..*)$/.test(name) || context.stat(join(folder, path)) !== 'directory') continue;
      if (context.stat(join(folder, `${path}/package.json`)) === 'file') found.push(path);
      if (next.depth + 1 < deepest) open.push({ path, depth: next.depth + 1 });
    }
  }
  return found.sort();
}
