/**
 * How pnpm links packages: the node_modules of a project holds symbolic links into node_modules/.pnpm of the workspace
 * root, relative ones, and nothing else; the root has links for what its own manifest names.
 *
 * Source: pnpm.io/symlinked-node-modules-structure and pnpm.io/settings (nodeLinker, shamefullyHoist, publicHoistPattern).
 */

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
