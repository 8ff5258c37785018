/** What a call of a package manager asks for, read from its subcommand, flags and operands. */
import { type CommandLine, type Flags, switchOf, valueOf, type Words } from './flags.ts';
import { developmentBy, frozenBy, isBerryOnly, isClassicOnly, makesNoTree, writesNoLockfile } from './install-flags.ts';
import type { Invocation, Operation, PackageManager, Setting } from './invocation.ts';
import { isFrozenSubcommand, operationOf } from './subcommands.ts';

/**
 * The version that corepack or `yarn set version` chooses. `stable` and `latest` are
 * yarn 2+ there, while npm's `yarn@latest` is yarn 1.
 */
export function chosenVersion(manager: PackageManager, version: string): string {
  const plain = version.replace(/\+.*/s, '');
  if (manager !== 'yarn') return plain;
  if (plain === 'classic') return '1';
  return /^(berry|stable|latest|canary)$/.test(plain) ? '>=2' : plain;
}

/** A call of which nothing but its operation is known. */
export function emptyCall(manager: PackageManager, operation: Operation): Invocation {
  return {
    manager,
    operation,
    subcommand: '',
    global: false,
    workspaces: [],
    packages: [],
    settings: [],
    ignoreScripts: false,
    offline: false,
    noTree: false,
    noLockfile: false,
    berry: false,
    classic: false,
    uncertain: false,
  };
}

const directoryFlags: Readonly<Record<PackageManager, string>> = {
  npm: 'prefix',
  yarn: 'cwd',
  pnpm: 'dir',
  bun: 'cwd',
};

/** Where the call works: undefined in the working directory, without `text` in one that a variable names. */
export const directoryOf = (manager: PackageManager, flags: Flags): { readonly text?: string } | undefined =>
  valueOf(flags, directoryFlags[manager]);

const cacheFlags: Readonly<Record<PackageManager, readonly string[]>> = {
  npm: ['cache'],
  yarn: ['cache-folder'],
  pnpm: ['store-dir', 'store'],
  bun: ['cache-dir'],
};

/** `npm install .` installs the manifest's packages; with `-g` it installs the project itself. */
const isThisDirectory = (word: string): boolean => /^\.\/?$/.test(word);

/** What the words after a manager's name ask for. `subcommand` is empty for bare `yarn`. */
export function describeCall(manager: PackageManager, subcommand: string, line: CommandLine): Invocation {
  const { flags, operands } = line;
  // Yarn passes over -g: only `yarn global` installs outside of the project.
  const global =
    (manager !== 'yarn' && switchOf(flags, 'global') === true) ||
    subcommand === 'global' ||
    valueOf(flags, 'location')?.text === 'global';
  const named = (/^(global|workspaces|set|policies)$/.test(subcommand) ? operands.slice(1) : operands)
    .filter((word) => word !== undefined)
    .filter((word) => global || manager === 'yarn' || !isThisDirectory(word));
  const base = operationOf(manager, subcommand, operands);
  const adds = base === 'install' && !isFrozenSubcommand(manager, subcommand);
  const unknownOperand = operands.includes(undefined);
  const takesPackages = manager !== 'yarn' || /^(up|upgrade)$/.test(subcommand);
  const operation = adds && takesPackages && (named.length > 0 || unknownOperand) ? 'add' : base;
  const development = developmentBy(manager, operation, flags);
  const frozen = frozenBy(manager, subcommand, flags);
  const directory = directoryOf(manager, flags);
  const cache = valueOf(flags, ...cacheFlags[manager]);
  const userConfig = valueOf(flags, 'userconfig')?.text;
  const version = operation === 'set-version' ? named.at(-1) : undefined;
  return {
    ...emptyCall(manager, operation),
    subcommand,
    global,
    workspaces: ['workspace', 'filter', 'filter-prod'].flatMap((name) =>
      (flags.get(`--${name}`) ?? []).map((value) => value ?? ''),
    ),
    packages: operation === 'add' || operation === 'focus' ? named : [],
    settings: operation === 'config-set' ? settingsOf(subcommand, operands, flags) : [],
    ignoreScripts: switchOf(flags, 'ignore-scripts') === true || valueOf(flags, 'mode')?.text === 'skip-build',
    offline: switchOf(flags, 'offline') === true,
    noTree: makesNoTree(flags),
    noLockfile: writesNoLockfile(manager, flags),
    berry: manager === 'yarn' && (operation === 'focus' || isBerryOnly(flags)),
    classic: manager === 'yarn' && (subcommand === 'global' || (operation === 'install' && isClassicOnly(flags))),
    uncertain: line.uncertain || development === 'unknown',
    ...(frozen === undefined ? {} : { frozen }),
    ...(development === undefined || development === 'unknown' ? {} : { development }),
    ...(directory === undefined ? {} : { directory }),
    ...(cache === undefined ? {} : { cache }),
    ...scriptOf(operation, subcommand, operands),
    ...(userConfig === undefined ? {} : { userConfig }),
    ...(operation === 'deploy' && named.length > 0 ? { destination: named.at(-1) ?? '' } : {}),
    ...(version === undefined ? {} : { version: chosenVersion(manager, version) }),
  };
}

function scriptOf(operation: Operation, subcommand: string, operands: Words): { readonly script?: string } {
  if (operation !== 'run') return {};
  const [named] = operands;
  if (/^(run|run-script|rum|urn)$/.test(subcommand)) return named === undefined ? {} : { script: named };
  return { script: /^(t|tst)$/.test(subcommand) ? 'test' : subcommand };
}

/** `config set key value`, `config set key=value …`, `set key=value`. */
function settingsOf(subcommand: string, operands: Words, flags: Flags): readonly Setting[] {
  const words = subcommand === 'set' ? operands : operands.slice(1);
  const asked = valueOf(flags, 'location')?.text;
  const location = flags.has('--global') ? 'global' : flags.has('--home') ? 'user' : asked;
  const place = location === 'user' || location === 'project' || location === 'global' ? ({ location } as const) : {};
  const [key, value] = words;
  if (key !== undefined && !key.includes('=') && words.length >= 2) return [{ key, ...knownValue(value), ...place }];
  return words.flatMap((word) => {
    const equals = word?.indexOf('=') ?? -1;
    if (word === undefined || equals <= 0) return [];
    return [{ key: word.slice(0, equals), ...knownValue(word.slice(equals + 1)), ...place }];
  });
}

const knownValue = (value: string | undefined): { readonly value?: string } =>
  value === undefined || value.includes('\uFFFC') ? {} : { value };
