/**
 * Patches of packages that a project keeps.
 *
 * pnpm stops where a file of `patchedDependencies` is missing (measured: 9.15, 10.12), patch-package goes on without a
 * word when its folder is (measured: 8.0; `--patch-dir` names another one than `patches`).
 */

/** The files that pnpm reads, relative to the root of the project, by its package.json and pnpm-workspace.yaml. */
export function pnpmPatches(manifest: string, workspace: string | undefined): readonly string[] {
  const [, list = ''] = /"patchedDependencies"\s*:\s*\{([^{}]*)\}/.exec(manifest) ?? [];
  const [, lines = ''] = /^patchedDependencies:[ \t]*\r?\n((?:[ \t]+.*\r?\n?)*)/m.exec(workspace ?? '') ?? [];
  return [
    ...[...list.matchAll(/:\s*"([^"]+)"/g)].map(([, path = '']) => path),
    ...[...lines.matchAll(/:[ \t]+["']?([^"'\s#]+)["']?[ \t]*$/gm)].map(([, path = '']) => path),
  ];
}

/** The folder that patch-package reads when a script of package.json calls it first; undefined for other scripts. */
export function patchFolder(script: string): string | undefined {
  const [first = ''] = script.split(/&&|\|\||;/);
  const words = first.trim().split(/\s+/);
  if (words[0] !== 'patch-package' || /[$`|]/.test(first)) return undefined;
  const at = words.findIndex((word) => /^--patch-dir(?:=|$)/.test(word));
  if (at === -1) return 'patches';
  const named = words[at]?.includes('=') ? words[at]?.slice(words[at]?.indexOf('=') + 1) : words[at + 1];
  return named?.replace(/^\.\//, '').replace(/\/$/, '');
}
