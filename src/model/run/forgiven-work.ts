/** Installs and builds after whose failure a RUN goes on as if nothing had happened. */
import { buildCall, succeedsAnyway } from '../../knowledge/index.ts';
import type { ShellCommand } from '../../syntax/index.ts';
import type { Command, Located, Step } from '../build.ts';
import { perStageAlone } from '../per-stage.ts';
import { surelyEndsTheBuild, wordsOf } from '../query.ts';
import { fetchingBuildOf } from './command-calls.ts';
import { commandTitle } from './command-title.ts';

export interface ForgivenWork extends Located {
  readonly command: Command;
  /** Name and subcommand: `npm ci`. */
  readonly name: string;
  /** What takes its failure: what runs in its place (`|| true`), or the command with which the RUN ends. */
  readonly by: Located;
  readonly how: 'alternative' | 'last command';
}

/** Of what is written in a RUN; where a heredoc ends with another command, that has a query of its own. */
export const forgivenWork = perStageAlone<ForgivenWork>(function* ({ reachable, steps }) {
  const doneLater = new Set<string>();
  const found: ForgivenWork[][] = [];
  for (const step of reachable ? steps.toReversed() : []) {
    const lost = step.commands.some(isWork) ? [...forgivenIn(step)] : [];
    found.push(lost.filter(({ command }) => !worksOf(command).some((work) => doneLater.has(work))));
    for (const command of step.commands)
      if (surelyEndsTheBuild(command)) for (const work of worksOf(command)) doneLater.add(work);
  }
  yield* found.toReversed().flat();
});

function* forgivenIn(step: Step): Iterable<ForgivenWork> {
  const alternatives = alternativesIn(step);
  const last = lastThatSucceeds(step);
  for (const [place, command] of step.commands.entries()) {
    const name = isWork(command) ? commandTitle(command) : undefined;
    if (name === undefined) continue;
    const { span, shell } = command;
    const instead = alternatives.get(shell) ?? [];
    const [first] = instead;
    if (first !== undefined && instead.every(doesNothing)) yield { command, span, name, by: first, how: 'alternative' };
    if (first === undefined && last !== undefined && last.asked < place && isLostBefore(last.command, command))
      yield { command, span, name, by: last.command, how: 'last command' };
  }
}

/**
 * What a later command may do once more: the install of a folder, or of an ecosystem whose builds fetch what is missing.
 * `go mod download || true` only fills a cache for `go build`.
 */
function worksOf(command: Command): readonly string[] {
  const { install } = command;
  const fetches = fetchingBuildOf(command)?.ecosystem;
  if (fetches !== undefined) return [fetches];
  if (install === undefined || install.adds.length > 0) return [];
  if (install.node) return install.directory === undefined ? [] : [`${install.manager} ${install.directory}`];
  return mayBeFetchedByBuilds.has(install.manager) ? [install.manager] : [];
}

const mayBeFetchedByBuilds: ReadonlySet<string> = new Set(['go', 'cargo', 'gradle', 'maven', 'sbt', 'nuget']);

/** What a stage is there for. `tsc` writes what it compiles all the same where types do not fit. */
function isWork(command: Command): boolean {
  const { install, invocation, shell } = command;
  if (shell.background || shell.piped !== undefined || shell.within !== undefined) return false;
  if (install !== undefined) return invocation?.global !== true;
  return buildCall(wordsOf(command), invocation) !== undefined && !wordsOf(command).includes('tsc');
}

/** What runs after the failure of a command, by that. */
function alternativesIn({ commands }: Step): ReadonlyMap<ShellCommand, readonly Command[]> {
  const found = new Map<ShellCommand, Command[]>();
  for (const command of commands)
    for (const guard of command.shell.guards)
      for (const test of guard.kind === 'status' && guard.outcome === 'failure' ? guard.tests : [])
        if (found.get(test)?.push(command) === undefined) found.set(test, [command]);
  return found;
}

/** `until npm ci; do sleep 5; done` tries again. */
const doesNothing = ({ name, arguments: words, shell }: Command): boolean =>
  !shell.guards.some(({ kind }) => kind === 'loop') &&
  (name === 'true' || name === ':' || name === 'echo' || name === 'printf' || (name === 'exit' && words[0] === '0'));

interface LastCommand {
  readonly command: Command;
  /** The place of the last one that asks how others have ended, -1 where none does. */
  readonly asked: number;
}

/** The command with which a RUN ends, where that succeeds whatever went wrong before it: `npm ci; exit 0`. */
function lastThatSucceeds({ script, instruction, commands }: Step): LastCommand | undefined {
  if (script === undefined || script.errexit || script.interpreter !== 'posix') return undefined;
  if (instruction.keyword !== 'RUN' || instruction.heredocs.length > 0) return undefined;
  const command = commands.findLast(({ shell }) => shell.within === undefined);
  if (command?.name === undefined || command.shell.guards.length > 0) return undefined;
  const { name, arguments: words } = command;
  const succeeds = name === 'exit' ? words[0] === '0' : succeedsAnyway(name, words);
  return succeeds ? { command, asked: commands.findLastIndex(asksForStatus) } : undefined;
}

const isLostBefore = (last: Command, { shell }: Command): boolean =>
  shell !== last.shell &&
  shell.failure === 'open' &&
  shell.guards.every((guard) => guard.kind === 'status' && guard.expected === true && guard.outcome === 'success');

/** `status=$?`, `exit 1` where something is missing. */
const asksForStatus = ({ name, arguments: words, shell }: Command): boolean =>
  (name === 'exit' && words[0] !== '0') ||
  [...shell.words, ...shell.assignments.map(({ value }) => value)].some(({ parts }) =>
    parts.some((part) => part.kind === 'parameter' && part.name === '?'),
  );
