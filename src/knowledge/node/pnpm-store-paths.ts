/** Paths into the folder in which pnpm keeps packages by their versions (pnpm.io/symlinked-node-modules-structure). */

export interface StoredPackage {
  readonly name: string;
  readonly version: string;
}

/** The package of which a path names the version: `node_modules/.pnpm/@prisma+client@6.19.0_prisma@6.19.0/node_modules`. */
export function storedPackage(path: string): StoredPackage | undefined {
  const [, name = '', version] =
    /(?:^|\/)node_modules\/\.pnpm\/(@?[^@/*?[]+)@(\d+\.\d+\.\d+[^_(/*?[]*)[^/*?[]*(?:\/|$)/.exec(path) ?? [];
  return version === undefined ? undefined : { name: name.replace('+', '/'), version };
}
