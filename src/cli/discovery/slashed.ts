/** Paths as dflint writes them, on every system. */
import { sep } from 'node:path';

/** With `/` in the place of the system's separator; Windows takes both. */
export const slashed = (path: string, separator: string = sep): string =>
  separator === '/' ? path : path.replaceAll(separator, '/');
