/** Where the sources of one COPY or ADD land. */
import type { BuildContext } from '../../context/context.ts';
import type { CopyInstruction, Located } from '../../syntax/index.ts';
import type { Content, FileChange, Rootfs, Step } from '../build.ts';
import type { Recorder, Surroundings } from '../state/surroundings.ts';
import { isMergeable } from './change-log.ts';
import { contentAt } from './links.ts';

/** One COPY or ADD with its words evaluated. */
export interface Transfer {
  readonly instruction: CopyInstruction;
  readonly step: Step;
  /** Absolute; undefined when not known. */
  readonly destination: string;
  /** The destination is written as a directory, or there are several sources. */
  readonly intoDirectory: boolean;
  /** The file system as the sources before have left it. */
  readonly rootfs: () => Rootfs;
  readonly excludes: readonly string[];
  readonly put: Recorder;
  readonly around: Surroundings;
}

/**
 * Whether a file lands below the destination instead of replacing it, `matches` being what its source takes.
 * Several matches of a glob do so only where a directory stands (one by one they would replace each other);
 * where that is not known they are taken to be meant for one.
 */
export function goesBelow(transfer: Transfer, matches = 1): boolean {
  if (transfer.intoDirectory) return true;
  const rootfs = transfer.rootfs();
  return (
    isDirectoryAt(rootfs, transfer.destination, transfer.around.context) ||
    (matches > 1 && rootfs.stat(transfer.destination).presence === 'unknown')
  );
}

/** Whether a directory certainly stands at a path. */
export function isDirectoryAt(rootfs: Rootfs, path: string, context: BuildContext): boolean {
  const { presence, change } = rootfs.stat(path);
  if (presence !== 'present') return false;
  if (change === undefined || path === '/') return true;
  const { content } = change;
  if (content?.kind === 'context' && content.entry === 'unknown') return context.stat(content.path) === 'directory';
  return change.path === path && isDirectory(content);
}

const isDirectory = (content: Content | undefined): boolean =>
  content?.kind === 'dependencies' ||
  (isMergeable(content) && !(content?.kind === 'context' && content.entry === 'unknown'));

export function addFile(
  transfer: Transfer,
  at: Located,
  path: string,
  content: Content,
  more: { credential?: FileChange['credential']; source?: FileChange; runs?: FileChange['runs'] } = {},
): void {
  transfer.put({
    kind: 'addition',
    path,
    span: at.span,
    content: contentAt(path, content),
    runs: more.runs ?? 'always',
    ...(more.credential === undefined ? {} : { credential: more.credential }),
    ...(more.source === undefined ? {} : { source: more.source }),
  });
}
