/** Whether a file that enters the image is a credential. */

import type { BuildContext } from '../context/context.ts';
import { credentialFile, credentialsIn } from '../knowledge/index.ts';
import type { Credential, Secret } from './build.ts';

/** What a written file carries; undefined for files that are no credential files or hold nothing secret. */
export function credentialInText(
  path: string,
  text: string | undefined,
  secrets: readonly Secret[],
): Credential | undefined {
  const file = credentialFile(path);
  if (file === undefined) return undefined;
  if (text === undefined) return secrets.length > 0 ? { kind: file.kind, carries: 'yes', secrets } : undefined;
  const carries = credentialsIn(file.kind, text);
  return carries === 'yes' ? { kind: file.kind, carries: 'yes', secrets } : undefined;
}

/** Kinds that people copy into a build for their credentials; the others mostly hold plain settings. */
const mostlyCredentials: ReadonlySet<string> = new Set([
  'npmrc',
  'netrc',
  'pypirc',
  'ssh-key',
  'git',
  'docker',
  'aws',
  'kubernetes',
  'cargo',
]);

/** What a file of the build context carries, its content unknown when the context does not tell it. */
export function credentialInContext(path: string, context: BuildContext): Credential | undefined {
  const file = credentialFile(path);
  if (file === undefined) return undefined;
  const content = context.read(path);
  if (content === undefined)
    return mostlyCredentials.has(file.kind) ? { kind: file.kind, carries: 'unknown', secrets: [] } : undefined;
  return credentialsIn(file.kind, content) === 'yes' ? { kind: file.kind, carries: 'yes', secrets: [] } : undefined;
}

/** Names of package-manager configuration that can hold a token, as they stand in a project's root. */
export const packageManagerConfigNames: readonly string[] = ['.npmrc', '.yarnrc', '.yarnrc.yml', 'bunfig.toml'];
