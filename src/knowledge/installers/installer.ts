/** A call of another ecosystem's installer than Node.js has: its words, and what is said of an install. */

export type InstallerWords = readonly (string | undefined)[];

type Answer = 'yes' | 'no' | 'unknown';

/** What an install of dependencies reads, keeps to and leaves behind. */
export interface DependencyInstall {
  readonly kind: 'install';
  /** `pip`, `bundler`, `go` … */
  readonly ecosystem: string;
  /** It needs manifests only, or a call that does so can go before it (`uv sync --no-install-project`). */
  readonly separable: boolean;
  /** It installs the project itself too, after its dependencies: the part that needs the source. */
  readonly buildsProject: boolean;
  /** It takes packages from folders of the image and downloads nothing. */
  readonly offline: boolean;
  /** Whether packages for development come in; `unknown` where the ecosystem does not tell them apart. */
  readonly development: Answer;
  /** The call itself names what is for development, whatever the manifest holds: `pipenv install --dev`. */
  readonly asksForDevelopment: boolean;
  /** Whether it keeps to the lockfile; `with-lockfile`: as soon as there is one. */
  readonly frozen: Answer | 'with-lockfile';
  /** It stops when there is no lockfile. */
  readonly needsLockfile: boolean;
  /** It takes the newest versions that the manifest allows, whatever the lockfile says: `composer update`. */
  readonly updates: boolean;
  /** Manifest and lockfile, relative to its directory; globs where names are free. */
  readonly reads: { readonly manifests: readonly string[]; readonly lockfiles: readonly string[] };
  /** The folder of what it installs: relative to its directory, absolute, or from `~/`. Absent when not known. */
  readonly writes?: string;
  /** Programs load packages from that folder; it is neither a cache of downloads nor mixed with build output. */
  readonly loads: boolean;
  /** The directory that the call names. */
  readonly directory?: string;
}

/** A setting for later calls: `bundle config set without development`. */
export interface InstallerSetting {
  readonly kind: 'setting';
  readonly ecosystem: string;
  readonly key: string;
  readonly value: string | undefined;
}

/** What surrounds a call. */
export interface InstallerSituation {
  /** A variable's text; null where it is not set, undefined where it is not known. */
  environment(name: string): string | null | undefined;
  /** A setting made before; null where none was, undefined where it is not known. */
  setting(ecosystem: string, key: string): string | null | undefined;
  /** Where the image keeps the packages of its own Python; undefined where it is not known. */
  readonly sitePackages?: string | undefined;
}

export interface InstallerCall {
  readonly name: string;
  /** The name as written, its directory included. */
  readonly path: string;
  /** The words after the name. */
  readonly words: InstallerWords;
  /** Words that are neither flags nor values of flags. */
  readonly operands: InstallerWords;
  /** A whole word is not known: it may be any flag. */
  readonly uncertain: boolean;
  readonly situation: InstallerSituation;
  /** Whether one of these flags is written, with a value or without. */
  has(...flags: readonly string[]): boolean;
  /** Values of these flags, in order: `--without dev`, `--without=dev`, `-rfile`. Undefined ones are not known. */
  values(...flags: readonly string[]): InstallerWords;
}

export type InstallerReader = (call: InstallerCall) => DependencyInstall | InstallerSetting | undefined;

/** A set of flags that take the next word. */
export const flagsWithValue = (text: string): ReadonlySet<string> => new Set(text.split(' '));

export function installerCall(
  path: string,
  words: InstallerWords,
  valued: ReadonlySet<string>,
  situation: InstallerSituation,
): InstallerCall {
  const operands = words.filter((word, index) => {
    const before = index === 0 ? undefined : words[index - 1];
    return (word === undefined || !word.startsWith('-')) && !(before !== undefined && valued.has(before));
  });
  const matches = (word: string | undefined, flag: string): boolean =>
    word === flag || (word?.startsWith(`${flag}=`) ?? false);
  return {
    name: path.slice(path.lastIndexOf('/') + 1),
    path,
    words,
    operands,
    uncertain: words.some((word) => word === undefined),
    situation,
    has: (...flags) => words.some((word) => flags.some((flag) => matches(word, flag))),
    values: (...flags) => words.flatMap((word, index) => valuesAt(word, words[index + 1], flags)),
  };
}

/** The value that a flag at this place gives; `next` is the word after it. */
function valuesAt(word: string | undefined, next: string | undefined, flags: readonly string[]): InstallerWords {
  for (const flag of flags) {
    if (word === flag) return [next];
    if (word?.startsWith(`${flag}=`)) return [word.slice(flag.length + 1)];
    if (/^-[A-Za-z]$/.test(flag) && word?.startsWith(flag)) return [word.slice(2)];
  }
  return [];
}

/** What is not said otherwise of an install. */
export const dependencyInstallOf = (
  ecosystem: string,
  particulars: Partial<Omit<DependencyInstall, 'kind' | 'ecosystem'>> = {},
): DependencyInstall => ({
  kind: 'install',
  ecosystem,
  separable: true,
  buildsProject: false,
  offline: false,
  loads: false,
  development: 'unknown',
  asksForDevelopment: false,
  frozen: 'unknown',
  needsLockfile: false,
  updates: false,
  reads: { manifests: [], lockfiles: [] },
  ...particulars,
});

/** A fact that a flag would change: not known where a word may be that flag. */
export const unlessHidden = <Fact>(call: InstallerCall, fact: Fact): Fact | 'unknown' =>
  call.uncertain ? 'unknown' : fact;

/** Whether a variable switches something on; `undefined` where it is not known. */
export function switchedOn(text: string | null | undefined): boolean | undefined {
  if (text === undefined) return undefined;
  return text !== null && /^(?:1|true|yes|on|t|y)$/i.test(text);
}

/** `{ directory }` when the flag that names one is written and known. */
export function directoryGiven(...values: InstallerWords): { readonly directory?: string } {
  const [directory] = values;
  return directory === undefined ? {} : { directory };
}

/** `{ writes }` when the place is known. */
export const writesTo = (place: string | null | undefined): { readonly writes?: string } =>
  place === undefined || place === null || place === '' ? {} : { writes: place };

/** The words of a list of groups: `development test`, `development:test`, `dev,docs`. */
export const groupsIn = (text: string): readonly string[] => text.split(/[\s:,]+/).filter((group) => group !== '');

export const isDevelopmentGroup = (group: string): boolean =>
  /^(?:dev|develop|development|dev-dependencies)$/.test(group);
