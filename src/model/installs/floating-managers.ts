/** Package managers that come in whatever version there is on the day of the build. */
import { isManagerPackage, type PackageManager, packageWord } from '../../knowledge/index.ts';
import type { Build, Command, Install, Located } from '../build.ts';
import { chainOf, installsIn } from '../query.ts';
import { writtenCommands } from '../run/written-commands.ts';
import { declaredAbove } from './declared-manager.ts';
import { floatingShims } from './floating-shims.ts';
import { movingPackages, wordOf } from './moving-packages.ts';

export interface FloatingManager {
  /** Where the version should stand. */
  readonly at: Located;
  /** `pnpm`, `npm@next`; `@latest` goes without saying. */
  readonly manager: string;
  /** The program that gets it: `npm`, `corepack`. */
  readonly by: string;
  /** A call that makes corepack fetch it, as no package.json above it tells the version. */
  readonly use?: Command;
  /** The version that the project declares, which the manager goes on to fetch and run by itself. */
  readonly declared?: string;
  /** It moves hardly: Yarn 1 has no new releases, and corepack fetches what it is told. */
  readonly settled?: true;
}

/** In the order of their kinds: packages, versions that are set, shims. */
export function* floatingManagers(build: Build): Iterable<FloatingManager> {
  for (const { kind, command, call, packages, first } of movingPackages(build)) {
    if (kind !== 'manager') continue;
    const names = packages.map((written) => packageWord(written)?.name);
    const declared = names.length === 1 && names[0] === 'pnpm' ? declaredFor('pnpm', command, build) : undefined;
    yield {
      at: first,
      manager: packages.map(withoutLatest).join(', '),
      by: call.manager,
      ...(declared === undefined ? {} : { declared }),
      ...(names.every((name) => name === 'yarn' || name === 'corepack') ? { settled: true } : {}),
    };
  }
  for (const command of writtenCommands(build)) {
    const found = setVersion(command, build) ?? runOnce(command);
    if (found !== undefined) yield found;
  }
  for (const { shim, use } of floatingShims(build)) yield { at: shim, manager: 'pnpm', by: 'corepack', use };
}

const withoutLatest = (word: string): string => word.replace(/@latest$/, '');

/** `corepack prepare pnpm@latest --activate`, `yarn set version stable`, `pnpm self-update`. */
function setVersion(command: Command, build: Build): FloatingManager | undefined {
  const { invocation: call, name, arguments: words } = command;
  if (call?.operation !== 'set-version' || words.includes(undefined)) return undefined;
  const known = words.filter((word) => word !== undefined);
  if (name === 'corepack') {
    const word = known.find((each) => isManagerPackage(packageWord(each)?.name));
    if (word === undefined || packageWord(word)?.version !== 'moving') return undefined;
    // What `prepare` activates is for projects that declare nothing.
    if (call.subcommand !== 'use' && declaredFor(call.manager, command, build) !== undefined) return undefined;
    return { at: wordOf(command, word), manager: withoutLatest(word), by: 'corepack' };
  }
  if (call.manager === 'yarn') {
    const tag = known.find((word) => /^(?:berry|stable|latest|canary)$/.test(word));
    return tag === undefined || call.subcommand === 'policies'
      ? undefined
      : { at: wordOf(command, tag), manager: `yarn ${tag}`, by: 'yarn' };
  }
  return call.subcommand === 'self-update' && known.length === 1
    ? { at: command, manager: 'pnpm', by: 'pnpm' }
    : undefined;
}

/** `npx pnpm install`, where no pnpm has come before; images of Node.js bring Yarn 1. */
function runOnce(command: Command): FloatingManager | undefined {
  const { invocation: call, name, step } = command;
  if (name !== 'npx' || call === undefined || call.version !== undefined) return undefined;
  if (call.manager !== 'pnpm' && call.manager !== 'bun') return undefined;
  const root = chainOf(step.stage)[0]?.base;
  if (root?.kind !== 'image' || root.facts === undefined || step.before.managers.size > 0) return undefined;
  return { at: wordOf(command, call.manager), manager: call.manager, by: 'npx' };
}

/** What the manifests declare that this manager installs after `command`; undefined where one of them does not. */
function declaredFor(manager: PackageManager, command: Command, build: Build): string | undefined {
  const { stage } = command.step;
  const installs: Install[] = [];
  for (const install of installsIn(build))
    if (install.manager === manager && chainOf(install.command.step.stage).includes(stage)) installs.push(install);
  const declared = installs.map((install) => declaredAbove(install.command, install.directory, build));
  const [first] = declared;
  return declared.every((each) => each?.manager === manager) ? first?.version : undefined;
}
