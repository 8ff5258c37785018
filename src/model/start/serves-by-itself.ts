/** Whether a stage's base image starts a server where the file does not say what to start. */
import { baseImageConfig, servesByItself } from '../../knowledge/index.ts';
import type { Stage, Ternary } from '../build.ts';
import { chainOf } from '../query.ts';

export function baseServes(stage: Stage): Ternary {
  const base = chainOf(stage)[0]?.base;
  if (base?.kind === 'scratch') return 'no';
  if (base?.kind !== 'image') return 'unknown';
  if (base.facts?.server !== undefined) return 'yes';
  const config = baseImageConfig(base.reference.familiar, base.reference.tag);
  if (config === undefined) return 'unknown';
  return servesByItself(config) ? 'yes' : 'no';
}
