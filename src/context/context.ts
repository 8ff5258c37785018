/**
 * The build context: what `COPY` can take. Paths are relative to its root, with `/`, without a leading
 * `./`; the root itself is `''`. Unknown is a value: a context that cannot be read answers `unknown`.
 */

/** What stands at a path. `ignored`: it exists, and .dockerignore keeps it from the build. */
export type ContextEntry = 'file' | 'directory' | 'absent' | 'ignored' | 'unknown';

export interface BuildContext {
  /** Where the context is, for messages; absent when there is none to read. */
  readonly root?: string;
  /** The root as seen from the Dockerfile's folder, for messages: `.`, `..`, `../..`; absent when it lies elsewhere. */
  readonly fromDockerfile?: string;
  /** Name of the ignore file in effect; absent when there is none, or no context. */
  readonly ignoreFile?: string;
  /** Absolute path of an ignore file that is there and is not read: what it leaves out is not known. */
  readonly unread?: string;
  stat(path: string): ContextEntry;
  /** Content of a text file; undefined when it is absent, ignored, binary or cannot be read. */
  read(path: string): string | undefined;
  /** Names in a directory, ignored ones left out; undefined when not known. */
  list(path: string): readonly string[] | undefined;
  /**
   * Paths that a COPY source (literal or Go `filepath.Match` glob) takes, .dockerignore applied.
   * Undefined when the context is not known; empty when it certainly matches nothing.
   */
  match(pattern: string): readonly string[] | undefined;
  /** Whether .dockerignore keeps this path from the build, existing or not; undefined when not known. */
  ignores(path: string): boolean | undefined;
  /** Whether .gitignore has one of the names of a path: a fresh checkout may lack it. Undefined without a .gitignore. */
  ignoredByGit(path: string): boolean | undefined;
}

/** No context: every question is answered with "unknown". */
export const unknownContext: BuildContext = Object.freeze({
  stat: () => 'unknown' as const,
  read: () => undefined,
  list: () => undefined,
  match: () => undefined,
  ignores: () => undefined,
  ignoredByGit: () => undefined,
});
