/** Accounts that USER and --chown name though the image does not have them. */
import type { Located } from '../../syntax/index.ts';
import type { Build, Command, Stage, Step, User } from '../build.ts';
import { remembered } from '../remembered.ts';
import { evaluate, variablesOf } from '../state/environment.ts';
import { isOpenBase } from '../state/image-state.ts';
import { type AccountHistory, type Accounts, accountHistory, lacks } from './accounts.ts';

export interface MissingAccount {
  readonly kind: 'user' | 'group';
  readonly name: string;
  /** Where it is named. */
  readonly at: Located;
  readonly via: 'USER' | 'chown';
  readonly stage: Stage;
  /** `run`: the first RUN as this user, which fails; `start`: the container; `copy`: files get another owner. */
  readonly hits: 'run' | 'start' | 'copy';
  readonly hit: Located;
  /** Further instructions of the stage that name it in the same way. */
  readonly also: readonly Located[];
  /** The command that makes an account of this name, later or in a stage that this one is not based on. */
  readonly madeBy?: Command;
  /** The command that has taken it away before, or given it another name. */
  readonly goneBy?: Command;
}

/** Every account that an instruction needs and the image at that point certainly lacks. */
export function* missingAccounts(build: Build): Iterable<MissingAccount> {
  const { found, users } = missingInStages(build);
  yield* found;
  const history = accountHistory(build);
  const told = new Set(users);
  for (const target of build.targets) {
    const { user } = target.result;
    if (told.has(user)) continue;
    told.add(user);
    const start = target.result.cmd ?? target.result.entrypoint ?? target.from;
    for (const each of missingUser(user, start, 'start', target, history)) yield withMaker(each, build, history);
  }
}

interface MissingInStages {
  readonly found: readonly MissingAccount[];
  /** Those as which a RUN fails. */
  readonly users: ReadonlySet<User>;
}

const missingInStages: (build: Build) => MissingInStages = remembered(
  (build) => build.stages,
  (build) => {
    const history = accountHistory(build);
    const users = new Set<User>();
    const found: MissingAccount[] = [];
    for (const stage of build.stages) {
      if (!stage.reachable) continue;
      for (const step of stage.steps) {
        const { user } = step.before;
        if (step.instruction.keyword !== 'RUN' || users.has(user)) continue;
        const missing = [...missingUser(user, step, 'run', stage, history)];
        if (missing.length > 0) users.add(user);
        found.push(...missing);
      }
      found.push(...ownersOf(stage, build, history));
    }
    return { found: found.map((each) => withMaker(each, build, history)), users };
  },
);

function* missingUser(
  user: User,
  hit: Step | Located,
  hits: 'run' | 'start',
  stage: Stage,
  history: AccountHistory,
): Iterable<MissingAccount> {
  // What follows a blank is meant as a comment, a brace is what `$${NAME}` leaves: that it is no variable is told of it.
  if (user.setBy !== 'instruction' || user.name === undefined || /\s#|\{/.test(user.name)) return;
  const accounts = 'stage' in hit ? history.before(hit) : history.after(stage);
  for (const { kind, name } of namesIn(user.name))
    if (lacks(accounts, kind, name))
      yield { kind, name, at: user, via: 'USER', stage, hits, hit, also: [], ...goneIn(accounts, kind, name) };
}

/** Owners of copies, each name once. */
function ownersOf(stage: Stage, build: Build, history: AccountHistory): Iterable<MissingAccount> {
  const found = new Map<string, MissingAccount & { readonly also: Located[] }>();
  for (const step of stage.steps)
    for (const missing of missingOwners(step, build, history)) {
      const key = `${missing.kind} ${missing.name}`;
      const first = found.get(key);
      if (first === undefined) found.set(key, { ...missing, also: [] });
      else first.also.push(missing.at);
    }
  return found.values();
}

function* missingOwners(step: Step, build: Build, history: AccountHistory): Iterable<MissingAccount> {
  const { instruction, stage } = step;
  if ((instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') || instruction.chown === undefined) return;
  const lookup = variablesOf(step.before, isOpenBase(stage.base));
  const owner = evaluate(instruction.chown, lookup, build.file.escape);
  const accounts = history.before(step);
  const common = { at: instruction.chown, via: 'chown', stage, hits: 'copy', hit: step, also: [] } as const;
  for (const { kind, name } of namesIn(owner ?? ''))
    if (lacks(accounts, kind, name)) yield { kind, name, ...common, ...goneIn(accounts, kind, name) };
}

function goneIn({ gone }: Accounts, kind: 'user' | 'group', name: string): Pick<MissingAccount, 'goneBy'> {
  const goneBy = kind === 'user' ? gone.get(name) : undefined;
  return goneBy === undefined ? {} : { goneBy };
}

/** `app:web` names a user and a group. A name that is not known in full tells nothing. */
function namesIn(owner: string): readonly { readonly kind: 'user' | 'group'; readonly name: string }[] {
  const [user = '', group = ''] = owner.trim().split(':');
  return [
    { kind: 'user', name: user },
    { kind: 'group', name: group },
  ];
}

function withMaker(missing: MissingAccount, build: Build, history: AccountHistory): MissingAccount {
  const stages = [missing.stage, ...build.stages];
  for (const stage of stages) {
    const accounts = history.after(stage);
    const made = (missing.kind === 'user' ? accounts.users : accounts.groups).get(missing.name);
    if (made !== undefined && made !== 'base') return { ...missing, madeBy: made };
  }
  return missing;
}
