/** Commands that are of no use in a RUN. */
import { isNamedByHadolint, type Pointless, pointless, type ServiceCall, serviceCall } from '../../knowledge/index.ts';
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

/** The first of each kind in a RUN. */
export function* pointlessCommands(build: Build): Iterable<PointlessCommand> {
  for (const run of writtenRuns(build)) {
    const seen = new Set<Pointless>();
    for (const command of run.commands) {
      const found = judge(command, run);
      if (found === undefined || seen.has(found.kind)) continue;
      seen.add(found.kind);
      yield found;
    }
  }
}

function judge(command: WrittenCommand, run: WrittenRun): PointlessCommand | undefined {
  const { name, shell, arguments: words } = command;
  const [first] = shell.effective;
  const path = first?.text;
  if (name === undefined || path === undefined || isOwnFunction(name, run)) return undefined;
  const kind = pointless(path, words);
  if (kind === undefined || isOfUse(kind, command, run)) return undefined;
  const service = kind === 'service' ? serviceCall(path, words) : undefined;
  const vain = service?.does === 'starts';
  return {
    span: first?.span ?? command.span,
    name,
    kind,
    ...(vain ? { startsInVain: service.service ?? 'service' } : {}),
    isNamedByHadolint: isNamedByHadolint(path),
  };
}

const isOwnFunction = (name: string, { commands }: WrittenRun): boolean =>
  commands.some(({ shell }) => shell.guards.some((guard) => guard.kind === 'function' && guard.name === name));

/** What the RUN itself has started, mounted or been given makes a command of use that is of none by itself. */
function isOfUse(kind: Pointless, command: WrittenCommand, run: WrittenRun): boolean {
  const { mounts, flags } = run.instruction;
  switch (kind) {
    case 'service':
      return servesTheRest(command, run);
    case 'kill':
      return run.commands.length > 1;
    case 'session':
      return mounts.some(({ type }) => type === 'ssh' || type === 'secret');
    case 'mount':
    case 'network':
      return flags.some(({ name }) => name === 'security');
    case 'look':
      return (
        command.shell.failure === 'absorbed' || run.commands.some(({ name }) => /^p?kill(?:all)?$/.test(name ?? ''))
      );
    default:
      return false;
  }
}

/** Commands that ask nothing of a service. */
const idle: ReadonlySet<string | undefined> = new Set(['true', ':', 'echo', 'printf', 'exit', 'sleep', 'rm']);

/** A service is started for commands after it, or is stopped that the RUN has started. */
function servesTheRest(command: WrittenCommand, { commands }: WrittenRun): boolean {
  const call = callOf(command);
  const at = commands.indexOf(command);
  if (call?.does === 'starts')
    return commands.slice(at + 1).some((later) => callOf(later) === undefined && !idle.has(later.name));
  return commands.slice(0, at).some((earlier) => callOf(earlier)?.does === 'starts');
}

const callOf = ({ shell, arguments: words }: WrittenCommand): ServiceCall | undefined => {
  const path = shell.effective[0]?.text;
  return path === undefined ? undefined : serviceCall(path, words);
};
