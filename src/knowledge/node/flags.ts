/** Flags and operands of a package manager's command line. */
import type { PackageManager } from './invocation.ts';

export type Words = readonly (string | undefined)[];

/** Values of each flag in order, under its long name; undefined values are not known. `true` where none is written. */
export type Flags = ReadonlyMap<string, Words>;

export interface CommandLine {
  readonly flags: Flags;
  readonly operands: Words;
  /** A whole word is not known: it may be any flag or operand. */
  readonly uncertain: boolean;
  /** Where reading stopped: the index after the last word that was read. */
  readonly end: number;
}

const names = (text: string): ReadonlySet<string> => new Set(text.split(' ').map((name) => `--${name}`));

/** Flags that take the next word, from the managers' help; others take it only with `=`. */
const valued: Readonly<Record<PackageManager, ReadonlySet<string>>> = {
  npm: names(
    'prefix workspace userconfig globalconfig cache registry omit include only also loglevel location tag package ' +
      'call install-strategy script-shell maxsockets os cpu libc before node-options cafile ca proxy https-proxy ' +
      'noproxy otp scope access depth install-links-from auth-type logs-dir logs-max umask python',
  ),
  yarn: names(
    'cwd registry cache-folder global-folder link-folder modules-folder mutex preferred-cache-folder proxy ' +
      'https-proxy use-yarnrc otp mode since from include exclude jobs level pattern package prefix scripts',
  ),
  pnpm: names(
    'dir filter filter-prod store-dir store virtual-store-dir modules-dir lockfile-dir reporter loglevel registry ' +
      'cache-dir state-dir global-dir global-bin-dir child-concurrency workspace-concurrency node-linker only os cpu ' +
      'libc package-import-method package resume-from script-shell use-node-version trust-policy tag omit depth ' +
      'test-pattern changed-files-ignore-pattern hoist-pattern public-hoist-pattern userconfig location',
  ),
  bun: names(
    'cwd registry config cache-dir backend filter omit linker concurrent-scripts ca cafile env-file preload port ' +
      'target outdir outfile outbase define loader format minimum-release-age os cpu external conditions eval package',
  ),
};

const takesNextWord = (manager: PackageManager, flag: string): boolean =>
  valued[manager].has(flag) || /^--(fetch|network)-/.test(flag);

/** Short names, from the managers' help. */
const shortNames: Readonly<Record<PackageManager, ReadonlyMap<string, string>>> = {
  npm: new Map([
    ['-C', '--prefix'],
    ['-w', '--workspace'],
    ['-L', '--location'],
    ['-D', '--save-dev'],
    ['-d', '--loglevel=info'],
    ['-s', '--loglevel=silent'],
    ['-q', '--loglevel=warn'],
  ]),
  yarn: new Map([
    ['-H', '--home'],
    ['-j', '--jobs'],
    ['-p', '--parallel'],
  ]),
  pnpm: new Map([
    ['-C', '--dir'],
    ['-F', '--filter'],
    ['-r', '--recursive'],
    ['-w', '--workspace-root'],
  ]),
  bun: new Map([
    ['-F', '--filter'],
    ['-p', '--production'],
    ['-d', '--dev'],
    ['-r', '--preload'],
    ['-c', '--config'],
    ['-e', '--eval'],
  ]),
};

const commonShortNames: ReadonlyMap<string, string> = new Map([
  ['-g', '--global'],
  ['-D', '--dev'],
  ['-h', '--help'],
  ['-v', '--version'],
]);

/** Letters of flags without a value, which may stand together: `-wD`. */
const letters: Readonly<Record<PackageManager, string>> = {
  npm: 'gDPOEBSdqsfyl',
  yarn: 'DPOETWgsf',
  pnpm: 'rwDPOEgf',
  bun: 'gdDpEfy',
};

