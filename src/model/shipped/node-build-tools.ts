/** Build tools that `npm install -g` leaves in what ships, and that nothing there calls. */
import { nodeBuildTool } from '../../knowledge/index.ts';
import type { Build, Command, Stage } from '../build.ts';
import { chainOf } from '../query.ts';
import { launchOf } from '../start/launch.ts';
import { scriptBehind } from '../start/manifest-script.ts';

export interface GlobalTools {
  readonly installedBy: Command;
  readonly packages: readonly { readonly name: string }[];
}

/** By the command that installs them, where no later command of the chain builds or takes packages away. */
export function* globalBuildTools(build: Build, target: Stage): Iterable<GlobalTools> {
  const commands = chainOf(target).flatMap((stage) => stage.steps.flatMap((step) => step.commands));
  const last = commands.findLastIndex((command) => mayUseTools(command));
  const started = startedText(build, target);
  if (started === undefined) return;
  for (const installedBy of commands.slice(last + 1)) {
    const { invocation, runs } = installedBy;
    if (invocation?.operation !== 'add' || !invocation.global || runs !== 'always') continue;
    const packages = invocation.packages
      .map(nodeBuildTool)
      .filter((tool) => tool !== undefined)
      .filter(({ programs }) => !programs.some((program) => started.has(program)));
    if (packages.length > 0) yield { installedBy, packages };
  }
}

/** Runs programs or scripts of the project, or something that is not known. */
const mayUseTools = ({ name, invocation, arguments: words }: Command): boolean =>
  name === undefined ||
  nodeBuildTool(name) !== undefined ||
  (invocation !== undefined &&
    (invocation.operation === 'run' ||
      invocation.operation === 'exec' ||
      words.some((word) => word !== undefined && removals.has(word))));

/** How package managers call it that a package is taken away. */
const removals: ReadonlySet<string> = new Set(['uninstall', 'remove', 'rm', 'un', 'r']);

/** The words that containers start with, scripts of package.json opened; undefined where a script decides. */
function startedText(build: Build, target: Stage): ReadonlySet<string> | undefined {
  const launch = launchOf(target);
  if (launch === undefined || launch.entrypoint === 'script') return undefined;
  const words = new Set<string>();
  for (const command of launch.commands) {
    const [program] = command.words;
    if (program === undefined || /\.(?:sh|bash)$|entrypoint/.test(program)) return undefined;
    const script = scriptBehind(command, target, build);
    for (const word of script?.split(/[\s;&|]+/) ?? command.words) if (word !== undefined) words.add(word);
  }
  return words;
}
