/** Shims of corepack that fetch the newest pnpm, as nothing tells them the version. */
import type { Build, Command, Stage } from '../build.ts';
import { chainOf, judgedStages } from '../query.ts';
import { remembered } from '../remembered.ts';
import { supplyOf } from '../run/command-calls.ts';
import { declaredAbove } from './declared-manager.ts';

export interface FloatingShim {
  /** `corepack enable`. */
  readonly shim: Command;
  /** The call that fetches it: the first install of a manifest, else the first that runs. */
  readonly use: Command;
}

/** One for each `corepack enable`. Yarn is not in it: without a version corepack takes Yarn 1, which has no new releases. */
export const floatingShims: (build: Build) => readonly FloatingShim[] = remembered(
  (build) => build.targets,
  (build) => {
    const found = new Map<Command, Command>();
    for (const stage of judgedStages(build))
      for (const { shim, use } of shimsOf({ stage, build })) {
        const known = found.get(shim);
        if (known === undefined || (!installs(known) && installs(use))) found.set(shim, use);
      }
    return [...found].map(([shim, use]) => ({ shim, use }));
  },
);

const installs = ({ install }: Command): boolean => install !== undefined && install.adds.length === 0;

const shimsOf: (of: { readonly stage: Stage; readonly build: Build }) => readonly FloatingShim[] = remembered(
  ({ stage }) => stage,
  ({ stage, build }) => [...shimsIn(stage, build)],
);

const shimsIn = (stage: Stage, build: Build): readonly FloatingShim[] =>
  callsThroughShims(stage).filter(({ use }) => !choosesVersion(use) && isUndeclared(use, build));

/** Calls of pnpm that corepack has to fetch it for, until the stage or one of its bases sets a version, or may bring pnpm another way. */
export const callsThroughShims: (stage: Stage) => readonly FloatingShim[] = remembered(
  (stage) => stage,
  (stage) => [...callsIn(stage)],
);

function* callsIn(stage: Stage): Iterable<FloatingShim> {
  const root = chainOf(stage)[0]?.base;
  if (root?.kind !== 'image' || root.facts === undefined) return;
  let shim = stage.base.kind === 'stage' ? shimAfter(stage.base.stage) : undefined;
  for (const { commands } of stage.steps)
    for (const command of commands) {
      shim = shimBehind(command, shim);
      if (shim === 'settled') return;
      if (shim !== undefined && fetches(command)) yield { shim, use: command };
    }
}

/** The shim that a stage leaves; `settled` where what pnpm runs is chosen otherwise. */
const shimAfter: (stage: Stage) => Command | 'settled' | undefined = remembered(
  (stage) => stage.steps,
  ({ base, steps }) => {
    let shim = base.kind === 'stage' ? shimAfter(base.stage) : undefined;
    for (const { commands } of steps) for (const command of commands) shim = shimBehind(command, shim);
    return shim;
  },
);

function shimBehind(command: Command, before: Command | 'settled' | undefined): Command | 'settled' | undefined {
  const { name, invocation } = command;
  if (before === 'settled') return before;
  const supply = supplyOf.pnpm(command);
  if (supply === 'other' || (supply === 'download' && name === 'corepack' && invocation?.manager !== 'pnpm'))
    return 'settled';
  if (invocation?.operation === 'set-version' && invocation.manager === 'pnpm') return 'settled';
  return supply === 'shim' && command.runs === 'always' ? command : before;
}

const working = /^(?:install|add|remove|prune|deploy|fetch|rebuild|run|exec)$/;

function fetches({ name, invocation }: Command): boolean {
  if (invocation?.manager !== 'pnpm' || invocation.version !== undefined || !working.test(invocation.operation))
    return false;
  return name === 'pnpm' || name === 'pnpx' || name === 'corepack';
}

/** A variable says what corepack takes, or that it is to be looked for elsewhere. */
export function choosesVersion({ step: { before } }: Command): boolean {
  const { env, args } = before;
  return ['COREPACK_DEFAULT_TO_LATEST', 'COREPACK_HOME'].some((each) => env.has(each) || args.has(each));
}

const isUndeclared = (command: Command, build: Build): boolean =>
  declaredAbove(command, command.workdir, build)?.manager === 'none';
