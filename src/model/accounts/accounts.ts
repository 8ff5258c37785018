/** The accounts that are in an image while it is built, and those that instructions name though they are not. */
import { accountsOfNothing, baseAccounts, installsSystemPackages, packagesMayMake } from '../../knowledge/index.ts';
import type { Base, Build, Command, Stage, Step } from '../build.ts';
import { isGlob } from '../files/path.ts';
import { stageNamedBy } from '../query.ts';
import { remembered } from '../remembered.ts';
import { accountCallOf, accountRemovalOf, fileEffectsOf } from '../run/command-calls.ts';
import { operands } from '../run/operands.ts';

/** What is known of the accounts of an image at a point of its build. */
export interface Accounts {
  /** Names that are there or may be, with the command that makes them. */
  readonly users: ReadonlyMap<string, Command | 'base'>;
  readonly groups: ReadonlyMap<string, Command | 'base'>;
  /** Users who are gone, with the command that has taken them away or given them another name. */
  readonly gone: ReadonlyMap<string, Command>;
  /** Packages installed so far, which may have made accounts of their own. */
  readonly packages: readonly string[];
  /** Anybody may be there: the base is not known, or something ran or was copied of which nothing is known. */
  readonly open: boolean;
}

const anybody: Accounts = { users: new Map(), groups: new Map(), gone: new Map(), packages: [], open: true };

/** Whether an image certainly lacks an account. Numbers need none. */
export function lacks(accounts: Accounts, kind: 'user' | 'group', name: string): boolean {
  if (accounts.open || name === '' || /^\d+$/.test(name)) return false;
  const known = kind === 'user' ? accounts.users : accounts.groups;
  return !known.has(name) && !packagesMayMake(name, accounts.packages);
}

/** The accounts before each step of a build, and at the end of each stage. */
export interface AccountHistory {
  before(step: Step): Accounts;
  after(stage: Stage): Accounts;
}

export const accountHistory: (build: Build) => AccountHistory = remembered((build) => build.stages, followAccounts);

/** Nothing is followed before somebody asks: most files name no account. */
function followAccounts(build: Build): AccountHistory {
  let isFollowed = false;
  const followed = (stage: Stage): StageAccounts => {
    // One stage after the other: a stage that asks for those it is made of finds them known, however long the chain.
    if (!isFollowed) for (const each of build.stages) accountsIn({ stage: each, build });
    isFollowed = true;
    return accountsIn({ stage, build });
  };
  return {
    before: (step) => followed(step.stage).before.get(step) ?? anybody,
    after: (stage) => followed(stage).after,
  };
}

interface StageAccounts {
  readonly before: ReadonlyMap<Step, Accounts>;
  readonly after: Accounts;
}

/** They hang on the stage, and on those that it is made of. */
const accountsIn: (of: { readonly stage: Stage; readonly build: Build }) => StageAccounts = remembered(
  ({ stage }) => stage,
  ({ stage, build }) => {
    const before = new Map<Step, Accounts>();
    let accounts = initialAccounts(stage.base, build);
    for (const step of stage.steps) {
      before.set(step, accounts);
      accounts = afterStep(step, accounts, build);
    }
    return { before, after: accounts };
  },
);

function initialAccounts(base: Base, build: Build): Accounts {
  if (base.kind === 'stage') return accountsIn({ stage: base.stage, build }).after;
  if (base.kind === 'unresolved') return anybody;
  const known =
    base.kind === 'scratch' ? accountsOfNothing : baseAccounts(base.reference.familiar, tagOf(base), base.facts);
  if (known === undefined) return anybody;
  const ofBase = (names: ReadonlySet<string>) => new Map([...names].map((name) => [name, 'base'] as const));
  return { users: ofBase(known.users), groups: ofBase(known.groups), gone: new Map(), packages: [], open: false };
}

const tagOf = (base: Extract<Base, { kind: 'image' }>): string | undefined => {
  if (base.openTag === true) return undefined;
  return base.reference.tag ?? (base.text.includes('@') ? undefined : 'latest');
};

