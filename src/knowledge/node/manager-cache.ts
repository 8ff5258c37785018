/**
 * Where package managers keep what they download: pnpm its store, the others a cache.
 *
 * Sources: https://docs.npmjs.com/cli/using-npm/config#cache, https://classic.yarnpkg.com/lang/en/docs/cli/cache (root's is
 * in /usr/local/share: yarn 1, `user-home-dir.js`), https://pnpm.io/settings#storedir (pnpm 7 and later).
 */
import type { Invocation } from './invocation.ts';
import { configuredSetting, last, npmSetting, type Situation } from './npm-config.ts';
import { majorOf } from './versions.ts';

export interface ManagerCache {
  /** As it is said: absolute, relative to the project, or `~` for the home of who runs it. */
  readonly path: string;
  /** A flag, a variable or a setting says so. */
  readonly told: boolean;
}

/** Undefined where it is not known. */
export function managerCache(call: Invocation, situation: Situation, isRoot: boolean): ManagerCache | undefined {
  const told = toldCache(call, situation);
  if (told === null) {
    const path = usualCache(call, situation, isRoot);
    return path === undefined ? undefined : { path, told: false };
  }
  return told === undefined ? undefined : { path: told, told: true };
}

/** Null where nothing says it. */
function toldCache(call: Invocation, situation: Situation): string | null | undefined {
  if (call.cache !== undefined) return call.cache.text;
  if (call.manager === 'npm') return last(npmSetting('cache', situation));
  if (call.manager === 'yarn') {
    const folder = variable('YARN_CACHE_FOLDER', situation);
    return folder === null ? last(configuredSetting('cache-folder', situation)) : folder;
  }
  return call.manager === 'pnpm' ? last(npmSetting('store-dir', situation)) : undefined;
}

/** Where it is without a word. */
function usualCache({ manager }: Invocation, situation: Situation, isRoot: boolean): string | undefined {
  const { version } = situation;
  if (manager === 'npm') return '~/.npm';
  if (manager === 'yarn') {
    if (version === undefined) return undefined;
    if ((majorOf(version) ?? 0) >= 4) return isBerryAsItComes(situation) ? '~/.yarn/berry/cache' : undefined;
    if (!/^[01](?:\.|$)/.test(version)) return undefined;
    return below('XDG_CACHE_HOME', 'yarn', isRoot ? '/usr/local/share/.cache/yarn' : '~/.cache/yarn', situation);
  }
  if (manager !== 'pnpm' || (version !== undefined && (majorOf(version) ?? 0) < 7)) return undefined;
  const home = below('XDG_DATA_HOME', 'pnpm', '~/.local/share/pnpm', situation);
  return home === undefined ? undefined : below('PNPM_HOME', 'store', `${home}/store`, situation);
}

/** From version 4 on all projects share one cache, unless a setting says otherwise (https://yarnpkg.com/configuration/yarnrc#enableGlobalCache). */
const isBerryAsItComes = (situation: Situation): boolean =>
  ['YARN_ENABLE_GLOBAL_CACHE', 'YARN_GLOBAL_FOLDER', 'YARN_CACHE_FOLDER', 'XDG_DATA_HOME'].every(
    (name) => variable(name, situation) === null,
  );

function below(name: string, folder: string, otherwise: string, situation: Situation): string | undefined {
  const text = variable(name, situation);
  return text === null ? otherwise : text === undefined ? undefined : `${text.replace(/(?<!\/)\/+$/, '')}/${folder}`;
}

/** An empty one says nothing. */
const variable = (name: string, { environment }: Situation): string | null | undefined => {
  const text = environment(name);
  return text === '' ? null : text;
};

/** The folder of its store that a version of pnpm uses: `v3` up to pnpm 9, since then `v10` and so on. */
export function pnpmStoreFolder(version: string | undefined): string | undefined {
  const major = version === undefined ? undefined : majorOf(version);
  if (major === undefined || major < 7) return undefined;
  return major < 10 ? 'v3' : `v${major}`;
}
