/**
 * What package managers keep of their downloads. Those that link files from their store into place (pnpm, Bun, and uv
 * unless it is told to copy: measured, 60 MB with numpy linked, 117 MB copied) are left out: in one layer the store
 * costs nothing.
 *
 * By the manuals: apt-get(8), apk(8), dnf(8), https://docs.npmjs.com/cli/commands/npm-cache,
 * https://classic.yarnpkg.com/lang/en/docs/cli/cache, https://pip.pypa.io/en/stable/topics/caching,
 * https://getcomposer.org/doc/06-config.md#cache-dir, https://docs.conda.io/projects/conda/en/stable/commands/clean.html,
 * https://python-poetry.org/docs/configuration/#cache-dir, https://pipenv.pypa.io/en/latest/configuration.html,
 * https://docs.astral.sh/uv/concepts/cache, https://go.dev/ref/mod#module-cache,
 * https://doc.rust-lang.org/cargo/guide/cargo-home.html.
 */
import type { Invocation } from '../node/invocation.ts';
import { majorOf } from '../node/versions.ts';
import { systemPackageCall } from './system-packages.ts';

type Words = readonly (string | undefined)[];

export interface PackageCache {
  readonly manager: string;
  /** The program that fills it, where several share it. */
  readonly program?: string;
  /** What it keeps, in words: `package lists`. */
  readonly holds: string;
  /** Where it may lie; `~` is the home of the user who runs it. */
  readonly paths: readonly string[];
  /** Variables that turn it off or move it. */
  readonly variables: readonly string[];
  /** It is one only where this variable has this value. */
  readonly when?: readonly [name: string, value: string];
  /** The system's own: no setting of a base image moves it. */
  readonly fixed: boolean;
  /** It is little that it keeps, or which version of the manager fills it is not known. */
  readonly mild?: true;
  /** It is one only where packages are unpacked: else programs load them out of it. */
  readonly unpacked?: true;
  /** Somebody has chosen its place. */
  readonly moved?: true;
  /** Only the command that fills it knows that place: cleaning calls of the manager look elsewhere. */
  readonly isOfCommand?: true;
}

const systemCache = (manager: string, holds: string, paths: string): PackageCache => ({
  manager,
  holds,
  paths: paths.split(' '),
  variables: [],
  fixed: true,
});

const languageCache = (manager: string, holds: string, paths: string, variables: string): PackageCache => ({
  manager,
  holds,
  paths: paths.split(' '),
  variables: variables.split(' '),
  fixed: false,
});

const aptLists = systemCache('apt', 'package lists', '/var/lib/apt/lists');
const apkIndex = systemCache('apk', 'package index', '/var/cache/apk');
const rpmPaths = ['/var/cache/dnf', '/var/cache/yum', '/var/cache/libdnf5', '/var/cache/tdnf', '/var/cache/zypp'];
const pacmanCache = systemCache('pacman', 'packages', '/var/cache/pacman/pkg');
const npmCache = languageCache('npm', 'packages', '~/.npm/_cacache', 'npm_config_cache NPM_CONFIG_CACHE');
const yarnCache = languageCache(
  'yarn',
  'packages',
  '/usr/local/share/.cache/yarn ~/.cache/yarn',
  'YARN_CACHE_FOLDER XDG_CACHE_HOME',
);
/** From version 4 on, one for all projects. */
const berryCache: PackageCache = {
  ...languageCache(
    'yarn',
    'packages',
    '~/.yarn/berry/cache',
    'YARN_ENABLE_GLOBAL_CACHE YARN_GLOBAL_FOLDER YARN_CACHE_FOLDER XDG_DATA_HOME',
  ),
  unpacked: true,
};
const pipCache = languageCache('pip', 'wheels', '~/.cache/pip', 'PIP_NO_CACHE_DIR PIP_CACHE_DIR XDG_CACHE_HOME');
const composerCache = languageCache(
  'composer',
  'packages',
  '~/.composer/cache ~/.cache/composer',
  'COMPOSER_HOME COMPOSER_CACHE_DIR XDG_CACHE_HOME',
);
const condaCache = languageCache(
  'conda',
  'packages',
  '/opt/conda/pkgs ~/.conda/pkgs ~/micromamba/pkgs ~/miniconda3/pkgs ~/miniforge3/pkgs /opt/miniconda3/pkgs /opt/miniforge3/pkgs',
  'CONDA_PKGS_DIRS',
);
const pipenvCache = languageCache(
  'pipenv',
  'wheels',
  '~/.cache/pipenv',
  'PIP_NO_CACHE_DIR PIPENV_CACHE_DIR XDG_CACHE_HOME',
);
/** Beside them lie the virtual environments that Poetry makes, which programs need. */
const poetryCache = languageCache(
  'poetry',
  'wheels',
  '~/.cache/pypoetry/artifacts ~/.cache/pypoetry/cache',
  'POETRY_CACHE_DIR XDG_CACHE_HOME',
);
const uvCache: PackageCache = {
  ...languageCache('uv', 'packages', '~/.cache/uv', 'UV_NO_CACHE UV_CACHE_DIR XDG_CACHE_HOME'),
  when: ['UV_LINK_MODE', 'copy'],
};

