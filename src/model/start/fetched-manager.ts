/** Ship targets whose container downloads its package manager when it starts, because corepack has not got it yet. */
import { corepackHome, corepackPlaces, type ShimmedManager, shimmedManager } from '../../knowledge/index.ts';
import { homeOf } from '../accounts/homes.ts';
import type { Build, Command, Stage, State, Step } from '../build.ts';
import { isUntouched } from '../files/base-files.ts';
import { resolve } from '../files/path.ts';
import { chainOf } from '../query.ts';
import { supplyOf } from '../run/command-calls.ts';
import { variablesOf } from '../state/environment.ts';
import { type LaunchedCommand, launchOf } from './launch.ts';

export interface FetchedManager {
  readonly target: Stage;
  readonly command: LaunchedCommand;
  readonly manager: ShimmedManager;
  /** `corepack enable`. */
  readonly shim: Command;
  /** The command that downloads it for somebody with another home. */
  readonly fetchedFor?: Command;
}

/** Only where all ways are known by which the manager may come into the image. */
export function* fetchedManagers(build: Build): Iterable<FetchedManager> {
  for (const target of build.targets) {
    const chain = chainOf(target);
    const base = chain[0]?.base;
    if (base?.kind !== 'image' || base.openTag === true || base.facts?.tools.includes('corepack') !== true) continue;
    const command = launchOf(target)?.commands.find(({ runs, words }) => runs === 'always' && words.length > 0);
    const manager = shimmedManager(command?.words[0] ?? '');
    if (command === undefined || manager === undefined || bringsItsOwn(manager, command, target)) continue;
    const supply = suppliesOf(chain, manager);
    if (supply === undefined || supply.downloads.some(({ step }) => mayShareHome(step, target))) continue;
    if (mayBeCopied(target) || (supply.downloads.length > 0 && isMoved(target.result))) continue;
    const [fetchedFor] = supply.downloads;
    yield { target, command, manager, shim: supply.shim, ...(fetchedFor === undefined ? {} : { fetchedFor }) };
  }
}

interface Supplies {
  readonly shim: Command;
  readonly downloads: readonly Command[];
}

/** Undefined where there is no shim, or where the manager may come another way. */
function suppliesOf(chain: readonly Stage[], manager: ShimmedManager): Supplies | undefined {
  let shim: Command | undefined;
  const downloads: Command[] = [];
  for (const step of chain.flatMap(({ steps }) => steps)) {
    const { instruction } = step;
    if (instruction.keyword === 'RUN' && step.script === undefined && step.commands.length === 0) return undefined;
    for (const command of step.commands) {
      const supply = supplyOf[manager](command);
      if (supply === 'other' || (supply === 'shim' && command.runs !== 'always')) return undefined;
      if (supply === 'shim') shim = command;
      else if (supply === 'download') downloads.push(command);
    }
  }
  return shim === undefined ? undefined : { shim, downloads };
}

/** Yarn 2+ may stand in the project: `yarnPath` of .yarnrc.yml. */
const bringsItsOwn = (manager: ShimmedManager, { workdir }: LaunchedCommand, { result }: Stage): boolean =>
  manager === 'yarn' && (workdir === undefined || !isUntouched(result.rootfs.stat(resolve(workdir, '.yarnrc.yml'))));

const homeIn = (state: State, stage: Stage): string => homeOf(state, variablesOf(state, true), stage);

/** A number of which nothing is known has the home that /etc/passwd gives it, which may be that of any account. */
function mayShareHome(then: Step, target: Stage): boolean {
  const { result } = target;
  const homes = [homeIn(then.before, then.stage), homeIn(result, target)];
  return (
    homes[0] === homes[1] ||
    homes.includes('/') ||
    [then.before, result].some(({ user }) => user.identity !== 'root' && user.name === undefined) ||
    corepackPlaces.some((name) => then.before.env.has(name) || then.before.args.has(name))
  );
}

const isMoved = ({ env }: State): boolean => corepackPlaces.some((name) => env.has(name));

const mayBeCopied = (target: Stage): boolean => {
  const { result } = target;
  const places = corepackPlaces.flatMap((name) => (result.env.has(name) ? [result.env.get(name)?.text] : []));
  return (places.length === 0 ? [corepackHome(homeIn(result, target))] : places).some(
    (place) => place === undefined || !place.startsWith('/') || !isUntouched(result.rootfs.stat(place)),
  );
};
