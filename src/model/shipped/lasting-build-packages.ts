/** Groups of packages that apk is told to keep apart, for their removal, and that nothing removes. */
import type { Build, Command, Located, Stage } from '../build.ts';
import { systemPackages } from '../installs/system-packages.ts';
import { chainOf } from '../query.ts';
import { systemPackageCallOf } from '../run/command-calls.ts';
import { purposeOf } from '../start/start.ts';
import { shippedBuildTools } from './build-tools.ts';

export interface LastingBuildPackages extends Located {
  readonly target: Stage;
  readonly installedBy: Command;
  /** The name of the group. */
  readonly group: string;
  readonly packages: readonly string[];
}

/** What stays for run time is named so: `.memcached-rundeps`. */
const lasting = /run|persist|prod|perm|keep/i;

/** In images that run; those that `shippedBuildTools` tells are left out. */
export function* lastingBuildPackages(build: Build): Iterable<LastingBuildPackages> {
  const told = new Set<Command>();
  for (const target of build.targets) {
    if (purposeOf(target, build.path) !== 'runtime') continue;
    for (const command of chainOf(target).flatMap(({ steps }) => steps.flatMap(({ commands }) => commands))) {
      if (command.name !== 'apk' || command.runs !== 'always' || told.has(command)) continue;
      const call = systemPackageCallOf(command);
      if (call?.operation !== 'install' || call.virtual === undefined || lasting.test(call.virtual)) continue;
      const own = systemPackages(target).filter(({ installedBy }) => installedBy === command);
      if (own.length === 0 || own.some(({ presence, removedBy }) => presence !== 'present' || removedBy !== undefined))
        continue;
      if ([...shippedBuildTools(build)].some(({ installedBy }) => installedBy === command)) continue;
      told.add(command);
      const group = call.virtual;
      const word = command.shell.effective.find(({ text }) => text === group || text === `--virtual=${group}`);
      yield {
        span: (word ?? command).span,
        target,
        installedBy: command,
        group,
        packages: own.map(({ name }) => name),
      };
    }
  }
}
