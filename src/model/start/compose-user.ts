/** Whom the compose services that run an image run it as, whatever its USER says. */
import type { Build, Stage } from '../build.ts';
import { callsFor } from '../stages/ship-targets.ts';

/** Whether every service that runs the image outside development names an account, none of them root. A variable may name any. */
export function composeNamesAccount(build: Build, target: Stage): boolean {
  const services = callsFor(build, target).filter(
    ({ by, purpose }) => by === 'compose' && purpose !== 'development' && purpose !== 'test',
  );
  return services.length > 0 && services.every(({ user }) => user !== undefined && !isRoot(user.name));
}

const isRoot = (account: string): boolean => /^(?:root|0+)(?::|$)/.test(account);
