/** The build of one Dockerfile, for the commands that are about one. */
import { resolve } from 'node:path';
import { type Build, type BuildOptions, createBuild, stageCalled } from '../model/index.ts';
import { harmless, harmlessProse } from '../report/harmless.ts';
import { parseDockerfile } from '../syntax/index.ts';
import { configuredArguments, configuredTargets } from './config/apply.ts';
import { openConfigs } from './config-file.ts';
import { diskTree } from './disk-tree.ts';
import { failureLine } from './failure-line.ts';
import { collectInputs } from './inputs.ts';
import { openProgress } from './progress.ts';
import { openProjects } from './project.ts';
import { decode, type Input, type ReadInput, readInputs, readListed, reasonOf } from './read.ts';
import type { Surroundings } from './surroundings.ts';

export interface FileOptions {
  readonly targets: readonly string[];
  /** As given: `NAME=VALUE` or `NAME`. */
  readonly buildArg: readonly string[];
  /** The build context that was asked for. */
  readonly context?: string;
}

/**
 * The build of the one Dockerfile that a path names, as the options say, else the configuration that applies to it;
 * undefined when it cannot be read, which has been said then.
 */
export async function openBuild(path: string, options: FileOptions, world: Surroundings): Promise<Build | undefined> {
  const input = path === '-' ? await readStandardInput(world) : await readOne(path, world);
  if ('error' in input) {
    world.err(failureLine({ path, message: input.error.message }));
    return undefined;
  }
  const { file } = input;
  const configs = openConfigs({ plugins: false }, world);
  const { applied, loaded } = await configs.configOf(file);
  for (const notice of loaded.notices) world.err(`dflint: ${harmlessProse(notice)}\n`);
  for (const fault of configs.faults) world.err(failureLine(fault));
  const parsed = parseDockerfile(file.text);
  const project = await openProjects(options.context, world)(file, applied.context?.value);
  const given: BuildOptions = {
    path: file.path,
    evidence: project.evidence,
    context: project.context(parsed),
    buildArguments: configuredArguments(applied, options, world.env),
  };
  const configured = options.targets.length === 0 ? applied.targets : undefined;
  const build = createBuild(parsed, { ...given, targets: options.targets });
  if (configured !== undefined) {
    const targets = configuredTargets(file.path, configured, { build }, world.err);
    return targets.length === 0 ? build : createBuild(parsed, { ...given, targets });
  }
  const missing = options.targets.find((name) => stageCalled(name, build.stages) === undefined);
  if (missing === undefined) return build;
  const names = build.stages.map((stage) => stage.name?.raw ?? String(stage.index)).join(', ');
  world.err(`dflint: ${harmless(file.path)}: no stage ${harmless(missing)}; its stages are: ${harmless(names)}\n`);
  return undefined;
}

/** The Dockerfile that a path is or holds, of several that which a build takes by itself; else why none can be told, with those that may be meant. */
async function readOne(path: string, world: Surroundings): Promise<ReadInput> {
  const direct = readInputs(path, world.cwd);
  const [first] = direct;
  if (first !== undefined && direct.length === 1 && ('file' in first || !isFolder(path, world.cwd))) return first;
  const candidates = direct.some((each) => 'file' in each) ? direct : await below(path, world);
  const paths = candidates.flatMap((each) => ('file' in each && !('inline' in each.file) ? [each.file] : []));
  const plain = resolve(world.cwd, path, 'Dockerfile');
  const meant = paths.length === 1 ? paths[0] : paths.find((each) => resolve(world.cwd, each.path) === plain);
  if (meant !== undefined) return readListed(meant);
  if (paths.length === 0) return first ?? { error: { path, message: 'no Dockerfile' } };
  const named = paths.slice(0, mostNamed).map((each) => each.path);
  const more = paths.length > mostNamed ? ', …' : '';
  const message = `holds ${paths.length} Dockerfiles; name the one that is meant: ${named.join(', ')}${more}`;
  return { error: { path, message } };
}

const mostNamed = 5;

const isFolder = (path: string, cwd: string): boolean => diskTree.kind(resolve(cwd, path)) === 'directory';

/** What linting the folder would read. */
async function below(path: string, world: Surroundings): Promise<readonly Input[]> {
  const configs = openConfigs({ plugins: false }, world);
  const progress = openProgress(world);
  const inputs = await collectInputs({ paths: [path], exclude: [] }, { ...world, configs, progress });
  progress.clear();
  return inputs;
}

async function readStandardInput(world: Surroundings): Promise<ReadInput> {
  try {
    return decode('<stdin>', await world.stdin());
  } catch (error) {
    return { error: { path: '-', message: reasonOf(error, resolve(world.cwd, '-')) } };
  }
}
