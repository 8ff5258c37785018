/** Package managers that do not run on the Node.js of their image. */
import {
  corepacksWithoutKey,
  isSignedAnew,
  type ManagerEngine,
  managerEngine,
  packageWord,
  rangeIntervals,
  versionInterval,
} from '../../knowledge/index.ts';
import type { Build, Command, Located, Stage } from '../build.ts';
import { perStageAlone } from '../per-stage.ts';
import { chainOf, surelyEndsTheBuild } from '../query.ts';
import { declaredAbove } from './declared-manager.ts';
import { callsThroughShims, choosesVersion } from './floating-shims.ts';
import { wordOf } from './moving-packages.ts';
import { nodeIn } from './node-engines.ts';

export interface RefusedManager extends ManagerEngine, Located {
  readonly manager: string;
  /** As far as the image tells: `20`, `22.12.0`. */
  readonly node: string;
  /** The stage whose FROM names the image. */
  readonly root: Stage;
  /** `call`: it says so and stops; `install`: npm does not let itself be replaced by it. */
  readonly at: 'call' | 'install';
}

export interface RefusedDownload extends Located {
  readonly node: string;
  readonly root: Stage;
  /** `corepack enable`, where a call of pnpm makes corepack fetch it. */
  readonly shim?: Command;
}

/** The first pnpm of each stage that corepack does not take from the registry, as it does not know the key that signs it. */
export const refusedDownloads = perStageAlone<RefusedDownload>(function* (stage) {
  const node = stage.reachable ? nodeIn(stage) : undefined;
  if (node === undefined || !isWithin(node.version, corepacksWithoutKey) || chainOf(stage).some(mayChangeCorepack))
    return;
  const shims = new Map(callsThroughShims(stage).map(({ use, shim }) => [use, shim]));
  for (const command of stage.steps.flatMap(({ commands }) => commands)) {
    const shim = shims.get(command);
    const fetched = shim !== undefined && !choosesVersion(command);
    if ((!fetched && !prepares(command)) || !surelyEndsTheBuild(command)) continue;
    yield { span: command.span, node: node.version, root: node.root, ...(shim === undefined ? {} : { shim }) };
    return;
  }
});

/** `corepack prepare pnpm@10.8.0 --activate`. */
function prepares({ name, invocation, arguments: words }: Command): boolean {
  if (name !== 'corepack' || invocation?.operation !== 'set-version' || invocation.manager !== 'pnpm') return false;
  return words.some((word) => isSignedAnew(/^pnpm@(.+)$/.exec(word ?? '')?.[1] ?? ''));
}

/** A newer corepack is installed, or its keys are given. */
const mayChangeCorepack = ({ steps, result }: Stage): boolean =>
  result.env.has('COREPACK_INTEGRITY_KEYS') ||
  result.env.has('COREPACK_NPM_REGISTRY') ||
  steps.some(({ commands }) =>
    commands.some(
      ({ invocation, shell }) =>
        invocation?.packages.some((each) => packageWord(each)?.name === 'corepack') === true ||
        shell.environment.some(({ name }) => name.startsWith('COREPACK_')),
    ),
  );

function isWithin(version: string, range: string): boolean {
  const is = versionInterval(version);
  return is !== undefined && rangeIntervals(range)?.some(({ low, high }) => low <= is.low && is.high <= high) === true;
}

/** The first of each stage: the build does not get further. */
export const refusedManagers = perStageAlone<RefusedManager>(function* (stage, build) {
  const node = stage.reachable ? nodeIn(stage) : undefined;
  if (node === undefined) return;
  for (const { commands } of stage.steps)
    for (const command of commands) {
      const found = surelyEndsTheBuild(command) ? (installed(command) ?? called(command, build)) : undefined;
      const refused = found?.engines.find(({ range }) => !runsOn(range, node.version));
      if (found === undefined || refused === undefined) continue;
      const { manager, at, span } = found;
      yield { ...refused, manager, at, span, node: node.version, root: node.root };
      return;
    }
});

interface Found extends Located, Pick<RefusedManager, 'manager' | 'at'> {
  readonly engines: readonly ManagerEngine[];
}

/** `npm install -g npm@latest`. */
function installed(command: Command): Found | undefined {
  const { invocation: call } = command;
  if (call?.manager !== 'npm' || call.operation !== 'add' || !call.global || forces(command)) return undefined;
  const written = call.packages.find((each) => packageWord(each)?.name === 'npm');
  const version = written === undefined ? undefined : /^npm@(.+)$/.exec(written)?.[1];
  const engine = managerEngine('npm', version);
  if (written === undefined || engine === undefined) return undefined;
  return { manager: 'npm', at: 'install', span: wordOf(command, written).span, engines: [engine] };
}

/** What the Dockerfile has chosen runs first, and then perhaps what the project declares. */
function called(command: Command, build: Build): Found | undefined {
  const { install, step, span } = command;
  const manager = install?.manager;
  if (install === undefined || (manager !== 'pnpm' && manager !== 'yarn')) return undefined;
  if (manager === 'yarn' && step.before.env.has('YARN_IGNORE_NODE')) return undefined;
  const declared = declaredAbove(command, install.directory, build);
  const versions = [step.before.managers.get(manager), declared?.manager === manager ? declared.version : undefined];
  const engines = versions.flatMap((version) => managerEngine(manager, version) ?? []);
  return engines.length === 0 ? undefined : { manager, at: 'call', span, engines };
}

const forces = ({ arguments: words }: Command): boolean =>
  words.some((word) => word === undefined || word === '--force' || word === '-f');

function runsOn(range: string, node: string): boolean {
  const is = versionInterval(node);
  const allowed = rangeIntervals(range);
  return is === undefined || allowed === undefined || allowed.some(({ low, high }) => low < is.high && is.low < high);
}
