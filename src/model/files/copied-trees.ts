/** Trees of files that go from place to place: as many files are followed in a build, as copies of copies have no end. */
import type { FileChange, Rootfs, Stage } from '../build.ts';

/** What the instructions of one build have copied so far. */
export interface Copies {
  /** Changes in the trees that were copied. */
  followed: number;
  /** Ports that ranges of EXPOSE have been opened into. */
  ports: number;
  /** The last one asked for was not given. */
  isRefused: boolean;
}

/** More than any build has that is meant: each of them costs as much as a line. */
const mostFollowed = 30_000;

const upTo = new WeakMap<Stage, Copies>();

/** What has been copied up to the end of a stage; nothing where there is none. */
export const copiesUpTo = (stage: Stage | undefined): Copies => ({
  followed: 0,
  ports: 0,
  ...(stage && upTo.get(stage)),
  isRefused: false,
});

export const noteCopies = (stage: Stage, copies: Copies): void => {
  upTo.set(stage, { ...copies });
};

/** Whether nothing more is followed; what is copied then is not known. */
export function isFull(copies: Copies): boolean {
  if (copies.followed < mostFollowed) return false;
  copies.isRefused = true;
  return true;
}

/** What makes up a tree that is to be copied; undefined where too much has been copied before. */
export function treeToCopy(
  files: Pick<Rootfs, 'trees'>,
  path: string,
  copies: Copies,
): readonly FileChange[] | undefined {
  if (isFull(copies)) return undefined;
  const changes = files.trees(path);
  copies.followed += changes.length;
  return changes;
}
