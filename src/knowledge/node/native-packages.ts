/**
 * Node.js packages whose compiled part is made, or fetched, for the C library of the machine that installs them.
 *
 * Source: their install scripts (node-gyp, node-pre-gyp, prebuild-install) and platform packages on the npm registry,
 * looked up in versions of 2023 to 2025. Not here: packages whose archive brings all binaries itself, so that it does
 * not matter where they are installed (bcrypt from 6, argon2 from 0.40, leveldown, usb), and static ones (esbuild).
 */
const native: ReadonlySet<string> = new Set(
  [
    'sharp sqlite3 better-sqlite3 canvas node-sass re2 node-rdkafka pg-native libpq isolated-vm node-pty couchbase',
    'kerberos mongodb-client-encryption grpc snappy @swc/core lightningcss @parcel/watcher @prisma/client prisma',
    '@napi-rs/canvas @node-rs/argon2 @node-rs/bcrypt',
  ].flatMap((row) => row.split(' ')),
);

/** Native up to, and not with, this version. */
const nativeBefore: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['bcrypt', [6, 0]],
  ['argon2', [0, 40]],
]);

/** Whether a package of this version, or range, has a part compiled for one C library. */
export function isNative(name: string, version: string): boolean {
  if (native.has(name)) return true;
  const before = nativeBefore.get(name);
  const [, major, minor] = /(\d+)(?:\.(\d+))?/.exec(version) ?? [];
  if (before === undefined || major === undefined) return false;
  return Number(major) < before[0] || (Number(major) === before[0] && Number(minor ?? 0) < before[1]);
}

/** Packages of a lockfile, with their versions: package-lock.json, yarn.lock (both generations), pnpm-lock.yaml. */
const entries: readonly (readonly [RegExp, RegExp])[] = [
  [
    /(?:package-lock|npm-shrinkwrap)\.json$/,
    /"(?:[^"\n]*node_modules\/)?((?:@[\w.-]+\/)?[\w.-]+)": \{\s*"version": "([^"]+)"/g,
  ],
  [/yarn\.lock$/, /^"?((?:@[\w.-]+\/)?[\w.-]+)@[^\n]*:\n\s+version:? "?([^"\n]+)/gm],
  [/pnpm-lock\.yaml$/, /^ {2}['"]?\/?((?:@[\w.-]+\/)?[\w.-]+)[@/](\d[^:'"(\n]*)/gm],
];

/** Names of native packages that a lockfile holds; undefined when it is not one that can be read. */
export function nativePackagesOf(lockfile: string, text: string): readonly string[] | undefined {
  const pattern = entries.find(([name]) => name.test(lockfile))?.[1];
  if (pattern === undefined) return undefined;
  const found = new Set<string>();
  let any = false;
  for (const [, name = '', version = ''] of text.matchAll(pattern)) {
    any = true;
    if (isNative(name, version)) found.add(name);
  }
  return any ? [...found].sort() : undefined;
}
