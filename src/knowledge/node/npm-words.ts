/**
 * Words of the command line of npm: its commands and the options that it keeps.
 *
 * Sources: npm 6 to 11, `lib/utils/cmd-list.js` and `@npmcli/config`, `lib/definitions`.
 */

const commands: readonly string[] = (
  'access adduser audit bugs cache ci completion config dedupe deprecate diff dist-tag docs doctor edit exec explain ' +
  'explore find-dupes fund get help help-search hook init install install-ci-test install-test link ll login logout ' +
  'ls org outdated owner pack ping pkg prefix profile prune publish query rebuild repo restart root run-script sbom ' +
  'search set set-script shrinkwrap stage star stars start stop team test token trust undeprecate uninstall unpublish ' +
  'unstar update version view whoami author home issues info show find add unlink remove rm r un rb list ln create i ' +
  'it cit up c s se tst t ddp v run clean-install clean-install-test x why la verison ic innit in ins inst insta ' +
  'instal isnt isnta isntal isntall install-clean isntall-clean hlep dist-tags upgrade udpate rum sit urn ogr add-user ' +
  'bin birthday faq substack visnup xmas apihelp login sl cit'
).split(' ');

/** Up to npm 8 the beginning of a command stands for it. */
export const isNpmCommand = (word: string): boolean => commands.some((name) => name.startsWith(word));

/** The command that a word misses by one letter. */
export const nearNpmCommand = (word: string): string | undefined =>
  ['install', 'ci', 'run', 'start', 'test', 'prune', 'publish', 'exec', 'rebuild', 'uninstall', 'update'].find(
    (name) => name.length > 3 && oneLetterOff(word, name),
  );

const options: ReadonlySet<string> = new Set(
  (
    '_auth access all allow-same-version also audit audit-level auth-type before bin-links browser ca cache cache-max ' +
    'cache-min cafile call cert cidr color commit-hooks cpu depth description dev diff dry-run editor engine-strict ' +
    'expect-result-count expect-results fetch-retries fetch-retry-factor fetch-retry-maxtimeout ' +
    'fetch-retry-mintimeout fetch-timeout force foreground-scripts format-package-lock fund git git-tag-version global ' +
    'globalconfig global-style heading https-proxy if-present ignore-scripts include include-staged ' +
    'include-workspace-root init-module init-version install-links install-strategy json key legacy-bundling ' +
    'legacy-peer-deps libc link local-address location lockfile-version loglevel logs-dir logs-max long maxsockets ' +
    'message node-options noproxy offline omit omit-lockfile-registry-resolved only optional os otp package ' +
    'package-lock package-lock-only pack-destination parseable prefer-dedupe prefer-offline prefer-online prefix preid ' +
    'production progress provenance provenance-file proxy read-only rebuild-bundle registry replace-registry-host save ' +
    'save-bundle save-dev save-exact save-optional save-peer save-prefix save-prod scope script-shell shell shrinkwrap ' +
    'sign-git-commit sign-git-tag strict-peer-deps strict-ssl tag tag-version-prefix timing umask unicode ' +
    'unsafe-perm update-notifier usage user-agent userconfig version versions viewer which workspace workspaces ' +
    'workspaces-update yes quiet silent verbose help local scripts-prepend-node-path user python'
  ).split(' '),
);

const shortOptions = /^-(?:s|q|d{1,3}|w|ws|iwr|C|f|y|L)$/;

/** Whether a word between the name of a script and `--` means something to npm, which hands none of them on. */
export function isNpmOption(word: string): boolean {
  const [, name] = /^--(?:no-)?([^=]+)/.exec(word) ?? [];
  return name === undefined ? shortOptions.test(word) : options.has(name);
}

/** One letter more, less or other, or two neighbours in the wrong order. */
function oneLetterOff(word: string, name: string): boolean {
  const [short, long] = word.length <= name.length ? [word, name] : [name, word];
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  if (short.length < long.length) return long.length - short.length === 1 && short.slice(at) === long.slice(at + 1);
  const [left, right] = [short.slice(at), long.slice(at)];
  return (
    left.slice(1) === right.slice(1) ||
    (left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2))
  );
}
