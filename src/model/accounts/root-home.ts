/** What an image brings into /root, where the user that it starts as may not enter. */
import type { Build, Located, Stage, State, Step, User } from '../build.ts';
import { relativeTo, resolve } from '../files/path.ts';
import { chainOf } from '../query.ts';
import { isOpenBase } from '../state/image-state.ts';
import { textAt } from '../state/word-values.ts';

export interface RootHome {
  /** What brings it, or makes it the working directory. */
  readonly at: Located;
  /** Absolute. */
  readonly path: string;
  /** `needed`: PATH, the packages of Python or the start lead to it. */
  readonly is: 'needed' | 'copied' | 'workdir';
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
    // A command that root runs later may need it there.
    const lastRun = steps.findLastIndex(({ instruction, before }) => instruction.keyword === 'RUN' && isRoot(before));
    const copy = steps.find((step, at) => at > lastRun && broughtFromStage(step, build) !== undefined);
    const path = copy === undefined ? undefined : broughtFromStage(copy, build);
    if (copy !== undefined && path !== undefined)
      yield { at: copy, path, is: needs(target, path) ? 'needed' : 'copied', user, target };
    const last = steps.findLast(({ instruction }) => instruction.keyword === 'WORKDIR');
    if (copy === undefined && last !== undefined && workdir !== undefined && isOfRoot(workdir))
      yield { at: last, path: workdir, is: 'workdir', user, target };
  }
}

const isRoot = ({ user }: State): boolean => user.identity !== 'non-root';

/** Programs and packages are looked for in it, or something of it is started. */
function needs({ result }: Stage, path: string): boolean {
  const isIn = (text: string | undefined): boolean =>
    text?.split(/[:\s"',[\]]/).some((part) => leadsInto(part)) === true;
  const leadsInto = (part: string): boolean => part.startsWith('/') && relativeTo(path, part) !== undefined;
  const starts = [...(result.entrypoint?.words ?? []), ...(result.cmd?.words ?? [])];
  return (
    relativeTo('/root/.local', path) !== undefined ||
    ['PATH', 'PYTHONPATH', 'NODE_PATH', 'HOME'].some((name) => isIn(result.env.get(name)?.text)) ||
    starts.some((word) => isIn(word ?? undefined))
  );
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
