/** Names that a .gitignore has: what is called so is made anew in each checkout, and its absence proves nothing. */
import { readPathPattern } from './path-pattern.ts';

/**
 * Whether some part of a path is called like the last part of a pattern, wherever that stands: enough to say nothing of a
 * path, and too little to say that git ignores it.
 */
export function ignoredByGit(gitignore: string): (path: string) => boolean {
  const patterns = gitignore.split(/\r?\n/).flatMap((line) => {
    const last = /^[#!]/.test(line) ? undefined : lastName.exec(line.trimEnd().replace(/\/\*{0,2}$/, ''))?.[0];
    const takes = last === undefined || last === '*' || last === '**' ? undefined : readPathPattern(last);
    return takes ?? [];
  });
  return (path) => path.split('/').some((name) => patterns.some((takes) => takes(name)));
}

const lastName = /(?<![^/\s])[^/\s]+$/;
