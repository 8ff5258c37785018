/**
 * What the flags of an install say of development packages and of the lockfile.
 *
 * Measured with npm 11.19, pnpm 8.15, 9.15 and 10.34, yarn 1.22.22 and 4.18, bun 1.3.5, one dependency and
 * one development dependency; `test/knowledge-development.test.ts` holds the table.
 */
import { type Flags, switchOf, valueOf } from './flags.ts';
import type { Invocation, Operation, PackageManager } from './invocation.ts';
import { isFrozenSubcommand, isUpdate } from './subcommands.ts';

type Development = Invocation['development'] | 'unknown';

/** What the flags say of development packages; `unknown` where a variable decides. */
export function developmentBy(manager: PackageManager, operation: Operation, flags: Flags): Development {
  switch (manager) {
    case 'npm':
      return npmDevelopment(flags);
    case 'pnpm':
      return pnpmDevelopment(operation, flags);
    case 'yarn':
      return switched(switchOf(flags, 'production'), flags.has('--production'));
    case 'bun':
      return bunDevelopment(flags);
  }
}

function switched(production: ReturnType<typeof switchOf>, heeded = true): Development {
  if (production === undefined || !heeded) return undefined;
  if (production === 'unknown') return 'unknown';
  return production ? 'omit' : 'include';
}

/** The types that npm's `omit` takes. Other values (`dev,optional`, `Dev`) are thrown away with a warning. */
const omitTypes: ReadonlySet<string> = new Set(['dev', 'optional', 'peer']);

export const omittedTypes = (values: readonly string[]): ReadonlySet<string> =>
  new Set(values.filter((value) => omitTypes.has(value)));

/**
 * npm's `buildOmitList`: `--include=dev`, `--production=false` and `--dev` win over every `--omit`, and
 * `--omit` with other types than dev replaces what NODE_ENV=production asks for.
 */
function npmDevelopment(flags: Flags): Development {
  const all = (name: string): readonly (string | undefined)[] => flags.get(`--${name}`) ?? [];
  const production = switchOf(flags, 'production');
  const deciding = [...all('omit'), ...all('include'), ...all('only'), ...all('also')];
  if (production === 'unknown' || deciding.includes(undefined)) return 'unknown';
  const text = (name: string): readonly string[] => all(name).filter((value) => value !== undefined);
  const onlyProduction = /^prod(uction)?$/.test(text('only').at(-1) ?? '');
  if (text('include').includes('dev') || switchOf(flags, 'dev') === true) return 'include';
  if (text('also').at(-1)?.startsWith('dev') === true) return 'include';
  if (onlyProduction || production === true) return 'omit';
  if (production === false) return 'include';
  if (omittedTypes(text('omit')).has('dev')) return 'omit';
  return flags.has('--omit') || flags.has('--no-omit') ? 'include' : undefined;
}

/** Whether a word is meant to leave development packages out, and npm reads something else in it, or nothing. */
export const isIdleOmission = (word: string): boolean =>
  /^--(?:(?:omit|only|no|skip|exclude|without)-(?:dev|prod)\w*|(?:dev|prod)\w*-only|omit=(?!dev$)\w*dev\w*)$/i.test(
    word,
  );

/** pnpm takes `--prod` before `--dev`, stops at `--omit`, and reads `-P` of `add` as `--save-prod`, of `prune` not at all. */
function pnpmDevelopment(operation: Operation, flags: Flags): Development {
  if (flags.has('--omit')) return 'omit';
  const only = valueOf(flags, 'only');
  if (only !== undefined && only.text === undefined) return 'unknown';
  if (/^prod(uction)?$/.test(only?.text ?? '')) return 'omit';
  const said = switched(switchOf(flags, 'production'));
  if (said !== undefined) return said;
  if (flags.has('-P') && operation !== 'add' && operation !== 'prune') return 'omit';
  return operation === 'install' && switchOf(flags, 'dev') === true ? 'include' : undefined;
}

function bunDevelopment(flags: Flags): Development {
  const omitted = flags.get('--omit') ?? [];
  if (omitted.includes('dev')) return 'omit';
  if (omitted.includes(undefined)) return 'unknown';
  return switchOf(flags, 'production') === true ? 'omit' : undefined;
}

/**
 * What the command line says of the lockfile. npm takes `--frozen-lockfile` without a word and does not
 * heed it; bun freezes with `--production`, too.
 */
export function frozenBy(manager: PackageManager, subcommand: string, flags: Flags): boolean | undefined {
  if (isFrozenSubcommand(manager, subcommand)) return true;
  if (isUpdate(subcommand)) return false;
  if (manager === 'npm') return undefined;
  const said = [switchOf(flags, 'frozen-lockfile'), manager === 'yarn' ? switchOf(flags, 'immutable') : undefined];
  if (said.includes(true)) return true;
  if (said.includes('unknown')) return undefined;
  if (said.includes(false) || ignoresLockfile(manager, flags)) return false;
  return manager === 'bun' && switchOf(flags, 'production') === true ? true : undefined;
}

/** pnpm and yarn 1 with `--no-lockfile` resolve anew. */
const ignoresLockfile = (manager: PackageManager, flags: Flags): boolean =>
  manager !== 'bun' && switchOf(flags, 'lockfile') === false;

/** The install writes no lockfile. `npm install --no-save` and `bun install --no-save` leave it alone, too. */
export function writesNoLockfile(manager: PackageManager, flags: Flags): boolean {
  if (switchOf(flags, 'package-lock') === false || switchOf(flags, 'lockfile') === false) return true;
  if (manager === 'yarn') return switchOf(flags, 'pure-lockfile') === true;
  return (manager === 'npm' || manager === 'bun') && switchOf(flags, 'save') === false;
}

/** No dependency tree comes of the call. */
export const makesNoTree = (flags: Flags): boolean =>
  ['package-lock-only', 'lockfile-only', 'dry-run', 'resolution-only'].some((name) => switchOf(flags, name) === true) ||
  valueOf(flags, 'mode')?.text === 'update-lockfile';

/** Flags that only yarn 2+ knows. */
export const isBerryOnly = (flags: Flags): boolean =>
  ['immutable', 'no-immutable', 'immutable-cache', 'check-cache', 'refresh-lockfile', 'inline-builds', 'mode'].some(
    (name) => flags.has(`--${name}`),
  );

/** Flags at which `yarn install` of yarn 2+ stops (measured with 4.18). */
export const isClassicOnly = (flags: Flags): boolean =>
  [
    ...['production', 'pure-lockfile', 'no-lockfile', 'ignore-scripts', 'ignore-optional', 'no-progress'],
    ...['check-files', 'force', 'flat', 'har', 'verbose', 'modules-folder', 'mutex'],
  ].some((name) => flags.has(`--${name}`));
