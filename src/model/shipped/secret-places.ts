/** Where the secrets of a build can be read by somebody who has the image, or its attestations. */

import type { Located } from '../../syntax/index.ts';
import type { Build, Stage } from '../build.ts';
import { secretExposures } from '../query.ts';
import { credentialLeaks } from './credential-leaks.ts';
import { literalSecrets } from './literal-secrets.ts';

/**
 * `rootfs`: a file of the final file system; `layer`: a file that a later instruction deletes or overwrites;
 * `config`: variables of the image; `history`: the commands that made it; `provenance`: attestations of
 * mode=max, which name all build arguments (mode=min names none).
 */
export type SecretPlace = 'rootfs' | 'layer' | 'config' | 'history' | 'provenance';

export interface PlacedSecret extends Located {
  /** The variable, or the path of the file. */
  readonly name: string;
  readonly places: readonly SecretPlace[];
}

/** The secrets that `target` gives away, each once, with all places it can be read in. */
export function secretPlaces(build: Build, target: Stage): readonly PlacedSecret[] {
  const only: Build = { ...build, targets: [target] };
  const placed: PlacedSecret[] = [];
  for (const { change, where } of credentialLeaks(only)) {
    const name = change.credential?.kind === 'npm-log' ? `${change.path}/*` : change.path;
    placed.push({ name, places: [where], span: change.span });
  }
  for (const { kind, step, span, target: shown } of literalSecrets(only)) {
    const inConfig = /^(?:LABEL|CMD|ENTRYPOINT|HEALTHCHECK)$/.test(step.instruction.keyword);
    if (shown !== undefined) placed.push({ name: kind, places: inConfig ? ['config', 'history'] : ['history'], span });
  }
  for (const { secret, ends } of secretExposures(only)) {
    const places: SecretPlace[] = [];
    if (ends === 'config') places.push('config');
    if (ends !== 'build') places.push('history');
    if (secret.via === 'ARG') places.push('provenance');
    if (places.length > 0) placed.push({ name: secret.name, places, span: secret.span });
  }
  return placed.filter(
    ({ name, places }, at) =>
      placed.findIndex((other) => other.name === name && other.places.join() === places.join()) === at,
  );
}
