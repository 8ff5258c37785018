/** What `--exclude` and removals keep out of a directory of the build context. */
import { directoryName, matchesGlob } from './path.ts';

/** Whether one of these patterns (context-relative paths or globs) takes `path` or a directory above it. */
export function isLeftOut(patterns: readonly string[], path: string): boolean {
  for (const pattern of patterns)
    for (let at = path; at !== ''; at = at.includes('/') ? directoryName(at) : '')
      if (pattern === at || matchesGlob(pattern, at)) return true;
  return false;
}
