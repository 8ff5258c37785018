/** What a script of package.json runs, one call after the other. */

import { manifestScript, scriptWords } from './node-project.ts';
import { readInvocation } from './package-managers.ts';

export interface ScriptCall {
  readonly words: readonly string[];
  /** The script ends with it where it fails. */
  readonly decides: boolean;
  /** It stands in a pre or post script, which not every package manager runs. */
  readonly hook: boolean;
}

/** How many scripts may call each other. */
const deepest = 4;

/** More than a list of calls: pipes, alternatives, subshells, substitutions, redirections, jobs in the background. */
const otherSyntax = /[|`(<>]|(?<!&)&(?!&)|\bif\b/;

/**
 * Calls of other scripts of the manifest stand for what these run. Undefined where there is no such script, or where
 * one of them has more than a list of calls.
 */
export function scriptCalls(manifest: string, name: string): readonly ScriptCall[] | undefined {
  return callsOf(manifest, name, deepest);
}

function callsOf(manifest: string, name: string, depth: number): readonly ScriptCall[] | undefined {
  if (typeof manifestScript(manifest, name) !== 'string') return undefined;
  const calls: ScriptCall[] = [];
  for (const each of [`pre${name}`, name, `post${name}`]) {
    const text = manifestScript(manifest, each);
    if (typeof text !== 'string') continue;
    if (depth === 0 || otherSyntax.test(text)) return undefined;
    const hook = each !== name;
    const decides = !text.includes(';');
    for (const part of text.split(/&&|;/)) {
      const words = scriptWords(part);
      const call = readInvocation(words);
      const inner =
        call?.operation === 'run' && call.script !== undefined
          ? callsOf(manifest, call.script, depth - 1)
          : [{ words, decides, hook }];
      if (inner === undefined) return undefined;
      calls.push(...inner.map((one) => ({ ...one, decides: decides && one.decides, hook: hook || one.hook })));
    }
  }
  return calls;
}
