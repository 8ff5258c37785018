/** What `docker build` makes when it is told no more than the Dockerfile. */
import { dockerfilePurpose, stagePurpose } from '../../knowledge/index.ts';
import type { Build, Stage } from '../build.ts';
import { baseServes } from '../start/serves-by-itself.ts';
import { purposeOf } from '../start/start.ts';

export interface PassedOver {
  /** The last stage, which is for development or tests. */
  readonly made: Stage;
  readonly purpose: 'development' | 'test';
  /** The stage that is named like what runs in production. */
  readonly production: Stage;
}

/**
 * The production stage that a plain build does not make because the file goes on, where nothing says what is
 * built. Other stages that are left out use it at most as their base.
 */
export function passedOver(build: Build): PassedOver | undefined {
  const { stages, edges, evidence, shipsBecause } = build;
  const made = stages.at(-1);
  if (made === undefined || evidence.calls.length > 0 || dockerfilePurpose(build.path) !== undefined) return undefined;
  if (shipsBecause.get(made)?.because !== 'final') return undefined;
  const purpose = purposeOf(made);
  if ((purpose !== 'development' && purpose !== 'test') || stagePurpose(made.id) === 'production') return undefined;
  const used = new Set(edges.filter(({ via }) => via !== 'base').map(({ from }) => from));
  const production = stages.findLast((stage) => stage !== made && !used.has(stage) && runsInProduction(stage));
  return production === undefined ? undefined : { made, purpose, production };
}

/** By its name, and as something starts in it. */
function runsInProduction(stage: Stage): boolean {
  const { entrypoint, cmd } = stage.result;
  return (
    stage.name !== undefined &&
    stagePurpose(stage.id) === 'production' &&
    purposeOf(stage) === 'runtime' &&
    (entrypoint !== undefined || cmd !== undefined || baseServes(stage) === 'yes')
  );
}
