/** Commands that are of no use in a RUN. */
import {
  backgroundStart,
  isNamedByHadolint,
  type Pointless,
  pointless,
  type ServiceCall,
  serviceCall,
} from '../../knowledge/index.ts';
import type { Located } from '../../syntax/index.ts';
import type { Build } from '../build.ts';
import { type WrittenCommand, type WrittenRun, writtenRuns } from './written-runs.ts';

export interface PointlessCommand extends Located {
  readonly name: string;
  readonly kind: Pointless;
  /** The service that is started, or `service` where its name is not known, although nothing of the RUN uses it. */
  readonly startsInVain?: string;
  readonly isNamedByHadolint: boolean;
}

/** What the RUN does around a command. */
interface Around {
  readonly functions: ReadonlySet<string>;
  /** Index of the last command that may use a service, and of the first that starts one. */
  readonly lastUse: number;
  readonly firstStart: number;
  readonly kills: boolean;
}

/** The first of each kind in a RUN. */
export function* pointlessCommands(build: Build): Iterable<PointlessCommand> {
  for (const run of writtenRuns(build)) {
    const seen = new Set<Pointless>();
    let around: Around | undefined;
    for (const [at, command] of run.commands.entries()) {
      const path = command.shell.effective[0]?.text;
      const kind = path === undefined ? undefined : (pointless(path, command.arguments) ?? daemonOf(command)?.kind);
      if (kind === undefined || seen.has(kind)) continue;
      around ??= aroundIn(run);
      const found = judge(command, at, kind, run, around);
      if (found === undefined) continue;
      seen.add(kind);
      yield found;
    }
  }
}

function judge(
  command: WrittenCommand,
  at: number,
  kind: Pointless,
  run: WrittenRun,
  around: Around,
): PointlessCommand | undefined {
  const { name, shell } = command;
  const [first] = shell.effective;
  if (name === undefined || first?.text === undefined || around.functions.has(name)) return undefined;
  const service = serviceOf(command);
  if (isOfUse(kind, command, run, around)) return undefined;
  const starts = service?.does === 'starts';
  if (kind === 'service' && (starts ? around.lastUse > at : around.firstStart < at)) return undefined;
  return {
    span: first.span,
    name,
    kind,
    ...(starts ? { startsInVain: service.service ?? 'service' } : {}),
    isNamedByHadolint: isNamedByHadolint(first.text),
  };
}

/** What the RUN itself has started, mounted or been given makes a command of use that is of none by itself. */
function isOfUse(
  kind: Pointless,
  command: WrittenCommand,
  { instruction, commands }: WrittenRun,
  around: Around,
): boolean {
  switch (kind) {
    case 'kill':
      return commands.length > 1;
    case 'session':
      return instruction.mounts.some(({ type }) => type === 'ssh' || type === 'secret');
    case 'mount':
    case 'network':
      return instruction.flags.some(({ name }) => name === 'security');
    case 'look':
      return command.shell.failure === 'absorbed' || around.kills;
    default:
      return false;
  }
}

/** Commands that ask nothing of a service. */
const idle: ReadonlySet<string | undefined> = new Set(
  'true : echo printf exit sleep rm mkdir chown chmod cp mv ln touch cat apt-get apt apk yum dnf'.split(' '),
);

function aroundIn({ commands }: WrittenRun): Around {
  const functions = new Set<string>();
  for (const { shell } of commands)
    for (const guard of shell.guards) if (guard.kind === 'function') functions.add(guard.name);
  const first = commands.findIndex((command) => serviceOf(command)?.does === 'starts');
  return {
    functions,
    lastUse: commands.findLastIndex((command) => serviceOf(command) === undefined && !idle.has(command.name)),
    firstStart: first === -1 ? commands.length : first,
    kills: commands.some(({ name }) => /^p?kill(?:all)?$/.test(name ?? '')),
  };
}

const serviceOf = (command: WrittenCommand): ServiceCall | undefined => {
  const { shell, arguments: words } = command;
  const path = shell.effective[0]?.text;
  return path === undefined ? undefined : (serviceCall(path, words) ?? daemonOf(command)?.call);
};

/** A program that ends once it has started a server: `pm2 start`, `mongod --fork`. */
function daemonOf({ shell, arguments: words }: WrittenCommand): { kind: Pointless; call: ServiceCall } | undefined {
  const path = shell.effective[0]?.text;
  const started = path === undefined ? undefined : backgroundStart([path, ...words]);
  return started === undefined ? undefined : { kind: 'service', call: { does: 'starts', service: started.program } };
}
