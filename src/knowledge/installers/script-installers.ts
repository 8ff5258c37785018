/**
 * Installers of PHP, Ruby, Elixir and Erlang, Perl, Dart, Deno.
 *
 * Sources: https://getcomposer.org/doc/03-cli.md, https://bundler.io/man/bundle-install.1.html,
 * https://bundler.io/man/bundle-config.1.html, https://hexdocs.pm/mix/Mix.Tasks.Deps.Get.html,
 * https://hexdocs.pm/mix/Mix.html#module-environment-variables, https://rebar3.org/docs/commands/,
 * https://metacpan.org/pod/Carton, https://dart.dev/tools/pub/cmd/pub-get,
 * https://docs.deno.com/runtime/reference/cli/install
 */
import {
  dependencyInstallOf,
  directoryGiven,
  flagsWithValue,
  groupsIn,
  type InstallerCall,
  type InstallerReader,
  isDevelopmentGroup,
  switchedOn,
  unlessHidden,
  writesTo,
} from './installer.ts';

export const scriptFlags = flagsWithValue(
  '-d --working-dir --ignore-platform-req --prefer-install --apcu-autoloader-prefix --jobs -j --path --without --with ' +
    '--gemfile --retry --binstubs --standalone --only --target --trust-policy --shebang --directory -C --cpanfile -L',
);

const composer: InstallerReader = (call) => {
  const [verb, ...packages] = call.operands;
  const install = verb === 'install' || verb === 'i';
  if (!install && !(/^(?:update|upgrade|u)$/.test(verb ?? '') && packages.length === 0)) return undefined;
  const { environment } = call.situation;
  const withoutDev = call.has('--no-dev') || switchedOn(environment('COMPOSER_NO_DEV')) === true;
  return dependencyInstallOf('composer', {
    development: withoutDev ? 'no' : unlessHidden(call, 'yes'),
    frozen: install ? 'with-lockfile' : 'no',
    // `--lock` renews the lockfile's hash alone.
    updates: !install && !call.has('--lock', '--dry-run'),
    reads: { manifests: [environment('COMPOSER') || 'composer.json'], lockfiles: ['composer.lock'] },
    loads: true,
    ...writesTo(environment('COMPOSER_VENDOR_DIR') ?? 'vendor'),
    ...directoryGiven(...call.values('-d', '--working-dir')),
  });
};

/** `php composer.phar install` */
const php: InstallerReader = (call) => {
  const [file, ...operands] = call.operands;
  return /(?:^|\/)composer(?:\.phar)?$/.test(file ?? '') ? composer({ ...call, operands }) : undefined;
};

/** What a flag, a variable or `bundle config` says, the flag first. */
function bundlerSetting(call: InstallerCall, key: string): string | null | undefined {
  const [flag] = call.values(`--${key}`);
  if (flag !== undefined && !/^(?:frozen|deployment)$/.test(key)) return flag;
  if (call.has(`--${key}`)) return 'true';
  const set = call.situation.setting('bundler', key);
  return set === null ? call.situation.environment(`BUNDLE_${key.toUpperCase()}`) : set;
}

/** `--without development test` takes every word up to the next flag. */
function withoutGroups(call: InstallerCall): string | null | undefined {
  const at = call.words.indexOf('--without');
  if (at === -1) return bundlerSetting(call, 'without');
  const after = call.words.slice(at + 1);
  const end = after.findIndex((word) => word?.startsWith('-'));
  const groups = end === -1 ? after : after.slice(0, end);
  return groups.includes(undefined) ? undefined : groups.join(' ');
}

const bundleConfig = (rest: readonly (string | undefined)[]): ReturnType<InstallerReader> => {
  const [key, ...values] = rest[0] === 'set' ? rest.slice(1) : rest;
  if (key === undefined || /^(?:get|list|unset)$/.test(key) || values.length === 0) return undefined;
  const known = values.every((value) => value !== undefined);
  return { kind: 'setting', ecosystem: 'bundler', key, value: known ? values.join(':') : undefined };
};

const installingVerb = /^(?:install|i|update|package|cache)$/;

/** Flags with which `bundle` alone does not install. */
const asksBundler = ['--version', '-v', '--help', '-h'];