function afterStep(step: Step, accounts: Accounts, build: Build): Accounts {
  if (accounts.open) return accounts;
  const { instruction } = step;
  if (instruction.keyword === 'RUN') return afterRun(step, accounts);
  if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') return accounts;
  if (!bringsAccounts(step)) return accounts;
  const from = stageNamedBy(instruction.from, step.stage, build);
  const theirs = from === undefined ? undefined : accountsIn({ stage: from, build }).after;
  if (theirs === undefined || theirs.open) return anybody;
  return {
    users: new Map([...accounts.users, ...theirs.users]),
    groups: new Map([...accounts.groups, ...theirs.groups]),
    gone: new Map(),
    packages: [...accounts.packages, ...theirs.packages],
    open: false,
  };
}

/** Whether the files of accounts may have come, or changed, with a step. */
const bringsAccounts = (step: Step): boolean =>
  step.after.rootfs !== step.before.rootfs &&
  accountFiles.some((path) => {
    const now = step.after.rootfs.stat(path);
    const then = step.before.rootfs.stat(path);
    return now.presence !== 'absent' && (now.change !== then.change || now.presence !== then.presence);
  });

const accountFiles = ['/etc/passwd', '/etc/group'];

function afterRun(step: Step, accounts: Accounts): Accounts {
  if (step.commands.length === 0) return anybody;
  const packages: string[] = [];
  let own: ReturnType<typeof copied> | undefined;
  for (const command of step.commands) {
    if (step.before.user.identity === 'non-root' && !asRoot(command)) continue;
    const removal = command.runs === 'always' ? accountRemovalOf(command) : undefined;
    if (removal?.name !== undefined) {
      own ??= copied(accounts);
      if (removal.kind === 'group') own.groups.delete(removal.name);
      else if (own.users.delete(removal.name)) own.gone.set(removal.name, command);
    }
    const call = accountCallOf(command);
    if (call === undefined) {
      if (mayMakeAccounts(command)) return anybody;
      if (installsSystemPackages.has(command.name ?? '')) {
        const installed = operands(command.arguments).filter((word) => word !== undefined);
        if (installed.length < operands(command.arguments).length || installed.some(isGlob)) return anybody;
        packages.push(...installed);
      }
      continue;
    }
    if (call.unclear) return anybody;
    if (call.users.length + call.groups.length > 0) own ??= copied(accounts);
    for (const name of call.users) own?.users.set(name, command);
    for (const name of call.groups) own?.groups.set(name, command);
  }
  if (bringsAccounts(step)) return anybody;
  if (own === undefined && packages.length === 0) return accounts;
  return { ...accounts, ...own, packages: [...accounts.packages, ...packages], open: false };
}

const copied = ({ users, groups, gone }: Accounts) => ({
  users: new Map(users),
  groups: new Map(groups),
  gone: new Map(gone),
});

const asRoot = ({ shell }: Command): boolean => shell.words.length !== shell.effective.length;

/** Commands on files and interpreters, which make no accounts though it is not known which files they make. */
const harmless = new Set(
  (
    'rm unlink rmdir mv cp ln install rsync mkdir touch tee git curl wget tar unzip find xargs turbo python python3 node ' +
    'php ruby perl java deno bun npm npx yarn pnpm bunx pip pip3 uv playwright artisan rails bundler rebuild electron ' +
    'sqlite3 psql hugo jekyll mkdocs sphinx-build ansible composer symfony wp flask django-admin gunicorn uvicorn tsx ' +
    'ts-node pkg install-php-extensions docker-php-ext-install'
  ).split(' '),
);

/** Whether a command may make accounts unseen: a script, a program that is not known, an edit of the files of accounts. */
function mayMakeAccounts(command: Command): boolean {
  const { shell, name } = command;
  if (shell.partial) return true;
  if (name === undefined) return shell.effective.length > 0;
  if (command.arguments.some((word) => /^\/etc\/(?:passwd|group|shadow)\b/.test(word ?? '')) && !readers.has(name))
    return true;
  if (command.invocation !== undefined || harmless.has(name) || shell.inner !== undefined) return false;
  return fileEffectsOf(command) === 'anything';
}

const readers = new Set(['cat', 'grep', 'getent', 'chmod', 'chown', 'ls', 'test', '[', 'stat', 'cut', 'awk']);
