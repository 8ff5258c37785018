/** Accounts by their numbers. */
import { accountHistory } from '../accounts/accounts.ts';
import type { NamedUser } from '../accounts/named-users.ts';
import type { Build, Step, User } from '../build.ts';
import { chainOf } from '../query.ts';
import { remembered } from '../remembered.ts';
import { accountCallOf } from '../run/command-calls.ts';
import type { Fix } from './fix.ts';
import { writtenAt } from './written.ts';

/** The number of an account at a step: said where it is made, or that of the official Node.js images. */
export function numberOf(build: Build, step: Step, account: string): string | undefined {
  const { users } = accountHistory(build).before(step);
  const maker = users.get(account);
  if (maker === undefined) return undefined;
  if (maker !== 'base') {
    const call = accountCallOf(maker);
    return call?.users.includes(account) === true && /^\d+$/.test(call.uid ?? '') ? call.uid : undefined;
  }
  const base = chainOf(step.stage)[0]?.base;
  return base?.kind === 'image' && base.reference.familiar === 'node' && account === 'node' ? '1000' : undefined;
}

/** The steps after which a user is set, the first of each. */
const firstWith: (build: Build) => ReadonlyMap<User, Step> = remembered(
  (build) => build.stages,
  ({ stages }) =>
    new Map(stages.flatMap(({ steps }) => steps.map((step) => [step.after.user, step] as const)).reverse()),
);

/** The number in USER: the primary group comes from the files of the image still. */
export function userByNumber(build: Build, { user, account }: NamedUser): Fix | undefined {
  const step = firstWith(build).get(user);
  if (step?.instruction.keyword !== 'USER' || step.instruction.onbuild) return undefined;
  const number = numberOf(build, step, account);
  const { value } = step.instruction;
  if (number === undefined || writtenAt(build, value.span) !== account) return undefined;
  return { says: `Write ${number}`, safety: 'safe', edits: [{ at: value.span, text: number }] };
}