const bundle: InstallerReader = (call) => {
  const [verb, ...rest] = call.operands.filter((word) => !/^_[\d.]+_$/.test(word ?? ''));
  if (verb === 'config') return bundleConfig(rest);
  const installs =
    verb === undefined ? call.operands.length === 0 && !call.has(...asksBundler) : installingVerb.test(verb);
  if (!installs) return undefined;
  const without = withoutGroups(call);
  const deployment = switchedOn(bundlerSetting(call, 'deployment'));
  const frozen = switchedOn(bundlerSetting(call, 'frozen'));
  const strict = deployment === true || frozen === true;
  const only = call.situation.environment('BUNDLE_ONLY');
  const left =
    groupsIn(without ?? '').some(isDevelopmentGroup) || (only != null && !groupsIn(only).some(isDevelopmentGroup));
  const gemfile = bundlerSetting(call, 'gemfile') ?? 'Gemfile';
  const place =
    bundlerSetting(call, 'path') ?? (deployment === true ? 'vendor/bundle' : call.situation.environment('GEM_HOME'));
  return dependencyInstallOf('bundler', {
    development: left ? 'no' : without === undefined ? 'unknown' : unlessHidden(call, 'yes'),
    frozen: strict
      ? 'yes'
      : verb === 'update'
        ? 'no'
        : deployment === undefined || frozen === undefined
          ? 'unknown'
          : unlessHidden(call, 'no'),
    needsLockfile: strict,
    updates: verb === 'update' && rest.length === 0 && !strict && !call.has('--bundler', '--ruby', '--group', '-g'),
    reads: { manifests: [gemfile], lockfiles: [`${gemfile}.lock`] },
    offline: call.has('--local'),
    loads: true,
    ...writesTo(place),
  });
};

const mix: InstallerReader = (call) => {
  if (!call.words.some((word) => /^deps\.(?:get|update),?$/.test(word ?? ''))) return undefined;
  const only = call.values('--only').map((word) => word?.replace(/,$/, ''));
  const environment = call.situation.environment('MIX_ENV');
  const production = only.length > 0 && only.every((word) => word !== undefined && !/^(?:dev|test)$/.test(word));
  return dependencyInstallOf('mix', {
    // Without --only it fetches what all environments name; what of it is compiled and released, MIX_ENV says.
    development: production ? 'no' : environment === 'prod' ? 'unknown' : unlessHidden(call, 'yes'),
    frozen: call.has('--check-locked')
      ? 'yes'
      : call.words.some((word) => word?.startsWith('deps.update'))
        ? 'no'
        : 'with-lockfile',
    updates: call.words.some((word) => word?.startsWith('deps.update')) && call.has('--all'),
    reads: { manifests: ['mix.exs'], lockfiles: ['mix.lock'] },
    ...writesTo(call.situation.environment('MIX_DEPS_PATH') ?? 'deps'),
  });
};

const rebar: InstallerReader = (call) =>
  call.operands[0] === 'get-deps' || (call.operands[0] === 'compile' && call.has('--deps_only', '-d'))
    ? dependencyInstallOf('rebar3', {
        frozen: 'with-lockfile',
        reads: { manifests: ['rebar.config'], lockfiles: ['rebar.lock'] },
        writes: '_build/default/lib',
      })
    : undefined;

const pubGet: InstallerReader = (call) => {
  const [verb, next] = call.operands;
  if (verb !== 'pub' || (next !== 'get' && next !== 'upgrade')) return undefined;
  const strict = call.has('--enforce-lockfile');
  return dependencyInstallOf('pub', {
    frozen: strict ? 'yes' : next === 'get' ? 'with-lockfile' : 'no',
    needsLockfile: strict,
    updates: next === 'upgrade',
    reads: { manifests: ['pubspec.yaml'], lockfiles: ['pubspec.lock'] },
    ...writesTo(call.situation.environment('PUB_CACHE') || '~/.pub-cache'),
    ...directoryGiven(...call.values('-C', '--directory')),
  });
};

/** From Deno 2 on `deno install` without names downloads what deno.json and package.json name; with `-g` or names it adds a program. */
const deno: InstallerReader = (call) => {
  const [verb, ...names] = call.operands;
  if ((verb !== 'install' && verb !== 'i') || names.length > 0 || call.has('-g', '--global', '--entrypoint', '-e'))
    return undefined;
  return dependencyInstallOf('deno', {
    frozen: call.has('--frozen') ? 'yes' : 'with-lockfile',
    reads: { manifests: ['deno.json'], lockfiles: ['deno.lock'] },
  });
};

const carton: InstallerReader = (call) => {
  if (call.operands[0] !== 'install' || call.operands.length > 1) return undefined;
  const strict = call.has('--deployment');
  return dependencyInstallOf('carton', {
    development: call.has('--without') ? 'unknown' : 'yes',
    frozen: strict ? 'yes' : 'with-lockfile',
    needsLockfile: strict,
    reads: { manifests: ['cpanfile'], lockfiles: ['cpanfile.snapshot'] },
    loads: true,
    writes: 'local',
  });
};

const cpanm: InstallerReader = (call) =>
  call.has('--installdeps')
    ? dependencyInstallOf('cpanm', { reads: { manifests: ['cpanfile'], lockfiles: [] } })
    : undefined;

export const scriptInstallers: readonly (readonly [string, InstallerReader])[] = [
  ['composer', composer],
  ['composer.phar', composer],
  ['php', php],
  ['bundle', bundle],
  ['bundler', bundle],
  ['mix', mix],
  ['rebar3', rebar],
  ['dart', pubGet],
  ['flutter', pubGet],
  ['deno', deno],
  ['carton', carton],
  ['cpanm', cpanm],
];
