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
