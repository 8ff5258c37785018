/** An account for an image that starts as root. */
import { isLanguageRuntime } from '../../knowledge/index.ts';
import type { Edit } from '../../syntax/index.ts';
import { type Accounts, accountHistory, lacks } from '../accounts/accounts.ts';
import { idleAccountsIn } from '../accounts/idle-account.ts';
import type { Build, Command, Stage, Step } from '../build.ts';
import { relativeTo } from '../files/path.ts';
import { chainOf } from '../query.ts';
import { standaloneAppsIn } from '../shipped/next-standalone.ts';
import { rootStart } from '../start/root-start.ts';
import { runningWrites } from '../start/running-writes.ts';
import { purposeOf, startingProgram } from '../start/start.ts';
import { numberOf } from './account-numbers.ts';
import type { Fix } from './fix.ts';
import { keywordAs, linesAbove, linesBelow } from './lines.ts';
import { ownedBy } from './owned-copies.ts';

interface Account {
  readonly name: string;
  /** The command that makes it, where nothing does. */
  readonly made?: string;
  /** The base image brings it for this use. */
  readonly ofBase: boolean;
}

/** The fix that ends a ship target with an unprivileged account; undefined where none is certain to be there. */
export function unprivilegedUser(build: Build, target: Stage): Fix | undefined {
  const start = rootStart(build, target);
  if (start.as !== 'program' || isStartedByScript(target)) return undefined;
  if (livesWithRoot(target)) return undefined;
  const account = accountFor(build, target);
  if (account === undefined) return undefined;
  const edit = placed(build, target, account);
  if (edit === undefined) return undefined;
  const made = account.made === undefined ? '' : `Make an account ${account.name}, and `;
  const owned = account.made === undefined ? ownedServer(build, target, account.name) : undefined;
  const given = owned === undefined || owned.length === 0 ? '' : ', which gets the server with its cache';
  // Files are read for it: last.
  const isCertain = (): boolean => {
    const writes = runningWrites(target, build);
    return writes === undefined || (writes === 'next' && owned !== undefined);
  };
  return {
    says: (made === '' ? `Run it as ${account.name}` : `${made}run it as that`) + given,
    safety: account.ofBase && needsNothingOfRoot(build, target) && isCertain() ? 'safe' : 'unsafe',
    edits: [...(owned ?? []), edit],
  };
}

/** How a ship target may end with an unprivileged account; undefined where none is certain to be there. */
export function accountAdvice(build: Build, target: Stage): string | undefined {
  const account = accountFor(build, target);
  if (account === undefined) return undefined;
  const { name, made } = account;
  if (made !== undefined) return `Make an account and end the stage with it: RUN ${made}, then USER ${name}.`;
  const whose = account.ofBase ? ', an account of the base image' : '';
  return `End the stage with USER ${name}${whose}.`;
}

/** Scripts before the program often give files away or change the user themselves; su and sudo do. */
function isStartedByScript({ result: { entrypoint, cmd } }: Stage): boolean {
  const first = (entrypoint ?? cmd)?.words[0];
  return first === undefined ? entrypoint !== undefined : /\.sh$|entrypoint|(?:^|\/)su(?:do)?$/.test(first);
}

/** Nobody else may enter `/root`. */
function livesWithRoot(target: Stage): boolean {
  const { workdir, env, cmd, entrypoint } = target.result;
  const starts = [...(entrypoint?.words ?? []), ...(cmd?.words ?? [])];
  if ([workdir, env.get('PATH')?.text, ...starts].some((text) => text !== undefined && ofRoot.test(text))) return true;
  return chainOf(target).some(({ steps }) =>
    steps.some(({ instruction, commands }) => {
      const copies = instruction.keyword === 'COPY' || instruction.keyword === 'ADD';
      const to = copies ? instruction.destination.raw : '';
      return ofRoot.test(to) || commands.some(({ arguments: words }) => words.includes('--user'));
    }),
  );
}

const ofRoot = /(?:^|[:=])(?:\/root(?:\/|:|$)|~)/;

function accountFor(build: Build, target: Stage): Account | undefined {
  const chain = chainOf(target);
  const history = accountHistory(build);
  const accounts = history.after(target);
  const earlier = chain
    .flatMap(({ steps }) => steps)
    .findLast(({ after: { user } }) => user.identity === 'non-root' && user.setBy === 'instruction')?.after.user.name;
  if (earlier !== undefined && !lacks(accounts, 'user', accountName(earlier))) return { name: earlier, ofBase: false };
  for (const { name } of idleAccountsIn(build, [target])) return { name, ofBase: false };
  const root = chain[0];
  if (root === undefined) return undefined;
  if (root.base.kind === 'scratch') return { name: '65532:65532', ofBase: false };
  if (root.base.kind !== 'image' || root.base.facts === undefined || removesAccounts(chain)) return undefined;
  const { suggestedUser, os } = root.base.facts;
  if (os !== 'linux') return undefined;
  if (suggestedUser !== undefined) return { name: suggestedUser, ofBase: true };
  const made = makingOf(initialAccounts(history, root), root);
  return made === undefined || accounts.users.has('app') || accounts.groups.has('app')
    ? undefined
    : { name: 'app', made, ofBase: false };
}

