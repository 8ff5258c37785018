/** Variables for a bundler that are set where nothing is bundled. */
import { type BuildVariable, buildVariable } from '../../knowledge/index.ts';
import type { Instruction } from '../../syntax/index.ts';
import type { Build, Command, Located, Stage } from '../build.ts';
import { join } from '../files/path.ts';
import { chainOf, originOf } from '../query.ts';
import { remembered } from '../remembered.ts';
import { fileEffectsOf } from '../run/command-calls.ts';
import { launchOf } from '../start/launch.ts';
import { purposeOf, startingProgram } from '../start/start.ts';
import { references } from '../state/references.ts';

export interface LateBuildVariable {
  readonly target: Stage;
  readonly name: string;
  /** Where it is set or declared. */
  readonly at: Located;
  /** `global`: an ARG before the first FROM, which no stage sees without declaring it. */
  readonly by: 'ENV' | 'ARG' | 'global';
  readonly reads: BuildVariable;
  /** The build that has not seen it. */
  readonly build: Command;
}

/**
 * ENV of a ship target and ARG of any stage for a bundler that has already run: each build that the target's files
 * come from ran without the variable. Silent when a script starts the container, for it may put the value in, and for
 * development servers, which bundle when they run.
 */
export function* lateBuildVariables(build: Build): Iterable<LateBuildVariable> {
  for (const target of build.targets) {
    const needed = stagesFor(build, target);
    const builds = needed.flatMap(buildCommands);
    const [first] = builds;
    if (first === undefined) continue;
    const told = new Set<string>();
    const found = startsByScript(target) ? declared(build, needed) : [...settings(target), ...declared(build, needed)];
    for (const { name, at, by } of found) {
      const reads = buildVariable(name);
      if (reads === undefined || told.has(name) || builds.some((command) => sees(command, name, build))) continue;
      told.add(name);
      yield { target, name, at, by, reads, build: first };
    }
  }
}

type Setting = Pick<LateBuildVariable, 'name' | 'at' | 'by'>;

/** What the file itself puts into the environment of the containers. */
function* settings(target: Stage): Iterable<Setting> {
  const steps = chainOf(target).flatMap((stage) => stage.steps);
  for (const [name, value] of target.result.env)
    if (
      value.text !== '' &&
      steps.some(({ span }) => span.line <= value.span.line && value.span.endLine <= span.endLine)
    )
      yield { name, at: value, by: 'ENV' };
}

/** Arguments that no command can read where they are declared, and those that no stage declares for itself. */
function* declared(build: Build, stages: readonly Stage[]): Iterable<Setting> {
  const [first] = build.stages;
  for (const instruction of build.file.instructions) {
    if (first === undefined || instruction.span.line >= first.from.span.line) break;
    for (const { name, at } of argumentsOf(instruction))
      if (!build.stages.some(({ result }) => result.args.has(name) || result.env.has(name)))
        yield { name, at, by: 'global' };
  }
  yield* stages.flatMap(declaredInVain);
}

/** Arguments of a stage that none of its commands can read, found from its end on. */
const declaredInVain: (stage: Stage) => readonly Setting[] = remembered(
  (stage) => stage,
  ({ steps }) => {
    const found: (readonly Setting[])[] = [];
    const read = new Set<string>();
    for (const { instruction, commands } of steps.toReversed()) {
      const inVain = [...argumentsOf(instruction)].filter(
        ({ name }) => buildVariable(name) !== undefined && !read.has(name),
      );
      if (inVain.length > 0) found.push(inVain.map(({ name, at }): Setting => ({ name, at, by: 'ARG' })));
      if (commands.some(mayBundle)) break;
      for (const name of [...references(instruction), ...valuesRead(instruction)]) read.add(name);
    }
    return found.reverse().flat();
  },
);

function* argumentsOf(instruction: Instruction): Iterable<{ readonly name: string; readonly at: Located }> {
  if (instruction.keyword !== 'ARG') return;
  for (const pair of instruction.pairs) if (pair.name.text !== undefined) yield { name: pair.name.text, at: pair };
}

const valuesRead = (instruction: Instruction): readonly string[] =>
  instruction.keyword === 'ENV' || instruction.keyword === 'ARG' || instruction.keyword === 'LABEL'
    ? instruction.pairs.flatMap(({ value }) => value?.references ?? [])
    : [];

/** Scripts of package.json and programs that are not known. */
const mayBundle = (command: Command): boolean =>
  command.invocation === undefined
    ? fileEffectsOf(command) !== 'none'
    : command.invocation.script !== undefined || command.invocation.operation === 'exec';

/** A target and the stages that it needs. */
function stagesFor(build: Build, target: Stage): readonly Stage[] {
  const needed = new Set([target]);
  for (const stage of needed) for (const { from, to } of build.edges) if (to === stage) needed.add(from);
  return [...needed];
}

/** Commands that run a script or tool named build. */
const buildCommands: (stage: Stage) => readonly Command[] = remembered(
  (stage) => stage,
  ({ steps }) =>
    steps.flatMap(({ commands }) =>
      commands.filter(
        ({ name, invocation, arguments: words }) =>
          /(^|:)build($|:)/.test(invocation?.script ?? '') ||
          (words.includes('build') && (invocation?.operation === 'exec' || bundlers.has(name ?? ''))),
      ),
    ),
);

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

function sees({ step, shell, workdir }: Command, name: string, { context }: Build): boolean {
  const { env, args, rootfs } = step.before;
  if (env.has(name) || args.has(name) || shell.environment.some((assignment) => assignment.name === name)) return true;
  const { instruction } = step;
  if (instruction.keyword === 'RUN' && instruction.mounts.some((mount) => mount.env?.text === name)) return true;
  // Bundlers read it from there, too.
  return ['.env', '.env.local', '.env.production', '.env.production.local'].some((file) => {
    const { change } = rootfs.stat(join(workdir ?? '/', file));
    const content = change === undefined ? undefined : originOf(change).content;
    const text = content?.kind === 'context' ? context.read(content.path) : undefined;
    return text?.split('\n').some((line) => line.replace(/^\s*(?:export\s+)?/, '').startsWith(`${name}=`)) === true;
  });
}

function startsByScript(target: Stage): boolean {
  // The entrypoint of the nginx image runs what lies in these folders, and fills templates with the environment.
  const { rootfs } = target.result;
  if (['/docker-entrypoint.d', '/etc/nginx/templates'].some((path) => rootfs.under(path).length > 0)) return true;
  if (purposeOf(target) === 'development') return true;
  const commands = launchOf(target)?.commands ?? [];
  if (commands.some(({ words: [program] }) => program === 'envsubst')) return true;
  const words = startingProgram(target)?.words ?? [];
  const { entrypoint } = target.result;
  return [...words, ...(entrypoint?.words ?? [])].some(
    (word) => word !== undefined && /\.sh$|^(.*\/)?(sh|bash|ash|envsubst)$|entrypoint/.test(word),
  );
}
