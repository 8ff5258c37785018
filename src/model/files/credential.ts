/** Whether a file that enters the image is a credential. */

import type { BuildContext } from '../../context/context.ts';
import { credentialFile, credentialsIn, isSampleFolder } from '../../knowledge/index.ts';
import type { Credential, Secret } from '../build.ts';
import { namesIn } from './context-walk.ts';
import { baseName, join, relativeTo } from './path.ts';

/** What a written file carries, whatever its name; undefined for files that hold nothing secret. `secrets`: those whose values are in it. */
export function credentialInText(
  path: string,
  text: string | undefined,
  secrets: readonly Secret[],
): Credential | undefined {
  const kind = credentialFile(path)?.kind ?? 'file';
  const real = secrets.filter(({ value }) => value !== 'placeholder');
  if (real.length > 0) return { kind, carries: 'yes', secrets: real };
  return text !== undefined && credentialsIn(kind, text) === 'yes' ? { kind, carries: 'yes', secrets: [] } : undefined;
}

/** What a file carries that a program makes out of secrets: their values, where its name is one of a credential file. */
export const credentialInNamedFile = (path: string, secrets: readonly Secret[]): Credential | undefined =>
  credentialFile(path) === undefined ? undefined : credentialInText(path, undefined, secrets);

/** What a file of the build context carries, its content unknown when the context does not tell it. `lands`: where it is put, which may tell, too. */
export function credentialInContext(path: string, context: BuildContext, lands = path): Credential | undefined {
  const file = credentialFile(path) ?? credentialFile(lands);
  if (file === undefined) return undefined;
  const content = context.read(path);
  if (content === undefined)
    return file.unread === 'settings' ? undefined : { kind: file.kind, carries: 'unknown', secrets: [] };
  return credentialsIn(file.kind, content) === 'yes' ? { kind: file.kind, carries: 'yes', secrets: [] } : undefined;
}

const knownDirectories = new WeakMap<BuildContext, Map<string, readonly string[]>>();

/**
 * Files below a directory of the context that carry a credential, and the configuration of package managers at its top.
 * Folders of tests and examples hold keys that are no secrets.
 */
export function credentialsInDirectory(directory: string, context: BuildContext): readonly string[] {
  const known = knownDirectories.get(context) ?? new Map<string, readonly string[]>();
  knownDirectories.set(context, known);
  const found = known.get(directory) ?? [...findCredentials(directory, context)];
  known.set(directory, found);
  return found;
}

function* findCredentials(directory: string, context: BuildContext): Iterable<string> {
  if (context.stat(directory) !== 'directory') return;
  for (const name of packageManagerConfigNames)
    if (context.stat(join(directory, name)) === 'file') yield join(directory, name);
  for (const { path, directory: opens } of namesIn(directory, [], context)) {
    const inside = opens && baseName(path) === '.git' ? join(path, 'config') : path;
    const parts = (relativeTo(directory, inside) ?? inside).split('/');
    if (parts.some(isSampleFolder) || (parts.length === 1 && packageManagerConfigNames.includes(inside))) continue;
    if (credentialInContext(inside, context)?.carries === 'yes') yield inside;
  }
}

/** Names of package-manager configuration that can hold a token, as they stand in a project's root. */
export const packageManagerConfigNames: readonly string[] = ['.npmrc', '.yarnrc', '.yarnrc.yml', 'bunfig.toml'];
