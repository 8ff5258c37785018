/** WORKDIRs whose place hangs on the base image. */
import type { Build, Located, Stage, Step } from '../build.ts';
import { isOpenBase } from '../state/image-state.ts';
import { ownSteps, textAt } from '../state/word-values.ts';

export interface RelativeWorkdir extends Located {
  /** As it stands in the file. */
  readonly written: string;
  readonly path: string;
  /** Where it leads today; absent where the base is not known. */
  readonly leadsTo?: string;
  /** The base image has a working directory of its own, which may be meant. */
  readonly belowOwn: boolean;
}

/** A drive letter too, which tells a Windows image. */
const absolute = /^(?:[/\\]|[a-z]:)/i;

export const isAbsolutePath = (path: string): boolean => absolute.test(path);

/**
 * The first WORKDIR of a chain of stages, where it is relative. What follows it is relative to it, so that one absolute
 * path settles them all.
 */
export function* relativeWorkdirs(build: Build): Iterable<RelativeWorkdir> {
  const settled = new Set<Stage>();
  for (const stage of build.stages) {
    if (stage.base.kind === 'stage' && settled.has(stage.base.stage)) settled.add(stage);
    for (const step of ownSteps(stage)) {
      if (settled.has(stage)) break;
      const found = relativeWorkdir(step, build);
      if (found === undefined) continue;
      settled.add(stage);
      if (found !== 'absolute') yield found;
    }
  }
}

/** A path that is not known may be absolute: it is taken for one. */
function relativeWorkdir(step: Step, build: Build): RelativeWorkdir | 'absolute' | undefined {
  const { instruction, before, after, stage } = step;
  if (instruction.keyword !== 'WORKDIR') return undefined;
  const path = textAt(instruction.value, step, build);
  // Empty because of a variable that nothing sets: that is another fault.
  if (path === undefined || path === '' || isAbsolutePath(path)) return 'absolute';
  const belowOwn = before.workdir !== undefined && before.workdir !== '/';
  const known = after.workdir !== undefined && !isOpenBase(stage.base);
  return {
    span: instruction.value.span,
    written: instruction.value.raw,
    path,
    belowOwn,
    ...(known ? { leadsTo: after.workdir } : {}),
  };
}
