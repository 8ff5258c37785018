/** Goes through a directory of the build context as far as projects are looked at. */
import type { BuildContext } from '../../context/context.ts';
import { isLeftOut } from './left-out.ts';
import { baseName, join } from './path.ts';

/** A name in a directory of the context that gets into the build. */
export interface ContextName {
  /** Relative to the context root. */
  readonly path: string;
  readonly directory: boolean;
  /** What stands beside it, itself included. */
  readonly siblings: readonly string[];
}

/** Folders below which is not looked: what they hold comes with them. */
const closed: ReadonlySet<string> = new Set(['node_modules', '.git']);

/** Levels and names that are looked at: workspaces keep their members one or two levels down. */
const mostLevels = 3;
const mostNames = 4_000;

/** What `directory` holds that neither .dockerignore nor the patterns `without` keep out. */
export function* namesIn(directory: string, without: readonly string[], context: BuildContext): Iterable<ContextName> {
  let budget = mostNames;
  const pending = [{ path: directory, level: 0 }];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const siblings = context.list(at.path) ?? [];
    for (const name of siblings) {
      budget -= 1;
      if (budget < 0) return;
      const path = join(at.path, name);
      if (isLeftOut(without, path) || context.ignores(path) !== false) continue;
      const isDirectory = context.stat(path) === 'directory';
      yield { path, directory: isDirectory, siblings };
      if (isDirectory && !closed.has(baseName(path)) && at.level < mostLevels)
        pending.push({ path, level: at.level + 1 });
    }
  }
}
