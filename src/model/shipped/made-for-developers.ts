/** Images that only developers and test runs use: what they are called, what they start, or who builds them says so. */
import { commandPurpose, dockerfilePurpose, stagePurpose } from '../../knowledge/index.ts';
import type { Build, Stage } from '../build.ts';
import { callsFor } from '../stages/ship-targets.ts';
import { startingProgram } from '../start/start.ts';

/** Whether nobody runs the image in production, as far as names and files of the project tell. */
export function isMadeForDevelopers(build: Build, target: Stage): boolean {
  if (target.name !== undefined && isTheirs(stagePurpose(target.id))) return true;
  if (build.path !== undefined && isTheirs(dockerfilePurpose(build.path))) return true;
  const started = commandPurpose(startingProgram(target)?.words ?? []);
  if (started === 'test' || started === 'lint') return true;
  const calls = callsFor(build, target);
  return calls.length > 0 && calls.every((call) => call.startsForDevelopers === true);
}

const isTheirs = (purpose: string | undefined): boolean => purpose === 'development' || purpose === 'test';
