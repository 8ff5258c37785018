/** Whether signals get through a package manager to the program that it starts. */
import { passesSignals } from '../../knowledge/index.ts';
import type { Stage, Ternary } from '../build.ts';
import { chainOf } from '../query.ts';
import type { StartingProgram } from './start.ts';

/** Unknown where the shell of the image is. */
export function signalsArrive({ invocation }: StartingProgram, stage: Stage): Ternary {
  const base = chainOf(stage)[0]?.base;
  if (invocation === undefined) return 'unknown';
  if (base?.kind !== 'image') return passesSignals(invocation, undefined, undefined);
  return passesSignals(invocation, base.reference.familiar, base.openTag === true ? undefined : base.facts);
}
