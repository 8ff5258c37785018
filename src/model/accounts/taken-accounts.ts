/** Commands that make an account whose name or number another one has already: they fail, and the build with them. */
import { type AccountCall, type KnownAccount, knownAccounts } from '../../knowledge/index.ts';
import type { Command, Located } from '../build.ts';
import { firstOfStage, precededFor } from '../per-stage.ts';
import { chainOf, isUnread, surelyEndsTheBuild } from '../query.ts';
import { accountCallOf } from '../run/command-calls.ts';

export interface TakenAccount extends Located {
  /** `useradd`. */
  readonly program: string;
  /** The account that is there. */
  readonly account: KnownAccount;
  /** What of it is taken. */
  readonly what: 'name' | 'number';
  /** The instruction that names the image which brings it. */
  readonly from: Located;
}

/** The first of each stage, on bases of which it is known that they bring the account. */
export const takenAccounts = firstOfStage(takenAccount);

function takenAccount(command: Command): TakenAccount | undefined {
  const { name: program, step, arguments: words } = command;
  const call = accountCallOf(command);
  if (call === undefined || call.unclear || program === undefined || /mod$/.test(program)) return undefined;
  if (!surelyEndsTheBuild(command)) return undefined;
  if (words.some((word) => word === undefined || tolerant.test(word))) return undefined;
  const [root] = chainOf(step.stage);
  const base = root?.base;
  if (root === undefined || base?.kind !== 'image' || base.openTag === true || base.text.includes('@'))
    return undefined;
  for (const account of knownAccounts(base.reference.familiar, base.reference.tag ?? 'latest')) {
    const what = takes(call, account, words);
    if (what !== undefined && !mayBeChanged(account.name)(step.stage, command))
      return { span: command.span, program, account, what, from: root.from };
  }
  return undefined;
}

/** Two accounts may share a number, or it is no fault where one is there. */
const tolerant = /^(?:-o|--non-unique|-f|--force|--allow-all-names|--root|-R|--prefix|-P)$/;

/** Debian's programs for accounts of the system are content with one that is there. */
function takes(
  call: AccountCall,
  account: KnownAccount,
  words: Command['arguments'],
): TakenAccount['what'] | undefined {
  const makes = account.kind === 'user' ? call.users : call.groups;
  if (makes.includes(account.name))
    return words.includes('--system') || joinsGroup(account, words) ? undefined : 'name';
  const number = account.kind === 'user' ? call.uid : call.gid;
  return makes.length > 0 && number === account.number ? 'number' : undefined;
}

/** `adduser --quiet node audio` puts an account that is there into a group. */
const joinsGroup = ({ name }: KnownAccount, words: Command['arguments']): boolean =>
  words[words.indexOf(name) + 1]?.startsWith('-') === false;

/** A command before it names the account, or its files: it may have another name, another number, or be gone. */
const mayBeChanged = precededFor(
  ({ name, arguments: words }, account) =>
    name === undefined ||
    words.some(
      (word) => word === undefined || word === account || /\/etc\/(?:passwd|group)/.test(word) || /\.sh$/.test(word),
    ),
  isUnread,
);
