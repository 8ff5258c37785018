/** What the commands of a RUN see below its mounts. What they write there does not stay. */
import type { Mount, RunInstruction, Word } from '../../syntax/index.ts';
import type { Content, FileChange, Rootfs, Step } from '../build.ts';
import { remembered } from '../remembered.ts';
import { evaluate } from '../state/environment.ts';
import type { Surroundings } from '../state/surroundings.ts';
import { record } from './change-log.ts';
import { treeToCopy } from './copied-trees.ts';
import { directoryName, join, relativeTo, resolve } from './path.ts';
import { openLog, viewOf } from './rootfs.ts';

export interface MountPoint {
  /** Absolute. */
  readonly target: string;
  /** The mounted files, at their places below the target. */
  readonly rootfs: Rootfs;
}

/** The mounts of a RUN that have a place in its file system; a secret that is only a variable has none. */
export function mountPoints(instruction: RunInstruction, step: Step, around: Surroundings): readonly MountPoint[] {
  const text = (word: Word | undefined): string | undefined =>
    word === undefined ? undefined : evaluate(word, around.lookup, around.escape);
  return instruction.mounts.flatMap((mount) => {
    if (mount.type === 'secret' && mount.env !== undefined && mount.target === undefined) return [];
    const id = text(mount.id) ?? 'default';
    const fallback =
      mount.type === 'secret' ? `/run/secrets/${id}` : mount.type === 'ssh' ? '/run/buildkit' : undefined;
    const written = text(mount.target) ?? fallback;
    if (written === undefined) return [];
    const target = resolve(step.before.workdir ?? '/', written);
    const log = openLog(undefined, 'nothing', around.context);
    let sequence = 0;
    const put = (path: string, content: Content, source?: FileChange): void =>
      record(log, {
        kind: 'addition',
        path,
        content,
        step,
        span: mount.span,
        runs: source?.runs ?? 'always',
        sequence: sequence++,
        ...(source === undefined ? {} : { source }),
        ...(source?.credential === undefined ? {} : { credential: source.credential }),
      });
    fill(mount, target, put, text, around);
    return [{ target, rootfs: viewOf(log, Number.POSITIVE_INFINITY) }];
  });
}

function fill(
  mount: Mount,
  target: string,
  put: (path: string, content: Content, source?: FileChange) => void,
  text: (word: Word | undefined) => string | undefined,
  around: Surroundings,
): void {
  const source = mount.source === undefined ? '' : text(mount.source);
  if (mount.type !== 'bind' || source === undefined) {
    put(target, mount.type === 'secret' ? { kind: 'secret', mount } : { kind: 'unknown' });
    return;
  }
  if (mount.from !== undefined) {
    const from = around.copySource(mount.from);
    const path = resolve('/', source);
    const changes = from.kind === 'stage' ? (treeToCopy(from.stage.result.rootfs, path, around.copies) ?? []) : [];
    for (const change of changes)
      put(join(target, relativeTo(path, change.path) ?? ''), change.content ?? { kind: 'unknown' }, change);
    if (changes.length === 0) put(target, { kind: 'unknown' });
    return;
  }
  const path = resolve('/', source).slice(1);
  const entry = around.context.stat(path);
  put(target, {
    kind: 'context',
    path,
    entry: entry === 'file' || entry === 'directory' ? entry : 'unknown',
    without: [],
  });
}

/** The mount that a path lies in; the last one wins, as it is mounted over the others. */
export function mountOf(mounts: readonly MountPoint[], path: string): MountPoint | undefined {
  if (mounts.length === 0) return undefined;
  const placed = lastAt(mounts);
  let last = placed.get('/') ?? -1;
  for (let at = path; at !== '/' && at !== ''; at = directoryName(at)) last = Math.max(last, placed.get(at) ?? -1);
  return mounts[last];
}

/** The number of the last mount at each target. */
const lastAt: (mounts: readonly MountPoint[]) => ReadonlyMap<string, number> = remembered(
  (mounts) => mounts,
  (mounts) => new Map(mounts.map(({ target }, number) => [target, number])),
);
