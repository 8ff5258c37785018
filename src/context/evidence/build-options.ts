/** The options of `docker build` and its kin, read from the words of a command. */

/** One option as it is written; a flag that stands alone has no value. */
export interface BuildOption {
  readonly name: string;
  readonly value: string | undefined;
  /** Index of the word that holds the name. */
  readonly at: number;
  /** Index of the word that holds the value. */
  readonly valueAt: number;
}

export interface BuildWords {
  readonly options: readonly BuildOption[];
  /** The context as written; absent when there is none or it is not known. */
  readonly context?: string;
}

/** Short forms and other names. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['-f', '--file'],
  ['-t', '--tag'],
  ['-o', '--output'],
  ['-m', '--memory'],
  ['-c', '--cpu-shares'],
  ['--dockerfile', '--file'],
]);

/**
 * Options that take the next word, https://docs.docker.com/reference/cli/docker/buildx/build/,
 * https://docs.podman.io/en/latest/markdown/podman-build.1.html.
 */
const valued: ReadonlySet<string> = new Set(
  (
    'add-host allow annotation attest build-arg build-context builder cache-from cache-to call cgroup-parent ' +
    'cpu-period cpu-quota cpu-shares cpuset-cpus cpuset-mems file iidfile isolation label memory memory-swap ' +
    'metadata-file network no-cache-filter output platform policy progress provenance sbom secret security-opt ' +
    'shm-size ssh tag target ulimit authfile creds env format arch os volume jobs logfile runtime userns ' +
    'build-arg-file ignorefile'
  )
    .split(' ')
    .map((name) => `--${name}`),
);

const switches = new Set(['--provenance', '--sbom', '--call']);

/** Reads the words after `build`; a word is undefined where it is not known, which gives the value `*`. */
export function readBuildWords(words: readonly (string | undefined)[]): BuildWords {
  const options: BuildOption[] = [];
  let context: string | undefined;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word === undefined || !word.startsWith('-') || word === '-') {
      context = word;
      continue;
    }
    const equals = word.startsWith('--') ? word.indexOf('=') : -1;
    const written = equals === -1 ? word : word.slice(0, equals);
    const name = aliases.get(written) ?? written;
    if (equals !== -1) options.push({ name, value: word.slice(equals + 1), at, valueAt: at });
    else if (valued.has(name) && !(switches.has(name) && words[at + 1]?.startsWith('-') === true)) {
      options.push({ name, value: words[at + 1] ?? '*', at, valueAt: at + 1 });
      at += 1;
    } else if (/^-[ft]./.test(word))
      options.push({ name: word[1] === 'f' ? '--file' : '--tag', value: word.slice(2), at, valueAt: at });
    else options.push({ name, value: undefined, at, valueAt: at });
  }
  return { options, ...(context === undefined ? {} : { context }) };
}
