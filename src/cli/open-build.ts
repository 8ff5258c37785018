/** The build of one Dockerfile, for the commands that are about one. */
import { resolve } from 'node:path';
import { rules } from '../../rules/index.ts';
import { engineRules } from '../engine/engine-rules.ts';
import { type Build, type BuildOptions, createBuild, stageCalled } from '../model/index.ts';
import { harmless, harmlessProse } from '../report/harmless.ts';
import { parseDockerfile } from '../syntax/index.ts';
import { configuredArguments, configuredTargets } from './config/apply.ts';
import { openConfigs } from './config-file.ts';
import { openProjects } from './project.ts';
import { decode, readInputs, reasonOf } from './read.ts';
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
  const [input, ...others] = path === '-' ? [await readStandardInput(world)] : readInputs(path, world.cwd);
  const problem =
    input === undefined
      ? 'no Dockerfile'
      : 'error' in input
        ? input.error.message
        : others.length > 0
          ? `holds ${others.length + 1} Dockerfiles; name the one that is meant`
          : undefined;
  if (problem !== undefined || input === undefined || 'error' in input) {
    world.err(`dflint: ${path === '' ? "''" : harmless(path)}: ${problem ?? 'cannot be read'}\n`);
    return undefined;
  }
  const { file } = input;
  const configs = openConfigs({ plugins: false }, [...rules, ...engineRules], world);
  const { applied } = await configs.configOf(file);
  for (const fault of configs.faults) world.err(`dflint: ${harmless(fault.path)}: ${harmlessProse(fault.message)}\n`);
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

async function readStandardInput(world: Surroundings) {
  try {
    return decode('<stdin>', await world.stdin());
  } catch (error) {
    return { error: { path: '-', message: reasonOf(error, resolve(world.cwd, '-')) } };
  }
}
