/** Variables for a bundler that are set where nothing is bundled. */
import { type BuildVariable, buildVariable } from '../knowledge/index.ts';
import type { Build, Command, Stage, Value } from './build.ts';
import { chainOf } from './query.ts';
import { startingProgram } from './start.ts';

export interface LateBuildVariable {
  readonly target: Stage;
  readonly name: string;
  readonly value: Value;
  readonly reads: BuildVariable;
  /** The build that has not seen it. */
  readonly build: Command;
}

/**
 * ENV of a ship target for a bundler that has already run: each build that the target's files come from ran
 * without the variable. Silent when a script starts the container, for it may put the value in.
 */
export function* lateBuildVariables(build: Build): Iterable<LateBuildVariable> {
  for (const target of build.targets) {
    if (startsByScript(target)) continue;
    const builds = buildCommands(build, target);
    const [first] = builds;
    if (first === undefined) continue;
    const steps = chainOf(target).flatMap((stage) => stage.steps);
    for (const [name, value] of target.result.env) {
      const reads = buildVariable(name);
      if (reads === undefined || value.text === '' || builds.some((command) => sees(command, name))) continue;
      if (steps.some(({ span }) => span.line <= value.span.line && value.span.endLine <= span.endLine))
        yield { target, name, value, reads, build: first };
    }
  }
}

/** Commands that run a script or tool named build, in the stages that a target needs. */
function buildCommands(build: Build, target: Stage): readonly Command[] {
  const needed = new Set([target]);
  for (const stage of needed) for (const { from, to } of build.edges) if (to === stage) needed.add(from);
  return [...needed].flatMap((stage) =>
    stage.steps.flatMap((step) =>
      step.commands.filter(
        ({ name, invocation, arguments: words }) =>
          /(^|:)build($|:)/.test(invocation?.script ?? '') ||
          (words.includes('build') && (invocation?.operation === 'exec' || bundlers.has(name ?? ''))),
      ),
    ),
  );
}

const bundlers: ReadonlySet<string> = new Set([
  'vite',
  'next',
  'react-scripts',
  'vue-cli-service',
  'gatsby',
  'expo',
  'turbo',
  'nx',
]);

function sees({ step, shell }: Command, name: string): boolean {
  const { env, args } = step.before;
  return env.has(name) || args.has(name) || shell.environment.some((assignment) => assignment.name === name);
}

function startsByScript(target: Stage): boolean {
  // The entrypoint of the nginx image runs what lies in these folders, and fills templates with the environment.
  const { rootfs } = target.result;
  if (['/docker-entrypoint.d', '/etc/nginx/templates'].some((path) => rootfs.under(path).length > 0)) return true;
  const words = startingProgram(target)?.words ?? [];
  const { entrypoint } = target.result;
  return [...words, ...(entrypoint?.words ?? [])].some(
    (word) => word !== undefined && /\.sh$|^(.*\/)?(sh|bash|ash|envsubst)$|entrypoint/.test(word),
  );
}
