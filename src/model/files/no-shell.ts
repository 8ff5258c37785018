/** Images without a shell. */
import type { Stage, State } from '../build.ts';
import { chainOf } from '../query.ts';

/** Whether /bin/sh is certainly not there: the base is known to have none, and nothing brings one in. */
export function lacksShell(stage: Stage, { shell, rootfs }: State): boolean {
  const base = chainOf(stage)[0]?.base;
  const without =
    base?.kind === 'scratch' || (base?.kind === 'image' && base.openTag !== true && base.facts?.shell === false);
  return (
    without &&
    shell === undefined &&
    !rootfs.under('/').some(({ kind, path }) => kind === 'addition' && mayHoldShell(path))
  );
}

/** `/bin/sh` itself, a folder above it, and busybox, which makes it. */
export const mayHoldShell = (path: string): boolean =>
  /^\/(?:(?:usr\/)?(?:bin|sbin|local|busybox)(?:\/(?:bash|dash|sh|busybox|toybox|bin))?|usr|)$/.test(path);
