/**
 * Installers of Go, Rust, .NET, Swift, Haskell, OCaml.
 *
 * Sources: https://go.dev/ref/mod#go-mod-download, https://doc.rust-lang.org/cargo/commands/cargo-fetch.html,
 * https://doc.rust-lang.org/cargo/guide/cargo-home.html, https://github.com/LukeMathWalker/cargo-chef,
 * https://learn.microsoft.com/dotnet/core/tools/dotnet-restore, https://fsprojects.github.io/Paket/paket-restore.html,
 * https://learn.microsoft.com/nuget/consume-packages/managing-the-global-packages-and-cache-folders,
 * https://github.com/swiftlang/swift-package-manager, https://cabal.readthedocs.io/, https://docs.haskellstack.org/
 */
import {
  dependencyInstallOf,
  directoryGiven,
  flagsWithValue,
  type InstallerCall,
  type InstallerReader,
  unlessHidden,
  writesTo,
} from './installer.ts';

export const compiledFlags = flagsWithValue(
  '-C -modfile --manifest-path --recipe-path --target --target-dir --features -F --profile -p --package --config ' +
    '--configfile --packages -s --source -r --runtime -v --verbosity --lock-file-path -a --arch --package-path --path --root ' +
    '--scratch-path --cache-path --build-path -j --jobs --bin --example --solver --vers',
);

/** `-u` moves what go.mod names to newer versions; without a version after `@` that is what is asked for. */
const goUpdate: InstallerReader = (call) =>
  call.has('-u', '-u=patch') && call.operands.slice(1).every((word) => word !== undefined && /^(?:\.|all$)/.test(word))
    ? dependencyInstallOf('go', {
        separable: false,
        frozen: 'no',
        updates: true,
        reads: { manifests: ['go.mod'], lockfiles: ['go.sum'] },
        ...directoryGiven(...call.values('-C')),
      })
    : undefined;

const go: InstallerReader = (call) => {
  const [verb, next, ...rest] = call.operands;
  if (verb === 'get') return goUpdate(call);
  const downloads = verb === 'mod' && (next === 'download' || next === 'verify');
  // These two follow the imports of the source.
  const reads = verb === 'mod' && (next === 'vendor' || next === 'tidy');
  if (!(downloads && rest.every((word) => word === 'all')) && !reads) return undefined;
  const { environment } = call.situation;
  const path = environment('GOPATH');
  const cache = environment('GOMODCACHE') || (path ? `${path}/pkg/mod` : path === null ? '~/go/pkg/mod' : undefined);
  return dependencyInstallOf('go', {
    separable: downloads,
    frozen: next === 'tidy' ? 'no' : 'yes',
    reads: { manifests: ['go.mod', 'go.work'], lockfiles: ['go.sum'] },
    ...writesTo(next === 'vendor' ? 'vendor' : cache),
    ...directoryGiven(...call.values('-C')),
  });
};

const depEnsure: InstallerReader = (call) =>
  call.operands[0] === 'ensure' && call.has('-vendor-only', '--vendor-only')
    ? dependencyInstallOf('dep', {
        frozen: 'yes',
        reads: { manifests: ['Gopkg.toml'], lockfiles: ['Gopkg.lock'] },
        writes: 'vendor',
      })
    : undefined;

const cargo: InstallerReader = (call) => {
  const [verb, next] = call.operands.filter((word) => !word?.startsWith('+'));
  const cooks = verb === 'chef' && next === 'cook';
  if (verb === 'update' || verb === 'install') return cargoAnew(call, verb);
  if (verb !== 'fetch' && verb !== 'vendor' && !cooks) return undefined;
  const strict = call.has('--locked', '--frozen');
  const [manifest] = call.values('--manifest-path').map((word) => word?.replace(/\/?Cargo\.toml$/, ''));
  return dependencyInstallOf('cargo', {
    // The recipe of cargo-chef holds the lockfile.
    frozen: strict || cooks ? 'yes' : unlessHidden(call, 'no'),
    needsLockfile: strict && !cooks,
    offline: call.has('--offline'),
    reads: cooks
      ? { manifests: [call.values('--recipe-path')[0] ?? 'recipe.json'], lockfiles: [] }
      : { manifests: ['Cargo.toml'], lockfiles: ['Cargo.lock'] },
    ...writesTo(cargoFolder(call, verb)),
    ...directoryGiven(...(manifest === undefined || manifest === '' ? [] : [manifest])),
  });
};

/**
 * `cargo install --path` passes the lockfile of the project over, unless it is told to keep to it
 * (https://doc.rust-lang.org/cargo/commands/cargo-install.html, "Dealing with the Lockfile").
 */
