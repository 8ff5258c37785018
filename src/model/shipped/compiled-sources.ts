/** Sources that ship beside what was compiled from them. */
import { runsCompiled } from '../../knowledge/index.ts';
import type { Build, FileChange, Stage } from '../build.ts';
import { originOf } from '../query.ts';
import { launchOf } from '../start/launch.ts';
import { scriptBehind } from '../start/manifest-script.ts';

/**
 * Names at the top of the context that only its build reads, where the whole of it has come through a stage that
 * builds and the container starts nothing but what that has made: the sources of a project in TypeScript.
 */
export function compiledSources(build: Build, target: Stage, change: FileChange): readonly string[] {
  const { context } = build;
  if (originOf(change) === change || context.stat('tsconfig.json') !== 'file' || context.stat('src') !== 'directory')
    return [];
  const commands = launchOf(target)?.commands ?? [];
  const [command, ...others] = commands;
  if (command === undefined || others.length > 0) return [];
  const script = scriptBehind(command, target, build);
  const words = script === null ? command.words : script?.trim().split(/\s+/);
  return words !== undefined && runsCompiled(words) ? ['src', 'tsconfig.json'] : [];
}
