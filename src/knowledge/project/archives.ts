/**
 * Which sources ADD treats otherwise than COPY does, by their names.
 *
 * ADD looks at the content: it unpacks tar, alone or packed with gzip, bzip2, xz or zstd, and nothing else
 * (https://docs.docker.com/reference/dockerfile/#adding-local-tar-archives). A packed file need not hold a tar.
 */

const tars = /\.(?:tar|tgz|taz|tbz2?|tb2|txz|tlz|tzst|tar\.[a-z0-9]{1,4})$/i;
const packed = /\.(?:gz|bz2|xz|zst|lzma|lz|z)$/i;
/** An extension, or a name that no archive has. */
const plain = /\.[a-z][a-z0-9_-]{0,9}$|^(?:dockerfile|makefile|gemfile|procfile|rakefile|license|readme)$/i;

/** `perhaps`: a packed file; `unknown`: the name does not tell. A star at its end may stand for nothing. */
export function unpacksByName(path: string): 'yes' | 'perhaps' | 'no' | 'unknown' {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/(?<![*?])[*?]+$/, '');
  if (tars.test(name)) return 'yes';
  if (packed.test(name)) return 'perhaps';
  return plain.test(name) ? 'no' : 'unknown';
}

/**
 * What ADD gets from elsewhere: URLs and git repositories, also as `user@host:path`.
 * Without a scheme `github.com/owner/name` is a path of the context.
 */
export const isRemoteSource = (text: string): boolean => /^[a-z][a-z0-9+.-]*:\/\/|^[\w.-]+@[\w.-]+:/i.test(text);
