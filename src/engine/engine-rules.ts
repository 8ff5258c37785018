/** What the engine itself finds; the other rules are in `rules/`. */
import type { Rule } from '../rule.ts';
import { beyondLimits } from './beyond-limits.ts';
import { ignoreRules } from './ignore-rules.ts';
import { syntaxError } from './syntax-error.ts';

export const engineRules: readonly Rule[] = [syntaxError, beyondLimits, ...ignoreRules];
