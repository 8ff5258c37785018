/**
 * What corepack does for the package manager behind its shims, and where it keeps what it downloads.
 *
 * Sources: the README of nodejs/corepack (`enable` makes shims and downloads nothing; COREPACK_HOME is
 * $XDG_CACHE_HOME/node/corepack or $HOME/.cache/node/corepack; `prepare`, `install`, `use`, `up` download).
 */
import { readInvocation } from './package-managers.ts';

type Words = readonly (string | undefined)[];

/** `shim`: the manager is a shim of corepack now; `download`: corepack has it for who ran this; `other`: it comes another way, or perhaps. */
export type ManagerSupply = 'shim' | 'download' | 'other';

export type ShimmedManager = 'pnpm' | 'yarn';

const programs: ReadonlyMap<string, ShimmedManager> = new Map([
  ['pnpm', 'pnpm'],
  ['pnpx', 'pnpm'],
  ['yarn', 'yarn'],
  ['yarnpkg', 'yarn'],
]);

/** The manager that a program is a name of: `/usr/local/bin/pnpm` is pnpm. */
export const shimmedManager = (program: string): ShimmedManager | undefined =>
  programs.get(program.replace(/^\/(?:usr\/)?(?:local\/)?bin\//, ''));

/** What a command does towards a package manager that is called by its name. */
export function managerSupply([name, ...rest]: Words, manager: ShimmedManager): ManagerSupply | undefined {
  if (name === 'corepack') return corepackSupply(rest, manager);
  if (name !== undefined && programs.get(name) === manager) return 'download';
  const invocation = readInvocation([name, ...rest]);
  const named = (word: string | undefined): boolean => word === undefined || word.includes(manager);
  if (invocation !== undefined) return invocation.global && rest.some(named) ? 'other' : undefined;
  return name === undefined || (mayInstall.has(name) && rest.some(named)) ? 'other' : undefined;
}

const mayInstall: ReadonlySet<string> = new Set(
  'apk apt apt-get dnf microdnf yum curl wget sh bash ln cp mv tar install asdf mise volta'.split(' '),
);

function corepackSupply([subcommand, ...rest]: Words, manager: ShimmedManager): ManagerSupply | undefined {
  if (subcommand === undefined || rest.includes(undefined)) return 'other';
  const names = rest.filter((word) => word?.startsWith('-') === false);
  const concerns = names.length === 0 || names.some((word) => word?.startsWith(manager));
  if (subcommand === 'enable') {
    if (rest.some((word) => word?.startsWith('--install-directory'))) return 'other';
    return concerns ? 'shim' : undefined;
  }
  if (subcommand === 'disable' || subcommand === 'hydrate' || subcommand === 'pack') return 'other';
  if (/^(?:prepare|install|use|up)$/.test(subcommand))
    return concerns || rest.includes('--all') ? 'download' : undefined;
  return subcommand.startsWith(manager) ? 'download' : undefined;
}

/** Folder of the downloads of somebody with this home. */
export const corepackHome = (home: string): string => `${home === '/' ? '' : home}/.cache/node/corepack`;

/** Variables that move the downloads elsewhere. */
export const corepackPlaces: readonly string[] = ['COREPACK_HOME', 'XDG_CACHE_HOME'];

/**
 * Releases of Node.js whose corepack (0.28 to 0.30) looks at signatures and knows only the key that npm signed with until
 * January of 2025: it asks for the newest pnpm before it looks at what the project declares, and stops with "Cannot find
 * matching keyid" (github.com/nodejs/corepack/issues/612; read in the corepack of Node.js 20.13.1 to 22.14.0, where 0.31
 * knows the new key; those before 20.13 look at no signature).
 */
export const corepacksWithoutKey = '>=18.20.5 <18.20.7 || >=20.13.0 <20.18.3 || >=22.2.0 <22.14.0 || >=23.0.0 <23.7.0';

/** Whether a version of pnpm, as it is written for `corepack prepare`, is surely signed with the new key alone; one with a hash is not looked at. */
export function isSignedAnew(version: string): boolean {
  if (version === 'latest' || /^latest-(?:9|1\d)$/.test(version)) return true;
  const [, major, minor = 0, patch = 0] = (/^(\d+)\.(\d+)\.(\d+)$/.exec(version) ?? []).map(Number);
  if (major === undefined) return false;
  return major > 10 || (major === 10 && minor >= 2) || (major === 9 && (minor > 15 || (minor === 15 && patch >= 5)));
}
