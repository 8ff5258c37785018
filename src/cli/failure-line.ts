/** How something that went wrong is said on standard error. */
import { harmless, harmlessProse } from '../report/harmless.ts';
import type { UnreadableInput } from './read.ts';

/** `dflint: PATH: what is wrong`; a place in the file stands right behind the path, where editors and terminals find it. */
export function failureLine({ path, message }: UnreadableInput): string {
  const shown = path === '' ? "''" : harmless(path);
  return `dflint: ${shown}:${/^\d+:\d+: /.test(message) ? '' : ' '}${harmlessProse(message)}\n`;
}