const goCache = languageCache('go', 'modules', '~/go/pkg/mod ~/.cache/go-build', 'GOPATH GOMODCACHE GOCACHE GOFLAGS');
const cargoCache = languageCache('cargo', 'crates', '~/.cargo/registry', 'CARGO_HOME');

/**
 * The cache that a call fills; `yarn` is the version of Yarn, as far as it is known. A place that the call names from
 * where it runs stays as it is written.
 */
export function filledCache(words: Words, call: Invocation | undefined, yarn?: string): PackageCache | undefined {
  const at = words.findIndex((word) => word !== undefined && /^--(?:no-)?cache(?:-dir|-folder)?(?:=|$)/.test(word));
  if (at === -1) return usualCache(words, call, yarn);
  const [name = '', value = words[at + 1]] = (words[at] ?? '').split(/=(.*)/s);
  const cache = name.startsWith('--no-') ? undefined : usualCache(words, call, yarn);
  if (cache === undefined) return undefined;
  const moved = /^(?:\.{1,2}\/)*\.?\w/.test(value ?? '')
    ? { ...cache, paths: [value ?? ''], variables: [], moved: true as const }
    : cacheAt(value, cache);
  return moved === undefined ? undefined : { ...moved, isOfCommand: true };
}

/** The cache at another place; undefined where that is not known. */
export const cacheAt = (path: string | undefined, cache: PackageCache): PackageCache | undefined =>
  path?.startsWith('/') && !/^\/(?:dev|proc)\//.test(path)
    ? { ...cache, paths: [path.replace(/(?<=^\/|[^/])\/+$/, '')], variables: [], moved: true }
    : undefined;

/** Whether a variable says where the cache is, rather than whether there is one. */
export const placesCache = (variable: string): boolean =>
  /_CACHE_(?:DIR|FOLDER)$|_cache$/i.test(variable) && !/NO_/.test(variable);

function usualCache(words: Words, call: Invocation | undefined, yarn: string | undefined): PackageCache | undefined {
  if (call !== undefined) return ofNode(call, words, yarn);
  const system = systemPackageCall(words);
  switch (system?.manager) {
    case 'apt':
      return system.operation === 'update-index' ? aptLists : undefined;
    case 'apk':
      return system.operation === 'remove' ? undefined : apkIndex;
    case 'rpm':
      return system.operation === 'remove' ? undefined : rpmCache(words[0] ?? '');
    case 'pacman':
      return system.operation === 'install' ? pacmanCache : undefined;
    default:
      return ofLanguage(words);
  }
}

function ofNode(call: Invocation, words: Words, yarn: string | undefined): PackageCache | undefined {
  if (call.offline) return undefined;
  const major = yarn === undefined ? undefined : majorOf(yarn);
  if (call.manager === 'yarn' && major !== undefined && major >= 4)
    return /^(?:install|add|focus)$/.test(call.operation) ? berryCache : undefined;
  if (call.operation !== 'install' && call.operation !== 'add') return undefined;
  if (call.manager === 'npm') return npmCache;
  if (call.manager !== 'yarn') return undefined;
  if (yarn === undefined) return words.some(isOfBerry) ? undefined : { ...yarnCache, mild: true };
  return /^[01](?:\.|$)/.test(yarn) ? yarnCache : undefined;
}

/** Options of Yarn 2 and later: it may load packages out of its cache when the program runs. */
const isOfBerry = (word: string | undefined): boolean =>
  word !== undefined && /^--(?:immutable|check-cache|inline-builds|mode|refresh-lockfile)/.test(word);

