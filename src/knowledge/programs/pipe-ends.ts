/** How programs do at the ends of a pipe. */

/**
 * `never`: it writes what it is told; `fetch`: it asks the network, which fails some day, or brings what the image is
 * for; `may`: any other.
 */
export type Failing = 'never' | 'fetch' | 'may';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const telling = words('echo printf yes true : seq pwd whoami env printenv set export');
const fetching = words('curl wget wget2 aria2c http https lynx');
/** What asks the network or builds, by program: a failure of it leaves the image without what it was to bring. */
const bringing: ReadonlyMap<string, RegExp> = new Map([
  ...['npm', 'yarn', 'pnpm', 'bun'].map((name): [string, RegExp] => [
    name,
    /^(?:ci|i|install|add|fetch|deploy|workspaces|run|run-script|build|clean-install)$/,
  ]),
  ...['apt-get', 'apt', 'dnf', 'yum', 'microdnf', 'pip', 'pip3', 'composer', 'bundle', 'gem'].map(
    (name): [string, RegExp] => [name, /^(?:update|upgrade|install|require)$/],
  ),
  ['apk', /^(?:add|update|upgrade)$/],
  ['go', /^(?:mod|build|install|get)$/],
  ['cargo', /^(?:build|install|fetch)$/],
  ['git', /^clone$/],
  ['docker-php-ext-install', /^[\w-]/],
]);

/** Whether a command at the left end of a pipe fails. `fed`: a heredoc is its standard input. */
export function failsLeft(
  name: string | undefined,
  arguments_: readonly (string | undefined)[],
  fed: boolean,
): Failing {
  if (name === undefined) return 'may';
  if (telling.has(name) || (name === 'cat' && fed && arguments_.length === 0)) return 'never';
  const first = arguments_.find((word) => word !== undefined && !word.startsWith('-'));
  const brings = name === 'yarn' && arguments_.length === 0 ? 'install' : first;
  return fetching.has(name) || bringing.get(name)?.test(brings ?? '') === true ? 'fetch' : 'may';
}

/**
 * Commands that succeed on empty input: shells and interpreters, which run an empty program, and filters.
 * tar, gunzip and gpg refuse it, grep finds nothing in it, a checksum file of no lines is refused by `sha256sum -c`
 * (tried with Debian 12's).
 */
const contentWithNothing = words(
  'sh bash ash dash zsh ksh python python2 python3 node nodejs perl ruby php tee cat sed awk gawk mawk tr cut head tail ' +
    'sort uniq wc xargs jq tac rev fold column dd psql mysql sqlite3 crontab base64 while',
);
/** Programs that fail on empty input, so that they pass on what happened before them. */
const refusing = words(
  'tar bsdtar gpg gpg2 apt-key gunzip gzip bunzip2 unxz xz unzstd zstd zcat xzcat cpio unzip grep egrep fgrep md5sum ' +
    'sha1sum sha256sum sha512sum shasum',
);

/** What a command at the right end of a pipe does when nothing comes. */
export function onNothing(name: string | undefined): 'succeeds' | 'fails' | 'unknown' {
  if (name === undefined) return 'unknown';
  if (contentWithNothing.has(name)) return 'succeeds';
  return refusing.has(name) ? 'fails' : 'unknown';
}

/** Commands that stop reading before the end: what writes to them may die of SIGPIPE, which pipefail makes a failure. */
export const stopsReading = (name: string | undefined, arguments_: readonly (string | undefined)[]): boolean =>
  name === 'head' ||
  name === 'true' ||
  name === ':' ||
  (/^[ef]?grep$/.test(name ?? '') &&
    arguments_.some((word) => /^(?:-[a-zA-Z]*[qlm]\d*|--quiet|--silent|--max-count=.*)$/.test(word ?? '')));

const shells = words('sh bash ash dash zsh ksh');
const interpreters = /^(?:python[\d.]*|node|nodejs|perl|ruby|php)$/;

/** Shells, and interpreters of scripts. */
export const runsPrograms = (name: string | undefined): boolean =>
  name !== undefined && (shells.has(name) || interpreters.test(name));

/** Whether a shell or interpreter takes its standard input for the program to run. */
export function readsProgram(name: string | undefined, arguments_: readonly string[]): boolean {
  if (name === undefined || !(shells.has(name) || interpreters.test(name))) return false;
  for (const [at, word] of arguments_.entries()) {
    if (word === '-' || word === '--' || word === '/dev/stdin') return true;
    if (shells.has(name)) {
      if (/^-[a-zA-Z]*c/.test(word)) return false;
      if (/^-[a-zA-Z]*s/.test(word)) return true;
    } else if (word.startsWith('-')) return false;
    const isValue = /^[-+][a-zA-Z]*[oO]$/.test(arguments_[at - 1] ?? '');
    if (!/^[-+]/.test(word) && !isValue) return false;
  }
  return true;
}
