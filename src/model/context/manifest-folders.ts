/** Where projects of Node.js lie in the build context, and where copies of them land. */
import type { Build, FileChange } from '../build.ts';
import { baseName, directoryName, join } from '../files/path.ts';

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

/** The folders of a stage with a manifest of the context, as the changes of its files bring them. */
export const projectFolders = (changes: readonly FileChange[], around: Pick<Build, 'context'>): readonly string[] => [
  ...new Set(changes.flatMap((change) => [...manifestFolder(change), ...copiedFolders(change, around)])),
];

/** Of a manifest that a COPY names. */
export const manifestFolder = ({ path, content }: FileChange): readonly string[] =>
  baseName(path) === 'package.json' && content?.kind === 'context' ? [directoryName(path)] : [];

/** The projects in a folder that is copied whole, where they land. */
export function copiedFolders({ path, content }: FileChange, around: Pick<Build, 'context'>): readonly string[] {
  if (content?.kind !== 'context' || content.entry !== 'directory') return [];
  const below = foldersWithManifest(content.path, around) ?? [];
  const own = around.context.stat(join(content.path, 'package.json')) === 'file' ? [path] : [];
  return [...own, ...below.map((folder) => join(path, folder))];
}
