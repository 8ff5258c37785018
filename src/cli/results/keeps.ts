/** Where what is known is kept from run to run, and by which dflint. */
import { fileURLToPath } from 'node:url';
import type { Keeps } from '../surroundings.ts';
import { fileVersion } from './answers.ts';

/** Beside its number, a dflint is told from others by the file that it was started from, and by what runs that. */
export function keepsOf(version: string): Keeps {
  const folder = cacheFolder();
  const own = [version, process.execPath, fileVersion(process.execPath), fileVersion(ownFile())].join(' ');
  return { version: own, ...(folder === undefined ? {} : { folder }) };
}

/** The executable itself where it holds all. */
function ownFile(): string {
  try {
    return fileURLToPath(import.meta.url);
  } catch {
    return process.execPath;
  }
}

/** As bin/dflint.js has it: a path that is not absolute would be in the folder that is linted. */
function cacheFolder(): string | undefined {
  const { env, platform } = process;
  const home = env['HOME'];
  const folder =
    env['XDG_CACHE_HOME'] ||
    (platform === 'win32' && env['LOCALAPPDATA']) ||
    (home && `${home}/${platform === 'darwin' ? 'Library/Caches' : '.cache'}`);
  return folder && /^(?:\/|[a-z]:[\\/])/i.test(folder) ? `${folder}/dflint` : undefined;
}
