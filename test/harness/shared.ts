/** The folder of shared material beside the repository, which a plain clone does not have. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** A path in `../shared` (or in DFLINT_SHARED); undefined when it is not there. Tests that need it are skipped then. */
export function sharedPath(name: string): string | undefined {
  const path = join(process.env['DFLINT_SHARED'] ?? join(repository, '../shared'), name);
  return existsSync(path) ? path : undefined;
}

/** The day by which tests judge dates, so that nothing changes with the calendar. */
export const judgementDay = '2026-11-21';
