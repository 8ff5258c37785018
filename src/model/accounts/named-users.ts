/** Accounts that start a container and are named by name. */
import type { Build, User } from '../build.ts';
import { chainOf } from '../query.ts';

export interface NamedUser {
  readonly user: User;
  readonly account: string;
}

/** Of what ships; root and what the base image sets are left out, and Windows, where users have no numbers. */
export function* namedUsers(build: Build): Iterable<NamedUser> {
  for (const target of build.targets) {
    const { user } = target.result;
    const base = chainOf(target)[0]?.base;
    const windows = base?.kind === 'image' && base.facts?.os === 'windows';
    if (windows || user.setBy !== 'instruction' || user.identity !== 'non-root' || user.name === undefined) continue;
    const account = user.name.split(':', 1)[0]?.trim() ?? '';
    if (!/^\+?\d+$/.test(account)) yield { user, account };
  }
}
