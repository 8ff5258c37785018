/** Read-only access to files, so that the context can come from a disk, an editor or a listing. */

export interface FileTree {
  /** What stands at an absolute path with `/`, symbolic links followed; `unknown` where the tree cannot tell. */
  kind(path: string): 'file' | 'directory' | 'absent' | 'unknown';
  /** Text of a file; undefined when it is absent, binary, too large or cannot be read. */
  read(path: string): string | undefined;
  /** Names in a directory; undefined when they are not known. */
  entries(path: string): readonly string[] | undefined;
  /** Whether something stands at a path whose kind is not known. */
  isThere?(path: string): boolean;
}

/**
 * A tree held in memory: absolute path to text, null where only the name is known. A path with `/` at its end is a
 * folder. Everything that is not in it is absent.
 */
export function memoryTree(files: ReadonlyMap<string, string | null>): FileTree {
  const directories = new Map<string, Set<string>>([['/', new Set()]]);
  for (const file of files.keys()) {
    const parts = file.split('/').slice(1);
    parts.forEach((part, at) => {
      const parent = `/${parts.slice(0, at).join('/')}`;
      const names = directories.get(parent) ?? new Set();
      directories.set(parent, names);
      if (part !== '') names.add(part);
    });
  }
  return {
    kind: (path) => (directories.has(path) ? 'directory' : files.has(path) ? 'file' : 'absent'),
    read: (path) => files.get(path) ?? undefined,
    entries: (path) => (directories.has(path) ? [...(directories.get(path) ?? [])].sort() : undefined),
  };
}
