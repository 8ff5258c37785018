/** Accounts that a shipped image makes for its application and then does not run it as. */
import { isServiceAccount, namesAccount } from '../../knowledge/index.ts';
import type { Build, Command, Stage, StartCommand, Step } from '../build.ts';
import { baseName, resolve } from '../files/path.ts';
import { perStage } from '../per-stage.ts';
import { chainOf } from '../query.ts';
import { accountCallOf } from '../run/command-calls.ts';
import { dropsPrivileges } from '../start/given-up-rights.ts';
import { purposeOf, startingProgram } from '../start/start.ts';

export interface IdleAccount {
  readonly name: string;
  readonly madeBy: Command;
  readonly target: Stage;
  /** What runs as root in its place. */
  readonly start: StartCommand;
  /** A step that gives files to it. */
  readonly owns?: Command | Step;
  /** `yes`: no instruction says which user is meant, and the application starts without anything in between. */
  readonly forgotten: 'yes' | 'perhaps';
}

/** Every account of a shipped image's own stages that nothing uses, where the image starts as root. */
export const idleAccounts = (build: Build): Iterable<IdleAccount> => idleAccountsIn(build, build.targets);

/** The same, were these stages shipped. */
export const idleAccountsIn = perStage<IdleAccount>(function* (target, build) {
  const { user, cmd, entrypoint } = target.result;
  const start = cmd ?? entrypoint;
  if (user.identity !== 'root' || start === undefined || dropsPrivileges(target, build)) return;
  if (purposeOf(target, build.path) !== 'runtime') return;
  const direct = startsDirectly(target);
  if (direct === 'no') return;
  const steps = chainOf(target).flatMap((stage) => stage.steps);
  const says = steps.some(({ instruction }) => instruction.keyword === 'USER');
  for (const [name, madeBy] of accountsMade(steps)) {
    if (isUsed(name, steps, target)) continue;
    const owns = ownership(name, steps);
    const forgotten = direct === 'yes' && !says ? 'yes' : 'perhaps';
    yield { name, madeBy, target, start, forgotten, ...(owns === undefined ? {} : { owns }) };
  }
});

/** Programs that run an application and never change their user by themselves. */
const runners = new Set(
  (
    'node npm npx yarn pnpm bun deno python python3 uvicorn gunicorn hypercorn flask celery streamlit fastapi poetry uv ' +
    'java dotnet ruby rails bundle puma rackup mix elixir go next nest nuxt tsx ts-node serve php'
  ).split(' '),
);

/** Whether the container starts the application itself: `perhaps` for a program that another stage has built. */
function startsDirectly(target: Stage): 'yes' | 'perhaps' | 'no' {
  const first = target.result.entrypoint?.words[0];
  const program = startingProgram(target);
  const [path] = program?.words ?? [];
  if (path === undefined || (target.result.entrypoint !== undefined && first === undefined)) return 'no';
  if (first !== undefined && first !== path && program?.init !== true) return 'no';
  const several = (target.result.cmd ?? target.result.entrypoint)?.script.commands.length !== 1;
  if (several) return 'perhaps';
  if (runners.has(baseName(path).replace(/(?<![\d.])[\d.]+$/, ''))) return 'yes';
  if (!path.includes('/') || path.endsWith('.sh')) return 'no';
  const { change } = target.result.rootfs.stat(resolve(target.result.workdir ?? '/', path));
  const brought = change?.step.instruction;
  return brought?.keyword === 'COPY' && brought.from !== undefined ? 'perhaps' : 'no';
}

function accountsMade(steps: readonly Step[]): ReadonlyMap<string, Command> {
  const made = new Map<string, Command>();
  for (const step of steps)
    for (const command of step.commands) {
      const call = command.runs === 'always' ? accountCallOf(command) : undefined;
      if (call === undefined || call.unclear || call.uid === '0') continue;
      for (const name of call.users) if (!isServiceAccount(name) && name !== 'root') made.set(name, command);
    }
  return made;
}

function isUsed(name: string, steps: readonly Step[], target: Stage): boolean {
  const { cmd, entrypoint, env } = target.result;
  for (const start of [cmd, entrypoint])
    for (const command of start?.script.commands ?? [])
      if (namesAccount(['', ...command.words.map((word) => word.text ?? word.raw)], name)) return true;
  if ([...env.values()].some(({ text }) => text === name)) return true;
  return steps.some(({ instruction, after, commands }) => {
    if (instruction.keyword === 'USER') return after.user.identity === 'unknown' || after.user.identity === 'non-root';
    return commands.some((command) =>
      namesAccount([command.name, ...command.shell.words.map((word) => word.raw)], name),
    );
  });
}

/** The last step that gives files to the account. */
const ownership = (name: string, steps: readonly Step[]): Command | Step | undefined =>
  steps
    .flatMap((step): readonly (Command | Step)[] => {
      const { instruction } = step;
      const chown = instruction.keyword === 'COPY' || instruction.keyword === 'ADD' ? instruction.chown : undefined;
      return isOwner(chown?.text, name) ? [step] : step.commands.filter((command) => givesTo(command, name));
    })
    .at(-1);

const isOwner = (owner: string | undefined, name: string): boolean => owner?.split(':', 1)[0] === name;

const givesTo = (command: Command, name: string): boolean =>
  command.name === 'chown' && command.arguments.some((word) => isOwner(word, name));
