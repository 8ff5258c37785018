/** What a script of package.json runs, one call after the other. */

import type { Words } from './flags.ts';
import type { Invocation } from './invocation.ts';
import { manifestScript, scriptWords } from './node-project.ts';
import { readInvocation } from './package-managers.ts';

export interface ScriptCall {
  readonly words: readonly string[];
  /** The script ends with it where it fails. */
  readonly decides: boolean;
  /** It stands in a pre or post script, which not every package manager runs. */
  readonly hook: boolean;
  /** The script has gone to another folder before it (`cd web && tsc`). */
  readonly elsewhere: boolean;
}

/** How many scripts may call each other. */
const deepest = 4;

/** More than a list of calls: pipes, alternatives, subshells, substitutions, redirections, jobs in the background. */
const otherSyntax = /[|`(<>]|(?<!&)&(?!&)|\bif\b/;

/**
 * Calls of other scripts of the manifest stand for what these run; one of a script of another folder stands for itself.
 * Undefined where there is no such script, or where one of them has more than a list of calls.
 */
export function scriptCalls(
  manifest: string,
  name: string,
  behind: readonly string[] = [],
): readonly ScriptCall[] | undefined {
  return callsOf(manifest, name, behind, deepest);
}

function callsOf(
  manifest: string,
  name: string,
  behind: readonly string[],
  depth: number,
): readonly ScriptCall[] | undefined {
  if (typeof manifestScript(manifest, name) !== 'string') return undefined;
  const calls: ScriptCall[] = [];
  for (const each of [`pre${name}`, name, `post${name}`]) {
    const text = manifestScript(manifest, each);
    if (typeof text !== 'string') continue;
    if (depth === 0 || otherSyntax.test(text)) return undefined;
    const hook = each !== name;
    const decides = !text.includes(';');
    const parts = text.split(/&&|;/);
    let elsewhere = false;
    for (const [at, part] of parts.entries()) {
      const words = [...scriptWords(part), ...(hook || at < parts.length - 1 ? [] : behind)];
      elsewhere ||= words[0] === 'cd';
      const itself = [{ words, decides, hook, elsewhere }];
      const inner = elsewhere ? itself : (calledOf(manifest, words, depth) ?? itself);
      if (inner === 'unknown') return undefined;
      calls.push(...inner.map((one) => ({ ...one, decides: decides && one.decides, hook: hook || one.hook })));
    }
  }
  return calls;
}

/** Undefined where the words call no script of this manifest. */
function calledOf(
  manifest: string,
  words: readonly string[],
  depth: number,
): readonly ScriptCall[] | 'unknown' | undefined {
  const call = readInvocation(words);
  if (call?.operation !== 'run' || call.script === undefined) return undefined;
  if (call.directory !== undefined || call.workspaces.length > 0 || runsInMembers(words)) return undefined;
  return callsOf(manifest, call.script, wordsForScript(call, words), depth - 1) ?? 'unknown';
}

/**
 * What a package manager hands to the last command of a script: all that stands behind its name, npm no options in front
 * of `--`. Measured with npm 11, Yarn 1, pnpm 8 to 10 (which hand on the `--`, too) and Bun 1.3.
 */
export function wordsForScript({ manager, script }: Invocation, words: Words): readonly string[] {
  const behind = words.slice(words.indexOf(script) + 1).filter((word) => word !== undefined);
  if (manager !== 'npm') return behind.filter((word) => word !== '--');
  const end = behind.includes('--') ? behind.indexOf('--') : behind.length;
  return [...behind.slice(0, end).filter((word) => !word.startsWith('-')), ...behind.slice(end + 1)];
}

/** `npm run -ws`, `pnpm -r run`, `yarn workspaces foreach run`: in each member that has the script, or in all. */
export const runsInMembers = (words: Words): boolean =>
  words.some((word) => /^(?:--workspaces|-ws|-r|--recursive|recursive|multi|m|workspaces)$/.test(word ?? ''));
