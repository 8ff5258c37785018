/** Which configuration applies to a Dockerfile, and what it says of it. */
import { realpathSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import type { AppliedConfig } from '../config/layers.ts';
import { namedConfig, openConfigSearch, repositoryRoot } from './config/find.ts';
import type { LoadedConfig } from './config/load.ts';
import { diskTree, foundTree } from './disk-tree.ts';
import { loadRules } from './load-rules.ts';
import type { InputFile } from './read.ts';
import type { Surroundings } from './surroundings.ts';

export interface FileConfig {
  readonly applied: AppliedConfig;
  /** What holds for every file that the same configuration applies to. */
  readonly loaded: LoadedConfig;
}

/** Where there is no configuration. */
const nothing: FileConfig = Object.freeze({
  applied: { rules: new Map(), buildArgs: new Map() },
  loaded: { files: [], layers: [], excluded: [], notices: [], pluginRules: [], isFaulty: false },
});

export interface ConfigReader {
  /** What applies to a Dockerfile; nothing where there is no configuration. */
  configOf(input: Pick<InputFile, 'location'>): Promise<FileConfig>;
  /** Mistakes of the files that were read, as they are shown: `dflint.config.json:3:5: …`. */
  readonly faults: readonly { readonly path: string; readonly message: string }[];
}

export interface ConfigOptions {
  /** The file that --config names, false for --no-config, else the nearest one is looked for. */
  readonly config?: string | false;
  /** Whether configurations in what is linted may run the modules that they name. */
  readonly allowPlugins?: boolean;
  /** False where no rule is run, so that no module need be. */
  readonly plugins?: boolean;
}

export function openConfigs(
  { config: named, allowPlugins = false, plugins = true }: ConfigOptions,
  world: Pick<Surroundings, 'cwd'>,
): ConfigReader {
  const faults: { path: string; message: string }[] = [];
  const tree = foundTree(world.cwd);
  const search = openConfigSearch(tree);
  const loaded = new Map<string, Promise<LoadedConfig>>();
  const shown = (path: string): string => (relative(world.cwd, path) || path).replaceAll('\\', '/');

  return {
    faults,
    async configOf({ location }) {
      if (named === false) return nothing;
      const start = location === undefined ? world.cwd : dirname(location);
      const found = named === undefined ? search(start) : namedConfig(resolve(world.cwd, named));
      if (found === undefined) return nothing;
      const [{ applyTo, loadConfig }, rules] = await Promise.all([import('./config/load.ts'), loadRules()]);
      // What is found on the way up is part of what is linted; what is named is that when it lies there.
      const linted = named === undefined ? undefined : lintedFolder(start, world.cwd);
      const key = `${found.path}\0${linted ?? ''}`;
      const config =
        loaded.get(key) ??
        loadConfig(found, {
          rules,
          shown,
          tell: (path, message) => void faults.push({ path: shown(path), message }),
          plugins,
          tree: named === undefined ? tree : diskTree,
          mayExtend: (path) => named !== undefined || isInside(path, repositoryRoot(start) ?? path),
          mayRunPlugins: (path) => allowPlugins || (linted !== undefined && !isInside(path, linted)),
        });
      loaded.set(key, config);
      return { applied: applyTo(location, await config, rules), loaded: await config };
    },
  };
}

/** The repository around a folder, else the working directory when it is around it, else the folder. */
function lintedFolder(folder: string, cwd: string): string {
  return repositoryRoot(folder) ?? (isInside(folder, cwd) ? cwd : folder);
}

/** By where things really are. */
function isInside(path: string, folder: string): boolean {
  const real = realPath(path);
  const root = realPath(folder);
  return real === root || real.startsWith(root.endsWith(sep) ? root : root + sep);
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
