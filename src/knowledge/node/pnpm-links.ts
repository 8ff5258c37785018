/**
 * How pnpm links packages: the node_modules of a project holds symbolic links into node_modules/.pnpm of the workspace
 * root, relative ones, and nothing else; the root has links for what its own manifest names.
 *
 * Source: pnpm.io/symlinked-node-modules-structure and pnpm.io/settings (nodeLinker, shamefullyHoist, publicHoistPattern).
 */
import { npmSetting, type Situation } from './npm-config.ts';
import { majorsOf } from './versions.ts';

const placing = ['modules-cache-max-age', 'node-linker', 'virtual-store-dir', 'enable-global-virtual-store'];

/**
 * Whether an install leaves packages that it has no use for in node_modules/.pnpm. It does so for a week, far longer than
 * a build takes (pnpm.io/settings, modulesCacheMaxAge; measured with pnpm 8.15, 9.0, 9.15, 10.0 and 10.34; `pnpm prune`
 * takes them out). False too where a setting may say otherwise.
 */
export const leavesUnlinked = (
  words: readonly (string | undefined)[],
  situation: Situation,
  workspace: string,
): boolean =>
  !placing.some(
    (name) =>
      npmSetting(name, situation) !== null ||
      words.some((word) => word === undefined || word.replace(/^--(?:config\.)?/, '').startsWith(name)),
  ) && !/^(?:modulesCacheMaxAge|nodeLinker|virtualStoreDir|enableGlobalVirtualStore)\s*:/m.test(workspace);

/** Whether `prune` takes the links of all members of a workspace away, those to what they need in production, too: measured with pnpm 9.15, 10.0 and 10.34; 8.15 and 9.0 leave them. */
export function pruneStripsMembers(version: string | undefined): boolean {
  const { least = 0 } = majorsOf(version) ?? {};
  const [, minor] = /^9(?:\.(\d+))?/.exec(version ?? '') ?? [];
  return least >= 10 || (least === 9 && /^9(?:\.|$)/.test(version ?? '') && Number(minor ?? 15) >= 15);
}

/** Whether a .npmrc or pnpm-workspace.yaml makes pnpm put packages of members into the root after all. */
export const hoistsToTheRoot = (settings: string): boolean =>
  /^[ \t]*(?:shamefully-?hoist\s*[=:]\s*true|node-?linker\s*[=:]\s*["']?(?:hoisted|pnp)|public-?hoist-?pattern)/im.test(
    settings,
  );

/** Whether members keep their packages to themselves, or all packages stand in a store elsewhere (settings sharedWorkspaceLockfile, virtualStoreDir, enableGlobalVirtualStore). */
export const keepsPackagesElsewhere = (settings: string): boolean =>
  /^[ \t]*(?:shared-?workspace-?lockfile\s*[=:]\s*false|virtual-?store-?dir\s*[=:]|enable-?global-?virtual-?store\s*[=:]\s*true)/im.test(
    settings,
  );

/**
 * What lets `pnpm deploy` of pnpm 10 and 11 go on in a workspace: settings in pnpm-workspace.yaml, before pnpm 11 in .npmrc
 * and variables, too, or options. Without one it stops, whatever the project depends on; `--legacy` is not known before 10
 * (measured with pnpm 9.15, 10.34 and 11.5; 12.21 needs none. pnpm.io/cli/deploy).
 */
export const deploySettings = {
  line: /^[ \t]*(?:inject-?workspace-?packages|force-?legacy-?deploy|shared-?workspace-?lockfile)/im,
  option: /^--(?:config\.)?(?:legacy|inject-?workspace-?packages|force-?legacy-?deploy|shared-?workspace-?lockfile)/i,
  variable: /^p?npm_config_(?:inject|force_legacy|shared_workspace)/i,
};
