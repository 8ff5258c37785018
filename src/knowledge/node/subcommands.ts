/**
 * Subcommands of npm, yarn, pnpm and bun with their aliases.
 *
 * Sources: npm `lib/utils/cmd-list.js`; `yarn help` of 1.22 and 4; `pnpm help -a` of 10; `bun --help` of 1.3.
 */
import type { Operation, PackageManager } from './invocation.ts';

type Row = readonly [operation: Operation, names: string];

function operations(...rows: readonly Row[]): ReadonlyMap<string, Operation> {
  const found = new Map<string, Operation>();
  for (const [operation, names] of rows) for (const name of names.split(' ')) found.set(name, operation);
  return found;
}

/** Subcommands that install what the lockfile says and stop where it does not fit the manifest. */
const frozen: Readonly<Record<PackageManager, ReadonlySet<string>>> = {
  npm: new Set('ci clean-install ic install-clean isntall-clean install-ci-test cit clean-install-test sit'.split(' ')),
  yarn: new Set(),
  pnpm: new Set(['ci', 'clean-install', 'ic', 'install-clean']),
  bun: new Set(['ci']),
};

export const isFrozenSubcommand = (manager: PackageManager, name: string): boolean => frozen[manager].has(name);

/** Subcommands that install the manifest's packages and look for newer versions of them (measured). */
const updates: ReadonlySet<string> = new Set(['update', 'up', 'upgrade', 'udpate', 'dedupe', 'ddp']);

export const isUpdate = (name: string): boolean => updates.has(name);

const known: Readonly<Record<PackageManager, ReadonlyMap<string, Operation>>> = {
  npm: operations(
    ['install', 'install i in ins inst insta instal isnt isnta isntal isntall add install-test it'],
    ['install', [...frozen.npm, ...updates].join(' ')],
    ['remove', 'uninstall un unlink remove rm r'],
    ['prune', 'prune'],
    ['rebuild', 'rebuild rb'],
    ['run', 'run run-script rum urn start stop restart test tst t'],
    ['exec', 'exec x create'],
    ['config-set', 'set'],
    ['login', 'login adduser add-user'],
    ['pack', 'pack publish'],
    ['link', 'link ln'],
  ),
  yarn: operations(
    ['install', 'install upgrade up dedupe'],
    ['add', 'add'],
    ['remove', 'remove'],
    ['rebuild', 'rebuild'],
    ['run', 'run start test'],
    ['exec', 'dlx exec create node'],
    ['login', 'login'],
    ['pack', 'pack publish'],
    ['link', 'link unlink'],
    ['other', 'set why info list init version versions audit outdated import generate-lock-entry check autoclean'],
    ['other', 'config cache plugin policies npm constraints stage patch patch-commit tag team owner bin licenses'],
    ['other', 'help global workspaces search explain unplug sponsor self-update upgrade-interactive logout'],
  ),
  pnpm: operations(
    ['install', 'install i install-test it update up upgrade dedupe ci clean-install ic install-clean'],
    ['add', 'add'],
    ['remove', 'remove rm uninstall un uni'],
    ['prune', 'prune'],
    ['deploy', 'deploy'],
    ['fetch', 'fetch'],
    ['rebuild', 'rebuild rb'],
    ['run', 'run run-script start stop restart test t tst'],
    ['exec', 'exec dlx create'],
    ['config-set', 'set'],
    ['login', 'login adduser'],
    ['pack', 'pack publish'],
    ['link', 'link ln unlink dislink'],
    ['set-version', 'self-update'],
    ['other', 'config c get import audit outdated list ls la ll why init env setup root bin patch patch-commit'],
    ['other', 'patch-remove approve-builds ignored-builds server licenses help store cache doctor completion view'],
    ['other', 'info show version whoami pkg logout token owner search docs repo cat-file cat-index find-hash runtime'],
  ),
  bun: operations(
    ['install', 'install i ci update'],
    ['add', 'add a'],
    ['remove', 'remove rm'],
    ['run', 'run start test'],
    ['exec', 'x create c exec build'],
    ['pack', 'publish'],
    ['link', 'link unlink'],
    ['other', 'pm outdated init upgrade repl audit why patch patch-commit info help completions discord'],
  ),
};

/** Subcommands of `config` that change a setting. */
function configOperation(verb: string | undefined): Operation {
  if (verb === 'set') return 'config-set';
  return verb === 'delete' || verb === 'rm' || verb === 'unset' ? 'config-delete' : 'other';
}

/** npm: `cache clean`; pnpm: `store prune`; bun: `pm cache rm`. */
function cacheOperation(subcommand: string, verb: string | undefined, next: string | undefined): Operation | undefined {
  if (subcommand === 'cache') return /^(clean|clear|rm|delete)$/.test(verb ?? '') ? 'cache-clean' : 'other';
  if (subcommand === 'store') return verb === 'prune' ? 'cache-clean' : 'other';
  if (subcommand === 'pm') return verb === 'cache' && next === 'rm' ? 'cache-clean' : 'other';
  return undefined;
}

/**
 * What a subcommand does. A name that is none of npm's is a mistake; yarn, pnpm and bun take it for a
 * script of the manifest (bun: also for a file).
 */
export function operationOf(
  manager: PackageManager,
  subcommand: string,
  operands: readonly (string | undefined)[],
): Operation {
  const [verb, next] = operands;
  if (manager === 'yarn') {
    if (subcommand === '') return 'install';
    if (subcommand === 'workspaces') return verb === 'focus' ? 'focus' : 'other';
    if (subcommand === 'set' && verb === 'version') return 'set-version';
    if (subcommand === 'policies' && verb === 'set-version') return 'set-version';
    if (subcommand === 'global') return verb === 'add' || verb === 'upgrade' ? 'add' : 'other';
    if (subcommand === 'npm') return verb === 'login' ? 'login' : 'other';
  }
  if (subcommand === '') return 'other';
  if (subcommand === 'config' || (subcommand === 'c' && manager !== 'bun')) return configOperation(verb);
  return (
    cacheOperation(subcommand, verb, next) ?? known[manager].get(subcommand) ?? (manager === 'npm' ? 'other' : 'run')
  );
}
