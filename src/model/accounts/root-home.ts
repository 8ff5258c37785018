/** What an image brings into /root, where the user that it starts as may not enter. */
import type { Build, Located, Stage, Step, User } from '../build.ts';
import { relativeTo, resolve } from '../files/path.ts';
import { chainOf } from '../query.ts';
import { isOpenBase } from '../state/image-state.ts';
import { textAt } from '../state/word-values.ts';

export interface RootHome {
  /** What brings it, or makes it the working directory. */
  readonly at: Located;
  /** Absolute. */
  readonly path: string;
  readonly is: 'copied' | 'workdir';
  readonly user: User;
  readonly target: Stage;
}

/** The first of each ship target: what is copied there from a stage or an image, and a working directory. */
export function* rootHomes(build: Build): Iterable<RootHome> {
  for (const target of build.targets) {
    const { user, workdir } = target.result;
    const chain = chainOf(target);
    if (user.identity !== 'non-root' || isOpenBase(target.base) || chain[0]?.base.kind !== 'image') continue;
    const steps = chain.flatMap(({ steps: own }) => own);
    if (steps.some(opensHome)) continue;
    const copy = steps.find((step) => broughtFromStage(step, build) !== undefined);
    const path = copy === undefined ? undefined : broughtFromStage(copy, build);
    if (copy !== undefined && path !== undefined) yield { at: copy, path, is: 'copied', user, target };
    const last = steps.findLast(({ instruction }) => instruction.keyword === 'WORKDIR');
    if (copy === undefined && last !== undefined && workdir !== undefined && isOfRoot(workdir))
      yield { at: last, path: workdir, is: 'workdir', user, target };
  }
}

const isOfRoot = (path: string): boolean => relativeTo('/root', path) !== undefined;

function broughtFromStage(step: Step, build: Build): string | undefined {
  const { instruction, before } = step;
  if (instruction.keyword !== 'COPY' || instruction.from === undefined || before.workdir === undefined)
    return undefined;
  const to = textAt(instruction.destination, step, build);
  const path = to === undefined ? undefined : resolve(before.workdir, to);
  return path !== undefined && isOfRoot(path) ? path : undefined;
}

/** A command that may give others the right to enter, or take the files elsewhere. */
const opensHome = ({ commands }: Step): boolean =>
  commands.some(
    ({ name, arguments: words }) =>
      /^(?:chmod|chown|chgrp|setfacl|mv|cp|ln|install|usermod)$/.test(name ?? '') &&
      words.some((word) => word === undefined || /^\/root(?:\/|$)/.test(word)),
  );
