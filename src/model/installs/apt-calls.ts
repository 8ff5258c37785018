/** The program `apt`, which is for people at a terminal. */
import type { Build, Command, Located, Span } from '../build.ts';
import { writtenCommands } from '../run/written-commands.ts';

export interface AptCall {
  readonly command: Command;
  /** The word `apt`. */
  readonly at: Located;
  /** What it is told to do, when that is known. */
  readonly verb?: string;
  /** The program that scripts call for it. */
  readonly counterpart: string;
}

/** By apt(8): what of it belongs to apt-cache, and what to dpkg. */
const counterparts: ReadonlyMap<string, string> = new Map([
  ...['search', 'show', 'showsrc', 'policy', 'depends', 'rdepends', 'madison', 'pkgnames'].map(
    (verb) => [verb, 'apt-cache'] as const,
  ),
  ['list', 'dpkg-query'],
]);

/** Each call of `apt`, once. */
export function* aptCalls(build: Build): Iterable<AptCall> {
  const seen = new Set<Span>();
  for (const command of writtenCommands(build)) {
    if (command.name !== 'apt' || seen.has(command.span)) continue;
    seen.add(command.span);
    const verb = command.arguments.find((word) => word !== undefined && /^[a-z]/.test(word));
    const [first] = command.shell.effective;
    const at = command.shell.words.find((word) => word.span === first?.span) ?? command;
    yield {
      command,
      at,
      ...(verb === undefined ? {} : { verb }),
      counterpart: counterparts.get(verb ?? '') ?? 'apt-get',
    };
  }
}