function cargoAnew(call: InstallerCall, verb: 'update' | 'install'): ReturnType<InstallerReader> {
  const [path] = call.values('--path');
  if (verb === 'install' ? path === undefined || call.has('--locked', '--frozen') : namesOne(call)) return undefined;
  return dependencyInstallOf('cargo', {
    separable: false,
    buildsProject: verb === 'install',
    frozen: unlessHidden(call, 'no'),
    updates: !call.uncertain,
    offline: call.has('--offline'),
    reads: { manifests: ['Cargo.toml'], lockfiles: ['Cargo.lock'] },
    ...directoryGiven(...(path === undefined ? [] : [path])),
  });
}

/** `cargo update serde`, `cargo update -p serde --precise 1.0.200`; `--dry-run` changes nothing. */
const namesOne = (call: InstallerCall): boolean =>
  call.operands.filter((word) => !word?.startsWith('+')).length > 1 ||
  call.has('-p', '--package', '--precise', '--dry-run', '-n', '--help');

function cargoFolder(call: InstallerCall, verb: string | undefined): string | undefined {
  if (verb === 'vendor') return 'vendor';
  const { environment } = call.situation;
  if (verb === 'fetch') {
    const home = environment('CARGO_HOME');
    return home === undefined ? undefined : `${home || '~/.cargo'}/registry`;
  }
  return call.values('--target-dir')[0] ?? (environment('CARGO_TARGET_DIR') || 'target');
}

const nugetReads = {
  manifests: ['*.csproj', '*.fsproj', '*.vbproj', '*.sln', '*.slnx', 'Directory.Packages.props', 'packages.config'],
  lockfiles: ['packages.lock.json'],
};

const restore = (call: InstallerCall): ReturnType<InstallerReader> => {
  const locked =
    call.has('--locked-mode') || call.words.some((word) => /^[-/]p:RestoreLockedMode=true$/i.test(word ?? ''));
  const [folder] = call.values('--packages', '-PackagesDirectory');
  return dependencyInstallOf('nuget', {
    frozen: locked ? 'yes' : 'unknown',
    reads: nugetReads,
    ...writesTo(folder ?? (call.situation.environment('NUGET_PACKAGES') || '~/.nuget/packages')),
  });
};

const dotnet: InstallerReader = (call) => {
  const [verb, next] = call.operands;
  if (verb === 'restore') return restore(call);
  if (verb === 'paket' && next === 'restore') return paket({ ...call, operands: call.operands.slice(1) });
  return verb === 'msbuild' ? msbuild(call) : undefined;
};

const msbuild: InstallerReader = (call) =>
  call.words.some((word) => /^[-/]t(?:arget)?:restore$/i.test(word ?? '')) ? restore(call) : undefined;

const nuget: InstallerReader = (call) => (call.operands[0] === 'restore' ? restore(call) : undefined);

const paket: InstallerReader = (call) =>
  call.operands[0] === 'restore'
    ? dependencyInstallOf('paket', {
        frozen: 'yes',
        needsLockfile: true,
        reads: { manifests: ['paket.dependencies'], lockfiles: ['paket.lock'] },
      })
    : undefined;

const swift: InstallerReader = (call) => {
  if (call.operands[0] !== 'package' || call.operands[1] !== 'resolve') return undefined;
  return dependencyInstallOf('swift', {
    frozen: call.has('--force-resolved-versions', '--only-use-versions-from-resolved-file') ? 'yes' : 'with-lockfile',
    reads: { manifests: ['Package.swift'], lockfiles: ['Package.resolved'] },
    writes: call.values('--scratch-path', '--build-path')[0] ?? '.build',
    ...directoryGiven(...call.values('--package-path')),
  });
};

const haskell =
  (...manifests: readonly string[]): InstallerReader =>
  (call) =>
    call.has('--only-dependencies', '--dependencies-only')
      ? dependencyInstallOf('haskell', { reads: { manifests, lockfiles: [] } })
      : undefined;

const opam: InstallerReader = (call) =>
  call.operands[0] === 'install' && call.has('--deps-only')
    ? dependencyInstallOf('opam', { reads: { manifests: ['*.opam', 'dune-project'], lockfiles: ['*.opam.locked'] } })
    : undefined;

export const compiledInstallers: readonly (readonly [string, InstallerReader])[] = [
  ['go', go],
  ['dep', depEnsure],
  ['cargo', cargo],
  ['dotnet', dotnet],
  ['msbuild', msbuild],
  ['nuget', nuget],
  ['paket', paket],
  ['swift', swift],
  ['cabal', haskell('*.cabal', 'cabal.project')],
  ['stack', haskell('stack.yaml', 'package.yaml', '*.cabal')],
  ['opam', opam],
];
