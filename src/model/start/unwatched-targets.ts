/** Images whose containers nobody asks whether they are well. */
import type { Build, Stage } from '../build.ts';
import { chainOf } from '../query.ts';
import { isOpenBase } from '../state/image-state.ts';
import { purposeOf } from './start.ts';

/** Ship targets that start something and have no HEALTHCHECK, their own or one of a stage they are based on. */
export const unwatchedTargets = (build: Build): readonly Stage[] =>
  build.targets.filter((target) => {
    const { healthcheck, cmd, entrypoint } = target.result;
    const base = chainOf(target)[0]?.base;
    return (
      healthcheck === undefined &&
      (cmd ?? entrypoint) !== undefined &&
      base !== undefined &&
      !isOpenBase(base) &&
      purposeOf(target, build.path) === 'runtime'
    );
  });
