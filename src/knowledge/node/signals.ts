/** What becomes of SIGTERM when a package manager is process 1. */
import type { BaseImageFacts } from '../images/base-images.ts';
import { systemShell } from '../system/system-shell.ts';
import type { Invocation } from './invocation.ts';

/**
 * Whether the program that a package manager starts gets SIGTERM and is waited for, on the base image `name`.
 *
 * Measured with npm 6, 8, 10, 11, yarn 1.22, pnpm 9, 10: npm and pnpm hand the signal to the shell that runs the
 * script and wait for it. busybox, the shell of musl images, and bash have made way for the program; dash ends alone,
 * and what it started is killed with the container. `pnpm exec` starts no shell; yarn leaves at once.
 */
export function passesSignals(
  { manager, operation }: Invocation,
  name: string | undefined,
  facts: BaseImageFacts | undefined,
): 'yes' | 'no' | 'unknown' {
  if (manager !== 'npm' && manager !== 'pnpm') return 'no';
  if (manager === 'pnpm' && operation === 'exec') return 'yes';
  return shellMakesWay(name, facts);
}

/**
 * Whether the /bin/sh of the base image `name` makes way for the command of `sh -c command`, as `exec command` does.
 * Measured: busybox 1.35 and bash 5.2 do for a simple command alone, dash 0.5.12 stays in front of it.
 */
export function shellMakesWay(name: string | undefined, facts: BaseImageFacts | undefined): 'yes' | 'no' | 'unknown' {
  const shell = systemShell(name, facts);
  return shell === undefined ? 'unknown' : shell === 'dash' ? 'no' : 'yes';
}
