/** What system packages the file system of a stage holds, as far as its own instructions install them. */

import type { SystemManager } from '../../knowledge/index.ts';
import type { Command, Located, Presence, Stage } from '../build.ts';
import { remembered } from '../remembered.ts';
import { systemPackageCallOf } from '../run/command-calls.ts';

export interface SystemPackage extends Located {
  readonly name: string;
  readonly version?: string;
  readonly manager: SystemManager;
  /** The command that installs it; the place of this package is its word in it. */
  readonly installedBy: Command;
  /** In the final file system of the stage. */
  readonly presence: Presence;
  /** The command that takes it away again, certainly or perhaps. */
  readonly removedBy?: Command;
}

interface Held {
  readonly package: SystemPackage;
  readonly virtual?: string;
}

/** The system packages that the instructions of a stage and of the stages it is based on install, in their order. */
export const systemPackages: (stage: Stage) => readonly SystemPackage[] = remembered(
  (stage) => stage,
  (stage) => heldBy(stage).map((entry) => entry.package),
);

const heldBy: (stage: Stage) => readonly Held[] = remembered(
  (stage) => stage,
  ({ base, steps }) => {
    const held: Held[] = base.kind === 'stage' ? [...heldBy(base.stage)] : [];
    for (const { commands } of steps) for (const command of commands) apply(command, held);
    return held;
  },
);

function apply(command: Command, held: Held[]): void {
  const call = systemPackageCallOf(command);
  if (call === undefined || call.operation === 'update-index') return;
  const { manager, virtual } = call;
  if (call.operation === 'install') {
    const places = new Map<string | undefined, Located>(
      command.shell.words.toReversed().map((word) => [word.text, word]),
    );
    for (const { name, version, written } of call.packages) {
      const word = places.get(written) ?? command;
      const presence = command.runs === 'always' ? 'present' : 'unknown';
      const common = { name, manager, installedBy: command, presence, span: word.span } as const;
      held.push({
        package: version === undefined ? common : { ...common, version },
        ...(virtual === undefined ? {} : { virtual }),
      });
    }
  } else {
    const gone = new Set(call.packages.map(({ name }) => name));
    for (const [at, entry] of held.entries()) {
      if (entry.package.manager !== manager || entry.package.presence === 'absent') continue;
      const named = gone.has(entry.package.name) || (entry.virtual !== undefined && gone.has(entry.virtual));
      // `apt-mark auto`, in the manner of Docker's official images, leaves open what an autoremove takes.
      const perhaps = call.open || (call.autoremove && marksAutomatic(command));
      if (!named && !perhaps) continue;
      const presence = named && command.runs === 'always' ? 'absent' : 'unknown';
      held[at] = { ...entry, package: { ...entry.package, presence, removedBy: command } };
    }
  }
}

const marksAutomatic = ({ step }: Command): boolean =>
  step.commands.some(({ name, arguments: words }) => name === 'apt-mark' && words[0] === 'auto');
