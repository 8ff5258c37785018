/** Where ShellCheck is. */
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import type { Surroundings } from './surroundings.ts';

/** Whether it is looked for: `required` must find it. Anything else is the path of the program. */
export type ShellcheckMode = 'auto' | 'off' | 'required' | { readonly path: string };

type World = Pick<Surroundings, 'cwd' | 'env'>;

/** Its path; undefined where there is none and nobody asked for it. */
export function programFor(mode: ShellcheckMode, world: World): string | { readonly missing: string } | undefined {
  if (mode === 'off') return undefined;
  if (typeof mode === 'object') {
    const path = resolve(world.cwd, mode.path);
    return isProgram(path) ? path : { missing: `${mode.path}: there is no such program` };
  }
  const found = findOnPath(world.env);
  if (found !== undefined) return found;
  return mode === 'auto' ? undefined : { missing: 'it is required, and not on PATH' };
}

/** Folders that depend on where one stands do not count: a repository must not bring its own program. */
function findOnPath(env: Surroundings['env']): string | undefined {
  const names = process.platform === 'win32' ? ['shellcheck.exe', 'shellcheck.cmd'] : ['shellcheck'];
  return (env['PATH'] ?? env['Path'] ?? '')
    .split(delimiter)
    .filter((folder) => isAbsolute(folder))
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
