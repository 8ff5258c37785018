/**
 * .dockerignore: which paths of the context the build never sees.
 *
 * The matching is that of @balena/dockerignore, a port of moby's pattern matcher (last match wins, `!`
 * brings back, a pattern takes everything below what it matches); `test/dockerignore.test.ts` holds it
 * against moby's documented behaviour.
 */
import dockerignore from '@balena/dockerignore';

/** Whether .dockerignore takes a path, relative to the context root. */
export type IgnoreFile = (path: string) => boolean;

/** Reads the text of a .dockerignore file. */
export function readIgnoreFile(text: string): IgnoreFile {
  const patterns = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('#') && line.trim() !== '');
  if (patterns.length === 0) return () => false;
  const matcher = dockerignore.default({ ignorecase: false }).add(patterns.map((line) => line.trim()));
  return (path) => path !== '' && !path.startsWith('../') && matcher.ignores(path);
}
