/** Files with credentials in the layers of what ships. */

import { credentialFile } from '../../knowledge/index.ts';
import type { Located } from '../../syntax/index.ts';
import type { Build, Credential, FileChange, Stage } from '../build.ts';
import { chainOf, originOf } from '../query.ts';
import { remembered } from '../remembered.ts';

export interface CredentialLeak {
  readonly target: Stage;
  /** The change in a layer of the target's chain. */
  readonly change: FileChange;
  /** What makes it one. */
  readonly credential: Credential;
  /** `rootfs`: still in the final file system; `layer`: deleted or overwritten later, still in the layer. */
  readonly where: 'rootfs' | 'layer';
  /**
   * `package-manager`: configuration of npm, yarn, pnpm or bun; `mount`: whatever file a secret mount was copied
   * to; `file`: another credential file.
   */
  readonly kind: 'package-manager' | 'mount' | 'file';
  /** npm's debug log: the same step leaves the credential in another file as well (`too`), or in none (`only`). */
  readonly log?: 'too' | 'only';
  /** The change that brings the same file of the context once more, which `rootfs` speaks of then. */
  readonly again?: FileChange;
  /** How the credential came in and went out, with a word on each. */
  readonly trail: readonly (readonly [Located, string])[];
}

/** Credentials in the layers of each ship target. */
export const credentialLeaks: (build: Build) => readonly CredentialLeak[] = remembered(
  (build) => build.targets,
  (build) => [...findLeaks(build)],
);

function* findLeaks(build: Build): Iterable<CredentialLeak> {
  for (const target of build.targets) {
    const held = target.result.rootfs.under('/');
    const final = new Set(held.map((change) => change.sequence));
    const shipped = new Set(held.flatMap(({ credential, path }) => (credential === undefined ? [] : [path])));
    const earlier: FileChange[] = [];
    const layers = chainOf(target).flatMap((stage) => stage.layers);
    for (const { changes } of layers) {
      const leaks = changes.flatMap((change) => {
        const { credential } = change;
        if (credential === undefined || changes.some((later) => replaces(later, change))) return [];
        return [{ change, credential }];
      });
      for (const { change, credential } of leaks) {
        const where = final.has(change.sequence) ? 'rootfs' : 'layer';
        const again = where === 'layer' ? held.find((later) => isSameFile(later, change)) : undefined;
        if (where === 'layer' && again === undefined && shipped.has(change.path)) continue;
        if (where === 'rootfs' && earlier.some((first) => isSameFile(change, first))) continue;
        earlier.push(change);
        if (where === 'layer' && credential.kind === 'made-key' && held.some(({ source }) => source === change))
          continue;
        const removedBy =
          where === 'rootfs' || again !== undefined
            ? undefined
            : removalOf(
                change,
                layers.flatMap((each) => each.changes),
              );
        const others = leaks.some((other) => other.credential.kind !== 'npm-log');
        const log = credential.kind !== 'npm-log' ? {} : ({ log: others ? 'too' : 'only' } as const);
        const kind = kindOf(change.path, credential);
        const trail = [...trailOf(change, credential, removedBy)];
        if (again === undefined) yield { target, change, credential, where, kind, ...log, trail };
        else {
          trail.push([again.step, 'it comes in once more here']);
          yield { target, change, credential, where: 'rootfs', kind, ...log, again, trail };
        }
      }
    }
  }
}

/** A later COPY of a folder has brought the file of the context once more. */
const isSameFile = (later: FileChange, { path, sequence, content }: FileChange): boolean =>
  later.path === path &&
  later.sequence > sequence &&
  later.credential !== undefined &&
  content?.kind === 'context' &&
  later.content?.kind === 'context' &&
  later.content.path === content.path;

/** Whether a later change of the same layer stands in the place of a file. */
const replaces = (later: FileChange, change: FileChange): boolean =>
  later.path === change.path &&
  later.sequence > change.sequence &&
  (later.credential !== undefined || (later.runs === 'always' && later.content?.kind === 'text'));

function kindOf(path: string, { kind, secrets }: Credential): CredentialLeak['kind'] {
  if (secrets.some((secret) => secret.via === 'mount')) return 'mount';
  return kind === 'npm-log' || credentialFile(path)?.npmConfig === true ? 'package-manager' : 'file';
}

const removalOf = (change: FileChange, changes: readonly FileChange[]): FileChange | undefined =>
  changes.find((later) => later.sequence > change.sequence && takesAway(later, change.path));

const takesAway = (later: FileChange, path: string): boolean =>
  later.path === path || (later.kind === 'removal' && path.startsWith(`${later.path}/`));

function* trailOf(
  change: FileChange,
  { secrets }: Credential,
  removedBy: FileChange | undefined,
): Iterable<readonly [Located, string]> {
  for (const secret of secrets) yield [secret, `the secret ${secret.name} comes from here`];
  const origin = originOf(change);
  if (origin !== change) yield [origin, 'the file comes in here'];
  if (removedBy !== undefined) yield [removedBy, 'removed here, in a later layer only'];
}
