/**
 * Builds that first fetch what the project depends on, as no call before them has done so.
 *
 * Sources: https://go.dev/ref/mod#build-commands, https://go.dev/ref/mod#vendoring,
 * https://doc.rust-lang.org/cargo/commands/cargo-build.html, https://doc.rust-lang.org/cargo/commands/cargo-install.html
 */
import { compiledFlags } from './compiled-installers.ts';
import { goOperands } from './go-packages.ts';
import { type InstallerCall, type InstallerWords, installerCall } from './installer.ts';
import { platformBuilds } from './platform-builds.ts';

export interface FetchingBuild {
  /** As installs call it: `go`, `cargo`. */
  readonly ecosystem: string;
  /** The call in two words. */
  readonly call: string;
  /** What it does again when it starts from nothing. */
  readonly does: string;
  readonly manifest: string;
  /** Manifests by other names. */
  readonly isManifest?: RegExp;
  readonly lockfile: string;
  /** Manifests of a workspace, which may lie above that of the project or take its place. */
  readonly workspace?: string;
  /** A folder beside the manifest that holds all of it. */
  readonly vendored: string;
  /** Whether the text of a manifest asks for anything; absent: each project does, for what builds it. */
  readonly asks?: RegExp;
  /** The directory that the call names. */
  readonly directory?: string;
}

export type BuildReader = (words: InstallerWords, flags: InstallerWords) => FetchingBuild | undefined;

const nothingAround = { environment: () => null, setting: () => null };

/** `flags`: words of the variables that give flags, undefined where they are not known. */
const go: BuildReader = (words, flags) => {
  const { operands, directory } = goOperands(words);
  const [verb, ...packages] = operands;
  if (verb === undefined || !/^(?:build|install|test|run|vet)$/.test(verb)) return undefined;
  if (packages.some((word) => word?.includes('@'))) return undefined;
  if (flags.includes(undefined) || [...words, ...flags].some((word) => /^--?mod=vendor$/.test(word ?? '')))
    return undefined;
  return {
    ecosystem: 'go',
    call: `go ${verb}`,
    does: 'downloads all modules',
    manifest: 'go.mod',
    lockfile: 'go.sum',
    workspace: 'go.work',
    vendored: 'vendor/modules.txt',
    asks: /^[ \t]*require\b/m,
    ...(directory === undefined ? {} : { directory }),
  };
};

const cargoVerbs = /^(?:build|b|run|r|test|t|check|c|clippy|rustc|zigbuild|install)$/;

const cargo: BuildReader = (words) => {
  const call = installerCall('cargo', words, compiledFlags, nothingAround);
  const [verb] = call.operands.filter((word) => !word?.startsWith('+'));
  if (verb === undefined || !cargoVerbs.test(verb) || call.has('--offline', '--frozen')) return undefined;
  const directory = verb === 'install' ? call.values('--path')[0] : manifestFolder(call);
  if (verb === 'install' && directory === undefined) return undefined;
  return {
    ecosystem: 'cargo',
    call: `cargo ${verb}`,
    does: 'downloads and compiles all dependencies',
    manifest: 'Cargo.toml',
    lockfile: 'Cargo.lock',
    vendored: 'vendor',
    asks: /^[ \t]*\[(?:workspace\b|[^\n[\]]*dependencies\b)/m,
    ...(directory === undefined || directory === '' ? {} : { directory }),
  };
};

const manifestFolder = (call: InstallerCall): string | undefined =>
  call.values('--manifest-path')[0]?.replace(/\/?Cargo\.toml$/, '');

const readers: ReadonlyMap<string, BuildReader> = new Map([['go', go], ['cargo', cargo], ...platformBuilds]);

/** The build that a command is; undefined for other commands, and where it may take all from folders of the project. */
export function fetchingBuild([name, ...words]: InstallerWords, flags: InstallerWords): FetchingBuild | undefined {
  return readers.get(name ?? '')?.(words, flags);
}

/** Commands that may do what the name does not tell, tasks of Gradle and goals of Maven among them. */
export const isOpenCommand = (name: string | undefined, words: InstallerWords): boolean =>
  (words.some((word) => !word?.startsWith('-')) && platformBuilds.some(([tool]) => tool === name)) ||
  name === undefined ||
  /^(?:make|gmake|just|task|mage|bazel|tilt|cross|nx|earthly)$|\.sh$/.test(name);
