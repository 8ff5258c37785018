/** What a configuration says of how a file is built, beside what the command line says. */
import type { AppliedConfig, Sourced } from '../../config/layers.ts';
import type { OpenFile } from '../../engine/lint.ts';
import { stageCalled } from '../../model/index.ts';
import { harmless } from '../../report/harmless.ts';
import { nearest } from '../../syntax/index.ts';
import { buildArguments } from '../program.ts';
import type { Surroundings } from '../surroundings.ts';

/** Arguments of the command line go before those of the configuration, of which `null` is the value in the environment. */
export function configuredArguments(
  { buildArgs }: AppliedConfig,
  { buildArg }: { readonly buildArg: readonly string[] },
  env: Surroundings['env'],
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [name, { value }] of buildArgs) {
    const text = value === null ? env[name] : String(value);
    if (text !== undefined) found.set(name, text);
  }
  return new Map([...found, ...buildArguments(buildArg, env)]);
}

/**
 * Those of the configured targets that a file has: a configuration speaks of many files. One that has none of them, and
 * a stage of nearly that name, is told of.
 */
export function configuredTargets(
  path: string,
  { value: asked, from }: Sourced<readonly string[]>,
  { build }: Pick<OpenFile, 'build'>,
  notice: (text: string) => void,
): readonly string[] {
  if (build === undefined || build.stages.length === 0) return asked;
  const known = asked.filter((target) => stageCalled(target, build.stages) !== undefined);
  const names = build.stages.flatMap(({ name, id }) => (name === undefined ? [] : [id]));
  for (const name of known.length === 0 ? asked : []) {
    const meant = nearest(name.toLowerCase(), names, name.length < 4 ? 1 : 2);
    if (meant === undefined) continue;
    const place = `${harmless(from.path)}:${from.line}:${from.column}`;
    notice(`dflint: ${place}: ${harmless(path)} has no stage ${harmless(name)} (did you mean ${harmless(meant)}?)\n`);
  }
  return known;
}
