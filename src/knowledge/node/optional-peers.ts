/**
 * Development packages that npm installs with production packages all the same: optional peers of one of them, which
 * the lockfile calls `devOptional`. Measured with npm 11: prisma and typescript, for development, beside @prisma/client 6.4.
 * pnpm puts such packages out of the reach of scripts, yarn 1 leaves them out.
 */

/** The packages that have them; for lack of a lockfile that can be read. */
const takers: ReadonlyMap<string, readonly string[]> = new Map([
  ['prisma', ['@prisma/client']],
  ['typescript', ['@prisma/client', 'prisma']],
]);

/** Whether a package is, or may be, there without development packages, by the lockfile or else by what the project names for production. */
export function comesAsOptionalPeer(
  name: string,
  lockfile: string | undefined,
  production: ReadonlyMap<string, string>,
): boolean {
  return markedIn(lockfile ?? '', name) ?? takers.get(name)?.some((each) => production.has(each)) ?? false;
}

/** Undefined where the lockfile says nothing of the package. */
function markedIn(lockfile: string, name: string): boolean | undefined {
  const at = lockfile.indexOf(`"node_modules/${name}": {`);
  if (at === -1) return undefined;
  const entry = lockfile.slice(at, lockfile.indexOf('\n    }', at));
  return !/^ {6}"dev": true/m.test(entry);
}
