/** What stands at a path while a RUN goes on, as far as it is known. */
import type { FileTest } from '../../syntax/index.ts';
import type { Content } from '../build.ts';
import { directoryName, join } from '../files/path.ts';
import type { RunWorld } from './run.ts';

/** `some`: something is there, of a kind that is not known. `unknown`: not even that is known. */
export type Kind = 'absent' | 'file' | 'directory' | 'link' | 'some' | 'unknown';

export function kindAt(path: string, world: RunWorld): Kind {
  const { presence, change } = world.stat(path);
  if (presence !== 'present') return presence;
  if (change === undefined) return 'directory';
  const { content } = change;
  if (content?.kind === 'context') {
    const entry = content.entry === 'unknown' ? world.around.context.stat(content.path) : content.entry;
    return entry === 'file' || entry === 'directory' ? entry : 'some';
  }
  return change.path === path ? kindOf(content) : 'some';
}

function kindOf(content: Content | undefined): Kind {
  switch (content?.kind) {
    case 'text':
    case 'remote':
    case 'secret':
      return 'file';
    case 'directory':
    case 'dependencies':
    case 'output':
    case 'pruned-workspace':
      return 'directory';
    case 'link':
      return 'link';
    default:
      return 'some';
  }
}

/** Links that lead to links are followed this often. */
const mostLinks = 8;

/** Where a path leads when the link at its end is followed. */
export function target(path: string, world: RunWorld): string {
  let at = path;
  for (let followed = 0; followed < mostLinks; followed += 1) {
    const { presence, change } = world.stat(at);
    if (presence !== 'present' || change?.content?.kind !== 'link') return at;
    at = change.content.to;
  }
  return at;
}

/** True where `path` is a directory, links followed; undefined where that is not known. */
export function isDirectory(path: string, world: RunWorld): boolean | undefined {
  const kind = kindAt(target(path, world), world);
  return kind === 'some' || kind === 'unknown' ? undefined : kind === 'directory';
}

/** Whether something can be made at `path`: it needs a directory to be in. */
export const hasPlace = (path: string, world: RunWorld): boolean | undefined => isDirectory(directoryName(path), world);

/** Whether a file can be written at `path`: nothing but a file may stand there already. */
export function canWrite(path: string, world: RunWorld): boolean | undefined {
  const there = isDirectory(path, world);
  if (there === true) return false;
  return there === undefined ? undefined : hasPlace(path, world);
}

/** Whether nothing is in a directory. */
export function isEmpty(path: string, world: RunWorld): boolean | undefined {
  const inside = world.under(path).filter((change) => change.path !== path && change.path.startsWith(join(path, '')));
  if (inside.some((change) => world.stat(change.path).presence === 'present')) return false;
  const opened = [...world.entries(path)].filter((entry) => entry.path !== path);
  if (opened.some((entry) => entry.presence === 'present')) return false;
  if (inside.some((change) => world.stat(change.path).presence === 'unknown')) return undefined;
  // A name that nothing has: it is absent only where all that is in the directory is known.
  return world.stat(join(path, '\uFFFC')).presence === 'absent' ? true : undefined;
}

/** Whether `[ -f path ]` and its like hold. */
export function passesTest(path: string, test: FileTest, world: RunWorld): boolean | undefined {
  if (test === 'L') {
    const kind = kindAt(path, world);
    return kind === 'some' || kind === 'unknown' ? undefined : kind === 'link';
  }
  const real = target(path, world);
  const kind = kindAt(real, world);
  if (kind === 'absent' || kind === 'link') return false;
  if (kind === 'unknown') return undefined;
  const { content } = world.stat(real).change ?? {};
  switch (test) {
    case 'f':
      return kind === 'some' ? undefined : kind === 'file';
    case 'd':
      return kind === 'some' ? undefined : kind === 'directory';
    case 's':
      if (kind === 'directory') return true;
      return content?.kind === 'text' && content.text !== undefined ? content.text !== '' : undefined;
    case 'x':
      return kind === 'directory' ? true : undefined;
    default:
      return true;
  }
}
