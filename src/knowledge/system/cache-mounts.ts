/**
 * Which program uses a cache that is mounted at a path, and what keeps it from being of use.
 *
 * Sources: https://docs.docker.com/reference/dockerfile/#run---mounttypecache (a new cache belongs to root, mode 0755),
 * the manuals of the package managers; docker-clean of the images of Debian and Ubuntu:
 * https://github.com/moby/moby/blob/master/contrib/mkimage/debootstrap.
 */
import type { Invocation } from '../node/invocation.ts';

type Words = readonly (string | undefined)[];

interface MountedCache {
  /** Below a home (`~`), or absolute. */
  readonly path: RegExp;
  readonly programs: RegExp;
  /** What empties it or turns it off: the words of a command after its program. */
  readonly emptied?: RegExp;
  readonly off?: RegExp;
  readonly variable?: RegExp;
}

const caches: readonly MountedCache[] = [
  { path: /^~\/\.npm(?:\/|$)/, programs: /^(?:npm|npx)$/, emptied: /^cache clean/ },
  {
    path: /^(?:~\/\.cache\/yarn|\/usr\/local\/share\/\.cache\/yarn|~\/\.yarn)(?:\/|$)/,
    programs: /^(?:yarn|yarnpkg)$/,
    emptied: /^cache clean/,
  },
  {
    path: /^(?:~\/\.local\/share\/pnpm|~\/\.pnpm-store|~\/\.cache\/pnpm|\/pnpm|\/pnpm-store|\/\.pnpm-store)(?:\/|$)/,
    programs: /^(?:pnpm|pnpx)$/,
  },
  { path: /^~\/\.bun(?:\/|$)/, programs: /^bunx?$/, emptied: /^pm cache rm/ },
  {
    path: /^~\/\.cache(?:\/pip(?:\/|$)|$)/,
    programs: /^(?:pip[\d.]*|python[\d.]*)$/,
    emptied: /^(?:-m pip )?cache purge/,
    off: /^--no-cache-dir$/,
    variable: /^PIP_NO_CACHE_DIR$/,
  },
  {
    path: /^~\/\.cache\/uv(?:\/|$)/,
    programs: /^uv$/,
    emptied: /^cache clean/,
    off: /^(?:-n|--no-cache)$/,
    variable: /^UV_NO_CACHE$/,
  },
  { path: /^~\/\.cache\/pypoetry(?:\/|$)/, programs: /^poetry$/, emptied: /^cache clear/, off: /^--no-cache$/ },
  {
    path: /^~\/\.(?:composer|cache\/composer)(?:\/|$)/,
    programs: /^composer(?:\.phar)?$/,
    emptied: /^clear-?cache/,
    off: /^--no-cache$/,
  },
  { path: /^~\/\.m2(?:\/|$)/, programs: /^mvnw?$/ },
  { path: /^~\/\.gradle(?:\/|$)/, programs: /^gradlew?$/ },
  { path: /^~\/\.nuget(?:\/|$)/, programs: /^dotnet$/ },
  { path: /^~\/\.cache\/go-build(?:\/|$)/, programs: /^go$/, emptied: /^clean .*-cache/ },
  { path: /^(?:~\/go|\/go)\/pkg\/mod(?:\/|$)/, programs: /^go$/, emptied: /^clean .*-modcache/ },
  { path: /^\/var\/cache\/apt(?:\/|$)/, programs: /^apt(?:-get)?$/, emptied: /^(?:dist-?)?clean/ },
  { path: /^\/var\/lib\/apt(?:\/|$)/, programs: /^apt(?:-get)?$/ },
  { path: /^\/var\/cache\/(?:dnf|yum|libdnf5)(?:\/|$)/, programs: /^(?:dnf5?|yum|microdnf)$/, emptied: /^clean/ },
];

/** Whether the program of these words keeps its downloads at a path, `~` for the home of whoever runs it. */
export const usesCacheAt = (path: string, words: Words): boolean =>
  caches.some((cache) => cache.path.test(path) && cache.programs.test(programOf(words)));

/** What a command does to the cache at a path: it empties it, or works without it. */
export function spoilsCacheAt(
  path: string,
  words: Words,
  call: Invocation | undefined,
): 'empties' | 'does without' | undefined {
  const rest = words.slice(1).filter((word) => word !== undefined);
  if (programOf(words) === 'rm')
    return rest.some((word) => clears(word.replace(/\/\*?$/, ''), path)) ? 'empties' : undefined;
  for (const cache of caches) {
    if (!cache.path.test(path) || !cache.programs.test(programOf(words))) continue;
    if (call?.operation === 'cache-clean' || cache.emptied?.test(rest.join(' ')) === true) return 'empties';
    if (rest.some((word) => cache.off?.test(word) === true)) return 'does without';
  }
  return undefined;
}

/** Whether a variable of this value turns the cache at a path off. */
export const turnsCacheOff = (path: string, variable: string, value: string): boolean =>
  /^(?:1|true|yes|on)$/i.test(value) && caches.some((cache) => cache.path.test(path) && cache.variable?.test(variable));

/** The folder itself, one around it, or the part of it that is the cache. */
const clears = (removed: string, path: string): boolean =>
  removed.length > 1 &&
  (path === removed ||
    path.startsWith(`${removed}/`) ||
    (removed === '/var/lib/apt/lists' && path === '/var/lib/apt') ||
    (removed === '/var/cache/apt/archives' && path === '/var/cache/apt'));

const programOf = ([first = '']: Words): string => first.slice(first.lastIndexOf('/') + 1);
