/**
 * How much ShellCheck's findings matter in a RUN. Its severities are kept; what is chosen here is who hears of them.
 * Meanings of codes: https://www.shellcheck.net/wiki, and by running ShellCheck 0.11.
 */
import type { OwnPreset } from '../rule.ts';
import type { ShellcheckComment } from './report.ts';

/** Warnings of what does not do what it says: nearly every author will want to mend it. */
const faults: ReadonlySet<number> = new Set([
  // Words that are read otherwise than they look.
  ...[1045, 1069, 1078, 1079, 1081, 1097, 1099, 2050, 2076, 2078, 2088, 2089, 2090, 2140, 2157, 2193, 2195, 2309],
  // Assignments that nothing gets to see, and names that nothing gave a value.
  ...[2034, 2097, 2098, 2154, 2209],
  // Commands that get, or leave, something else than was meant.
  ...[2024, 2069, 2114, 2115, 2164, 2210, 2215, 2216, 2217, 2224, 2225, 2226, 2238, 2260],
  // Branches that are never, or always, taken.
  ...[2221, 2222, 2255, 2256, 2257, 2258, 2261, 2264, 2288, 2289, 2290, 2314, 2315],
]);

/** Errors that work all the same: a loop over ls, `else if` with a fi of its own. */
const matters: ReadonlySet<number> = new Set([1075, 2045]);

/** What a shell that is /bin/sh in some image lacks: none of it fails where that shell is not known. */
const isOfDialect = (code: number): boolean => code >= 3000 && code < 4000;

/** The smallest preset that has it. `knownShell`: it is known which program /bin/sh is. */
export function presetOf({ level, code }: ShellcheckComment, knownShell: boolean): OwnPreset {
  if (level === 'style') return 'all';
  if (level === 'info') return 'strict';
  if (isOfDialect(code)) return knownShell ? 'recommended' : 'strict';
  if (level === 'error') return matters.has(code) ? 'strict' : 'recommended';
  return faults.has(code) ? 'recommended' : 'strict';
}

/**
 * Left out: that a sourced file is not there to be read (SC1090, SC1091), and that ash is read as dash (SC2187), as
 * hadolint does.
 */
export const leftOut: ReadonlySet<number> = new Set([1090, 1091, 2187]);
