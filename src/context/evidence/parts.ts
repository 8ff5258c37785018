/** Parts that all ways of building have in common: context, Dockerfile, secret, provenance. */
import { cleanPath, joinPath } from '../path.ts';
import type { BuildCall } from './evidence.ts';

/** The folder that a context names; undefined for a remote one, for standard input, and when it is not known. */
export function contextOf(written: string | undefined, directory: string | undefined): string | undefined {
  if (written === undefined || directory === undefined || /^[-*]$/.test(written)) return undefined;
  if (/^[a-z+]+:\/\/|^git@|^[\w-]+:/i.test(written)) return undefined;
  return within(directory, written);
}

/** `path` as seen from `directory`, absolute. */
export const within = (directory: string, path: string): string =>
  cleanPath(path.startsWith('/') ? path : joinPath(directory, path));

/** The Dockerfile: what an option names, as seen from `directory`; else `Dockerfile` in the context. */
export function dockerfileOf(
  option: { readonly value: string | undefined } | undefined,
  context: string | undefined,
  directory: string | undefined,
): string | undefined {
  if (option === undefined) return context === undefined ? undefined : joinPath(context, 'Dockerfile');
  if (option.value === undefined || option.value === '-' || option.value === '*' || directory === undefined)
    return undefined;
  return within(directory, option.value);
}

/** The id in `id=npm_token,env=NPM_TOKEN` or `npm_token`. */
export function secretId(text: string): string | undefined {
  const fields = text.split(',').map((field) => field.trim());
  const id = fields.find((field) => field.startsWith('id='))?.slice(3) ?? (text.includes('=') ? undefined : fields[0]);
  return id === '' ? undefined : id;
}

/**
 * What `--provenance` or `type=provenance,…` asks for: `mode=max` is the default of an attestation that is asked
 * for, https://docs.docker.com/build/metadata/attestations/slsa-provenance/.
 */
export function provenanceOf(text: string): NonNullable<BuildCall['provenance']> {
  if (/^(?:false|0)$/i.test(text) || /disabled=true/.test(text)) return 'none';
  return /mode=min/.test(text) ? 'min' : 'max';
}
