/** The one folder that an assistant may ask about. */
import type { FileTree } from '../index.ts';

export interface Folder {
  /** Paths from its root, with `/` in front; nothing outside of it is there. */
  readonly tree: FileTree;
  /** A Dockerfile; a message in words when it cannot be read. `path`: relative to the root, or absolute below it. */
  read(path: string): { readonly path: string; readonly text: string } | { readonly error: string };
}
