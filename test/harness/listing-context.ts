/** The build context of a corpus folder: names from `context.txt`, contents of the few files that are there. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildContext, createContext, type FileTree } from '../../src/context/index.ts';

/** A listing of this many names was cut: what is not in it may still exist. */
const mostNames = 400;

/** The context that `../shared/corpus/<slug>` describes; `whole`: every COPY source was found in it. */
export function listingContext(folder: string, dockerfileName: string, whole: boolean): BuildContext {
  const listing = join(folder, 'context.txt');
  const names = existsSync(listing)
    ? readFileSync(listing, 'utf8')
        .split('\n')
        .filter((name) => name !== '')
    : [];
  const here = readdirSync(folder).filter(
    (name) => name !== 'context.txt' && name !== dockerfileName && statSync(join(folder, name)).isFile(),
  );
  const kinds = new Map<string, 'file' | 'directory'>();
  for (const name of names) kinds.set(name.replace(/\/$/, ''), name.endsWith('/') ? 'directory' : 'file');
  for (const path of [...kinds.keys()])
    if (path.includes('/')) kinds.set(path.slice(0, path.indexOf('/')), 'directory');
  for (const name of here) kinds.set(name, 'file');
  const complete = whole && names.length > 0 && names.length < mostNames;
  const tree: FileTree = {
    kind(path) {
      const name = path.slice(1);
      if (name === '') return 'directory';
      const known = kinds.get(name);
      if (known !== undefined) return known;
      const parts = name.split('/');
      const listedParent = parts.length === 1 || (parts.length === 2 && kinds.get(parts[0] ?? '') === 'directory');
      return complete && listedParent ? 'absent' : 'unknown';
    },
    read: (path) => (here.includes(path.slice(1)) ? readFileSync(join(folder, path.slice(1)), 'utf8') : undefined),
    entries(path) {
      const prefix = path === '/' ? '' : `${path.slice(1)}/`;
      const depth = prefix.split('/').length;
      if (!complete || depth > 2) return undefined;
      const found = [...kinds.keys()]
        .filter((name) => name.startsWith(prefix))
        .map((name) => name.slice(prefix.length));
      return [...new Set(found.filter((name) => name !== '').map((name) => name.split('/')[0] ?? ''))].sort();
    },
  };
  return createContext(tree, '/', `/${dockerfileName}`);
}
