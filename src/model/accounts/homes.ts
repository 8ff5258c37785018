/** Where accounts are at home: HOME in the commands that they run. */
import type { Stage, State } from '../build.ts';
import { chainOf } from '../query.ts';
import { accountCallOf } from '../run/command-calls.ts';
import type { Lookup } from '../state/environment.ts';

/**
 * The home directory of the user that runs: HOME when set, else what is said where the account is made. BuildKit looks
 * for a number in /etc/passwd, too; one that stands there nowhere has the root of the file system.
 */
export function homeOf({ user }: State, lookup: Lookup, stage: Stage): string {
  const home = lookup('HOME');
  if (typeof home === 'string') return home;
  if (user.identity === 'root' || user.name === undefined) return '/root';
  const account = user.name.split(':', 1)[0] ?? '';
  const chain = chainOf(stage);
  for (const each of chain.toReversed()) {
    const made = homesIn(each).get(account);
    if (made !== undefined) return made;
  }
  const base = chain[0]?.base;
  if (account === '1000' && base?.kind === 'image' && base.reference.familiar === 'node') return '/home/node';
  return /^\d+$/.test(account) ? '/' : `/home/${account}`;
}

interface Homes {
  /** Steps that have been looked at: a stage that is being interpreted gets more. */
  steps: number;
  /** By the name of an account, and by its number. */
  readonly homes: Map<string, string>;
}

const known = new WeakMap<Stage, Homes>();

function homesIn(stage: Stage): ReadonlyMap<string, string> {
  const found = known.get(stage) ?? { steps: 0, homes: new Map<string, string>() };
  known.set(stage, found);
  for (; found.steps < stage.steps.length; found.steps += 1)
    for (const command of stage.steps[found.steps]?.commands ?? []) {
      const call = accountCallOf(command);
      for (const name of call?.users ?? []) {
        const home = call?.home ?? `/home/${name}`;
        found.homes.set(name, home);
        if (call?.uid !== undefined) found.homes.set(call.uid, home);
      }
    }
  return found.homes;
}
