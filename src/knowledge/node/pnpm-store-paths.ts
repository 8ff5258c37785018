/** Paths into the folder in which pnpm keeps packages by their versions (pnpm.io/symlinked-node-modules-structure). */

export interface StoredPackage {
  readonly name: string;
  readonly version: string;
}

/** The package of which a path names the version: `node_modules/.pnpm/@prisma+client@6.19.0_prisma@6.19.0/node_modules`. */
export function storedPackage(path: string): StoredPackage | undefined {
  const parts = path.split('/');
  const at = parts.indexOf('.pnpm');
  const folder = parts[at + 1] ?? '';
  const nameEnds = folder.indexOf('@', 1);
  if (at < 1 || parts[at - 1] !== 'node_modules' || nameEnds === -1 || /[*?[]/.test(folder)) return undefined;
  const [version = ''] = folder.slice(nameEnds + 1).split(/[_(]/);
  return /^\d/.test(version) ? { name: folder.slice(0, nameEnds).replace('+', '/'), version } : undefined;
}
