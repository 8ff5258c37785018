/** Paths with `/`, as Go's `path/filepath` treats them on Linux. */

/** Go's `filepath.Clean`: no `.`, no empty part, `..` resolved where it can be; `.` for nothing. */
export function cleanPath(path: string): string {
  const rooted = path.startsWith('/');
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (!rooted) kept.push(part);
  }
  const joined = kept.join('/');
  return rooted ? `/${joined}` : joined || '.';
}

/** A path inside the context: relative to its root, which no `..` leaves; `''` is the root. */
export const contextPath = (path: string): string => cleanPath(`/${path}`).slice(1);

export const joinPath = (directory: string, name: string): string => {
  if (name === '') return directory;
  return directory === '' || directory.endsWith('/') ? directory + name : `${directory}/${name}`;
};
