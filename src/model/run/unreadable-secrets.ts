/** Secrets and SSH sockets that a RUN mounts for somebody else than the user who runs it. */
import type { Build, Located, Mount } from '../build.ts';
import { numberOf } from '../mends/account-numbers.ts';
import { perStageAlone } from '../per-stage.ts';
import { mayChangeUser } from './unusable-caches.ts';

export interface UnreadableSecret extends Located {
  readonly mount: Mount;
  /** The number that it is given to; root's where none is said. */
  readonly owner: string;
  readonly user: Located & { readonly name: string; readonly number?: string };
}

/** Those that are files: what is put into a variable is there for everybody. */
export const unreadableSecrets = perStageAlone<UnreadableSecret>(function* ({ steps }, build: Build) {
  for (const step of steps) {
    const { instruction } = step;
    const { user } = step.before;
    const name = user.name?.split(':', 1)[0];
    if (instruction.keyword !== 'RUN' || user.identity !== 'non-root' || name === undefined) continue;
    if (!instruction.mounts.some(isSecret) || mayChangeUser(step)) continue;
    const number = /^\d+$/.test(name) ? name : numberOf(build, step, name);
    for (const mount of instruction.mounts) {
      const owner = mount.ownedBy;
      if (!isSecret(mount) || owner === undefined || owner === number || (owner !== '0' && number === undefined))
        continue;
      const { span } = mount;
      yield { span, mount, owner, user: { span: user.span, name, ...(number === undefined ? {} : { number }) } };
    }
  }
});

const isSecret = ({ type, env, target }: Mount): boolean =>
  type === 'ssh' || (type === 'secret' && (env === undefined || target !== undefined));
