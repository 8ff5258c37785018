/** Where symbolic links lead. */
import type { Content } from '../build.ts';
import { directoryName, resolve } from './path.ts';

/** A symbolic link at `path` that says `written`. */
export const linkAt = (path: string, written: string): Content => ({
  kind: 'link',
  to: resolve(directoryName(path), written),
  ...(written.startsWith('/') ? {} : { written }),
});

/** What stands at `path` once this content has come there: a relative link leads elsewhere from another folder. */
export const contentAt = (path: string, content: Content): Content =>
  content.kind === 'link' && content.written !== undefined ? linkAt(path, content.written) : content;