const accountName = (user: string): string => user.split(':', 1)[0] ?? '';

const removesAccounts = (chain: readonly Stage[]): boolean =>
  chain.some(({ steps }) =>
    steps.some(({ commands }) => commands.some(({ name }) => /^(?:deluser|userdel|usermod)$/.test(name ?? ''))),
  );

function initialAccounts(history: ReturnType<typeof accountHistory>, root: Stage): Accounts {
  const [first] = root.steps;
  return first === undefined ? history.after(root) : history.before(first);
}

/** The call of the distribution's own program; the accounts that it brings tell which one it is. */
function makingOf({ users, open }: Accounts, { base }: Stage): string | undefined {
  if (open || base.kind !== 'image') return undefined;
  const isDebian = users.has('_apt');
  const isAlpine = users.has('cyrus');
  const isRedHat = users.has('dbus');
  if (isAlpine && !isDebian && !isRedHat) return 'addgroup -S app && adduser -S -G app app';
  if (isDebian && !isAlpine && !isRedHat) return 'useradd --system --create-home --user-group app';
  // The small ones come without shadow-utils.
  const isSmall = /amazonlinux|minimal|micro/.test(`${base.reference.familiar} ${base.text}`);
  return isRedHat && !isDebian && !isAlpine && !isSmall ? 'useradd --system --create-home --user-group app' : undefined;
}

/**
 * A Next.js server writes `.next/cache`: the copy that brings the server makes `.next`, and has to give it to the account.
 * Undefined where there is no such copy, or it cannot say so.
 */
function ownedServer(build: Build, target: Stage, account: string): readonly Edit[] | undefined {
  const steps = new Set([...standaloneAppsIn(target, build)].map(({ step }) => step));
  if (steps.size === 0) return undefined;
  const edits: Edit[] = [];
  for (const step of steps) {
    const { instruction } = step;
    const links = instruction.keyword === 'COPY' && instruction.link;
    const owner = links ? numberOf(build, step, account) : account;
    const there = instruction.keyword === 'COPY' ? instruction.chown?.text?.split(':', 1)[0] : undefined;
    if (owner !== undefined && there === owner) continue;
    const edit = owner === undefined || step.stage !== target ? undefined : ownedBy(build, step, owner);
    if (edit === undefined) return undefined;
    edits.push(...edit);
  }
  return edits;
}

/** Behind the last instruction that needs root, above what starts the program. */
function placed(build: Build, target: Stage, { name, made }: Account) {
  const steps = target.steps.filter(({ instruction }) => instruction.onbuild === undefined);
  const lastOfRoot = steps.findLastIndex(needsRoot);
  const rest = steps.slice(lastOfRoot + 1);
  const own = rest.findLast(({ instruction }) => instruction.keyword === 'USER')?.instruction;
  if (own?.keyword === 'USER') return made === undefined ? { at: own.value.span, text: name } : undefined;
  const starts = rest.find(({ instruction }) => instruction.keyword === 'CMD' || instruction.keyword === 'ENTRYPOINT');
  const above = starts?.instruction;
  const like = above ?? steps.at(-1)?.instruction ?? target.from;
  const lines = [
    ...(made === undefined ? [] : [`${keywordAs('RUN', like)} ${made}`]),
    `${keywordAs('USER', like)} ${name}`,
  ];
  return above === undefined ? linesBelow(like, lines, build) : linesAbove(above, lines);
}

const needsRoot = ({ instruction: { keyword } }: Step): boolean => /^(?:RUN|COPY|ADD|WORKDIR)$/.test(keyword);

/** A program of the language that only reads what is there, as far as the file tells. */
function needsNothingOfRoot(build: Build, target: Stage): boolean {
  const { volumes, exposedPorts, cmd, entrypoint } = target.result;
  const [program] = startingProgram(target)?.words ?? [];
  return (
    purposeOf(target, build.path) === 'runtime' &&
    program !== undefined &&
    isLanguageRuntime(program) &&
    (cmd ?? entrypoint)?.script.commands.length === 1 &&
    volumes.size === 0 &&
    [...exposedPorts.keys()].every((port) => Number.parseInt(port, 10) >= 1024) &&
    !chainOf(target).some(({ steps }) => steps.some(({ commands }) => commands.some(makesFolders))) &&
    !isToldOfFolders(target)
  );
}

const makesFolders = ({ name, within = [] }: Command): boolean =>
  name === 'mkdir' || within.some((command) => command.name === 'mkdir');

/** ENV names a place in the working directory that is not seen there: programs make such themselves. */
function isToldOfFolders({ result: { env, workdir, rootfs } }: Stage): boolean {
  if (workdir === undefined || workdir === '/') return false;
  return [...env.values()].some(
    ({ via, text }) =>
      via === 'ENV' &&
      text !== undefined &&
      text !== workdir &&
      !text.includes(':') &&
      relativeTo(workdir, text) !== undefined &&
      rootfs.stat(text).presence !== 'present',
  );
}