function ofLanguage([first, ...rest]: Words): PackageCache | undefined {
  const name = first?.slice(first.lastIndexOf('/') + 1) ?? '';
  const operands = rest.filter((word) => word === undefined || !word.startsWith('-'));
  if (/^python[\d.]*$/.test(name) && rest[0] === '-m') return ofLanguage(rest.slice(1));
  if (/^pip[\d.]*$/.test(name) && /^(?:install|wheel|download)$/.test(operands[0] ?? ''))
    return operands.slice(1).every((word) => /^(?:pip|setuptools|wheel)\b/.test(word ?? '')) && operands.length > 1
      ? { ...pipCache, mild: true }
      : pipCache;
  if (/^composer(?:\.phar)?$/.test(name))
    return /^(?:install|i|update|require|create-project)$/.test(operands[0] ?? '') ? composerCache : undefined;
  if (name === 'go') return /^(?:build|install|get|mod)$/.test(operands[0] ?? '') ? goCache : undefined;
  if (name === 'cargo') {
    const verb = operands.find((word) => !word?.startsWith('+')) ?? '';
    return /^(?:build|b|install|fetch)$/.test(verb) ? cargoCache : undefined;
  }
  return ofPython(name, operands, rest);
}

function ofPython(name: string, operands: Words, rest: Words): PackageCache | undefined {
  const [verb = '', next = ''] = operands;
  switch (name) {
    case 'conda':
    case 'mamba':
    case 'micromamba':
      return /^(?:install|create|update)$/.test(verb === 'env' ? next : verb) ? condaCache : undefined;
    case 'pipx':
      return verb === 'install' ? pipCache : undefined;
    case 'pip-sync':
      return pipCache;
    case 'pipenv':
      return /^(?:install|sync|update|upgrade)$/.test(verb) ? pipenvCache : undefined;
    case 'poetry':
      return /^(?:install|sync|update|add)$/.test(verb) ? poetryCache : undefined;
    case 'uv':
      return uvFills(verb, next) && !rest.includes('-n') ? ofUv(rest) : undefined;
    default:
      return undefined;
  }
}

const uvFills = (verb: string, next: string): boolean =>
  verb === 'sync' || verb === 'add' || (verb === 'pip' && /^(?:install|sync)$/.test(next));

/** The flag goes before the variable. */
function ofUv(words: Words): PackageCache | undefined {
  const at = words.findIndex((word) => word !== undefined && /^--link-mode(?:=|$)/.test(word));
  if (at === -1) return uvCache;
  const { when, ...always } = uvCache;
  const mode = words[at]?.includes('=') ? words[at]?.split('=')[1] : words[at + 1];
  return mode === when?.[1] ? always : undefined;
}

const rpmFolders: ReadonlyMap<string, string> = new Map([
  ['zypper', '/var/cache/zypp'],
  ['dnf5', '/var/cache/libdnf5'],
]);

/** `microdnf clean all` empties what dnf has brought, and the folders go by one `rm`: the program's own comes first. */
function rpmCache(path: string): PackageCache {
  const program = path.slice(path.lastIndexOf('/') + 1);
  const own = rpmFolders.get(program) ?? rpmPaths.find((folder) => folder.endsWith(`/${program}`));
  const paths = own === undefined ? rpmPaths : [own, ...rpmPaths.filter((folder) => folder !== own)];
  return { ...systemCache('rpm', 'package metadata', paths.join(' ')), program };
}

/** Whether the words empty a cache with the manager's own command. */
export function cleansCache(words: Words, call: Invocation | undefined, cache: PackageCache): boolean {
  if (
    cache.isOfCommand === true &&
    !words.some((word) => word === undefined || cache.paths.some((path) => word.includes(path)))
  )
    return false;
  if (call?.operation === 'cache-clean') return call.manager === cache.manager;
  const [first, ...rest] = words;
  const name = first?.slice(first.lastIndexOf('/') + 1) ?? '';
  if (/^python[\d.]*$/.test(name)) return cleansCache(rest.slice(1), call, cache);
  const said = rest.filter((word) => word !== undefined && !word.startsWith('-')).join(' ');
  switch (cache.manager) {
    case 'apt':
      return /^(?:dist-?clean)$/.test(said) && /^apt/.test(name);
    case 'rpm':
      return /^(?:dnf5?|yum|microdnf|tdnf|zypper)$/.test(name) && /^clean|^cc\b/.test(said);
    case 'pacman':
      return name === 'pacman' && rest.some((word) => /^-Scc/.test(word ?? ''));
    case 'pip':
      return /^pip[\d.]*$/.test(name) && said === 'cache purge';
    case 'composer':
      return /^composer/.test(name) && /^(?:clear-?cache|cc)$/.test(said);
    case 'go':
      return name === 'go' && said === 'clean' && rest.includes('-modcache');
    case 'conda':
      return /^(?:conda|mamba|micromamba)$/.test(name) && said.startsWith('clean');
    case 'poetry':
      return name === 'poetry' && said.startsWith('cache clear');
    case 'uv':
      return name === 'uv' && /^cache (?:clean|prune)/.test(said);
    default:
      return false;
  }
}
