/** Where `set -o pipefail` reaches. */
import type { Pipeline, ShellCommand } from './command.ts';
import { shellOptions } from './shell-options.ts';
import { baseName } from './wrapper.ts';

/** A pipeline in the making. */
export type PipelineDraft = { -readonly [Key in keyof Pipeline]: Pipeline[Key] };

/**
 * Notes the pipelines that fail when any of their members does, for commands in source order. What is set in a
 * subshell stays there; what is set sometimes counts as set.
 */
export function markPipefail(
  commands: readonly ShellCommand[],
  pipelines: ReadonlyMap<Pipeline, PipelineDraft>,
  initial: boolean,
): void {
  let everywhere = initial;
  const shells = new Set<number>();
  for (const command of commands) {
    const set = pipefailSet(command);
    const shell = command.scope.at(-1);
    if (set !== undefined && shell === undefined) everywhere = set;
    else if (set === true && shell !== undefined) shells.add(shell);
    const pipeline = command.piped === undefined ? undefined : pipelines.get(command.piped.by);
    if (pipeline !== undefined && (everywhere || command.scope.some((id) => shells.has(id)))) pipeline.pipefail = true;
  }
}

/** What `set -euo pipefail` or `shopt -so pipefail` sets; undefined for all other commands. */
function pipefailSet({ effective }: ShellCommand): boolean | undefined {
  const name = baseName(effective[0]);
  if (name !== 'set' && name !== 'shopt') return undefined;
  const words = effective.slice(1).map(({ text }) => text);
  if (!words.includes('pipefail')) return undefined;
  return name === 'set' ? shellOptions(words)?.pipefail : words.some((word) => /^-\w*s/.test(word ?? ''));
}
