/** Compilers and their kin in what ships. */
import { type BuildToolKind, buildToolKind } from '../../knowledge/index.ts';
import type { Build, Command, Stage } from '../build.ts';
import { type SystemPackage, systemPackages } from '../installs/system-packages.ts';
import { chainOf } from '../query.ts';
import { remembered } from '../remembered.ts';
import { buildCallOf } from '../run/command-calls.ts';
import { purposeOf } from '../start/start.ts';
import { globalBuildTools } from './node-build-tools.ts';
import { buildsAtStart, installsProgram, shipsApplication } from './ships-application.ts';

export interface ShippedBuildTools {
  readonly target: Stage;
  /** The one command that installs them. */
  readonly installedBy: Command;
  readonly packages: readonly { readonly name: string }[];
  /** The most telling of them. */
  readonly kind: BuildToolKind;
  /** `layer`: a later instruction removes them, and they stay in the layer. */
  readonly where: 'rootfs' | 'layer';
  readonly removedBy?: Command;
  /** A later command of the same chain that is known to compile. */
  readonly usedBy?: Command;
  /** The base image has a compiler anyway. */
  readonly baseHasCompiler: boolean;
}

/** Build tools in each ship target that holds an application, by the command that installs them. */
export function* shippedBuildTools(build: Build): Iterable<ShippedBuildTools> {
  for (const target of build.targets) {
    if (purposeOf(target, build.path) !== 'runtime' || !shipsApplication(build, target) || buildsAtStart(target))
      continue;
    for (const tools of globalBuildTools(build, target))
      yield { target, ...tools, kind: 'helper', where: 'rootfs', baseHasCompiler: false };
    const byCommand = new Map<string, SystemPackage[]>();
    for (const found of systemPackages(target)) {
      if (buildToolKind(found.name, found.manager) === undefined || found.presence === 'unknown') continue;
      const { installedBy, removedBy } = found;
      if (removedBy?.step === installedBy.step) continue;
      const key = `${installedBy.step.span.line} ${installedBy.shell.index} ${found.presence}`;
      const others = byCommand.get(key);
      if (others === undefined) byCommand.set(key, [found]);
      else others.push(found);
    }
    const base = chainOf(target)[0]?.base;
    const baseHasCompiler = base?.kind === 'image' && base.facts?.tools.includes('gcc') === true;
    for (const packages of byCommand.values()) {
      const [first] = packages;
      if (first === undefined) continue;
      const { installedBy, removedBy } = first;
      const kinds = new Set(packages.map(({ name, manager }) => buildToolKind(name, manager)));
      const usedBy = firstUsers(target).get(installedBy);
      yield {
        target,
        installedBy,
        packages,
        kind: kinds.has('compiler') ? 'compiler' : kinds.has('helper') ? 'helper' : 'headers',
        where: removedBy === undefined ? 'rootfs' : 'layer',
        baseHasCompiler,
        ...(removedBy === undefined ? {} : { removedBy }),
        ...(usedBy === undefined ? {} : { usedBy }),
      };
    }
  }
}

/** By command, what comes after it and may need a compiler: a build first of all, then what a manifest names, then named packages. */
const firstUsers: (target: Stage) => ReadonlyMap<Command, Command> = remembered(
  (target) => target,
  (target) => {
    const all = chainOf(target).flatMap((stage) => stage.steps.flatMap((step) => step.commands));
    const users = new Map<Command, Command>();
    let [build, install, addition]: readonly (Command | undefined)[] = [];
    for (const command of all.toReversed()) {
      const user = build ?? install ?? addition;
      if (user !== undefined) users.set(command, user);
      if (compiles(command)) build = command;
      else if (command.install !== undefined) install = command;
      else if (addsPackages(command)) addition = command;
    }
    return users;
  },
);

const compiles = (command: Command): boolean =>
  buildCallOf(command)?.standsAlone === true ||
  command.invocation?.operation === 'rebuild' ||
  /^(?:docker-php-ext-install|pecl|node-gyp)$/.test(command.name ?? '');

const addsPackages = (command: Command): boolean => {
  const { name, arguments: words, invocation } = command;
  return (
    (invocation?.operation === 'add' && (!invocation.global || installsProgram(command))) ||
    (/^(?:pip[\d.]*|gem)$/.test(name ?? '') && words.includes('install')) ||
    (/^python[\d.]*$/.test(name ?? '') && words[1] === 'pip')
  );
};
