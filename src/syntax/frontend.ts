/** Whether a file is written for BuildKit's own frontend: `# syntax=` may name one with another language. */
import type { Directive } from './instruction.ts';

/** `docker/dockerfile:1`, its upstream builds, and mirrors of both. */
const ownFrontend = /(?:^|\/)dockerfile(?:-upstream)?(?:[:@]|$)/;

export function isForAnotherFrontend(directives: readonly Directive[]): boolean {
  const [named = ''] = (directives.find(({ name }) => name === 'syntax')?.value ?? '').trim().split(/\s+/);
  return named !== '' && !named.includes('$') && !ownFrontend.test(named);
}
