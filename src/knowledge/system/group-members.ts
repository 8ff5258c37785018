/** Commands that put an account into further groups: useradd(8), usermod(8), gpasswd(1), adduser(8) and BusyBox's. */
import { readLine } from './account-calls.ts';

export interface GroupMembership {
  readonly user: string;
  readonly groups: readonly string[];
  /** They are the only ones from now on: `usermod -G` without `-a`. */
  readonly replaces: boolean;
  /** The number that the account gets. */
  readonly uid?: string;
}

/** Undefined for other commands, and where a name is not known. */
export function groupMembership(
  name: string | undefined,
  words: readonly (string | undefined)[],
): GroupMembership | undefined {
  if (words.includes(undefined)) return undefined;
  switch (name) {
    case 'useradd':
    case 'usermod': {
      const { flags, operands } = readLine(name, words);
      const [user] = operands;
      const groups = (flags.get('-G') ?? flags.get('--groups') ?? '').split(',').filter((group) => group !== '');
      const uid = flags.get('-u') ?? flags.get('--uid');
      const appends = flags.has('-a') || flags.has('--append');
      if (user === undefined || (groups.length === 0 && uid === undefined)) return undefined;
      const replaces = name === 'usermod' && groups.length > 0 && !appends;
      return { user, groups, replaces, ...(uid === undefined ? {} : { uid }) };
    }
    case 'adduser':
    case 'addgroup': {
      const { flags, operands } = readLine(name, words);
      const [user, group] = operands;
      if (user === undefined) return undefined;
      const uid = flags.get('-u') ?? flags.get('--uid');
      if (group !== undefined) return { user, groups: [group], replaces: false };
      return uid === undefined || name === 'addgroup' ? undefined : { user, groups: [], replaces: false, uid };
    }
    case 'gpasswd': {
      const [flag, user, group] = words;
      if (!/^(?:-a|--add)$/.test(flag ?? '') || user === undefined || group === undefined) return undefined;
      return { user, groups: [group], replaces: false };
    }
    default:
      return undefined;
  }
}