/** Long names that mean the same: `--prod` (npm takes every unambiguous beginning), `--dir` and `--prefix` of pnpm. */
function longName(manager: PackageManager, written: string): string {
  const isSetting = manager === 'pnpm' && written.startsWith('--config.');
  const name = isSetting ? `--${written.slice('--config.'.length)}` : written;
  if (!isSetting && /^--?prod(?:u(?:c(?:t(?:i(?:o(?:n)?)?)?)?)?)?$/.test(name)) return '--production';
  if (name === '--no-prod') return '--no-production';
  if (manager === 'pnpm' && name === '--prefix') return '--dir';
  return name;
}

/** The flags that a word with a leading dash stands for, each as `--name` or `--name=value`. */
function flagsOf(manager: PackageManager, word: string): readonly string[] {
  if (/^-[A-Za-z]{2,}$/.test(word) && [...word.slice(1)].every((letter) => letters[manager].includes(letter)))
    return [...word.slice(1)].flatMap((letter) => flagsOf(manager, `-${letter}`));
  const equals = word.indexOf('=');
  const written = equals === -1 ? word : word.slice(0, equals);
  const name = shortNames[manager].get(written) ?? commonShortNames.get(written) ?? longName(manager, written);
  return [equals === -1 ? name : name + word.slice(equals)];
}

/** Notes the flags of one word; true when the next word is the value of the last one. */
function noteFlags(
  written: readonly string[],
  hasNext: boolean,
  next: string | undefined,
  manager: PackageManager,
  note: (flag: string, value: string | undefined) => void,
): boolean {
  for (const flag of written) {
    const equals = flag.indexOf('=');
    if (equals !== -1) {
      note(flag.slice(0, equals), flag.slice(equals + 1));
      continue;
    }
    const takes = takesNextWord(manager, flag);
    const given = hasNext && (takes ? next?.startsWith('-') !== true : next === 'true' || next === 'false');
    if (!given) note(flag, takes ? '' : 'true');
    else {
      note(flag, next);
      return true;
    }
  }
  return false;
}

/** Reads words from `start` on, at most `mostOperands` operands of them. `--` ends the flags. */
export function readCommandLine(
  manager: PackageManager,
  words: Words,
  start = 0,
  mostOperands = Number.POSITIVE_INFINITY,
): CommandLine {
  const flags = new Map<string, (string | undefined)[]>();
  const operands: (string | undefined)[] = [];
  let uncertain = false;
  let ended = false;
  let at = start;
  const note = (flag: string, value: string | undefined): void => {
    const values = flags.get(flag);
    if (values === undefined) flags.set(flag, [value]);
    else values.push(value);
  };
  for (; at < words.length && operands.length < mostOperands; at += 1) {
    const word = words[at];
    if (!ended && word === '--') ended = true;
    else if (ended || word === undefined || word === '-' || !word.startsWith('-')) {
      uncertain ||= word === undefined;
      operands.push(word);
    } else {
      const takesNext = noteFlags(flagsOf(manager, word), at + 1 < words.length, words[at + 1], manager, note);
      if (takesNext) at += 1;
    }
  }
  return { flags, operands, uncertain, end: at };
}

export const mergeFlags = (first: Flags, second: Flags): Flags => {
  const merged = new Map(first);
  for (const [name, values] of second) merged.set(name, [...(merged.get(name) ?? []), ...values]);
  return merged;
};

/**
 * What a flag without `no-` says: true, false, undefined where neither form is written. `unknown` where
 * its value is a variable's.
 */
export function switchOf(flags: Flags, name: string): boolean | 'unknown' | undefined {
  const negated = flags.get(`--no-${name}`);
  const values = flags.get(`--${name}`);
  if (values === undefined) return negated === undefined ? undefined : negated.at(-1) === 'false';
  const value = values.at(-1);
  if (value === undefined) return 'unknown';
  return value !== 'false' && value !== '0';
}

/** The last value of a flag: `text` is absent where it is not known. Undefined when the flag is not written. */
export function valueOf(flags: Flags, ...named: readonly string[]): { readonly text?: string } | undefined {
  for (const name of named) {
    const values = flags.get(`--${name}`);
    if (values === undefined) continue;
    const text = values.at(-1);
    return text === undefined ? {} : { text };
  }
  return undefined;
}
