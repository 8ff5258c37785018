import { namesLikeFile } from '../../knowledge/index.ts';
import type { Word } from '../../syntax/index.ts';
import type { Content, FileChange, Rootfs } from '../build.ts';
import { baseReaches } from './base-files.ts';
import { isMergeable } from './change-log.ts';
import { isFull, treeToCopy } from './copied-trees.ts';
import { addFile, goesBelow, type Transfer } from './copy-target.ts';
import { credentialInContext } from './credential.ts';
import { isListed } from './entries.ts';
import { isLeftOut } from './left-out.ts';
import { baseName, isGlob, join, matchesGlob, relativeTo, splitGlob } from './path.ts';

export function fromRootfs(transfer: Transfer, source: Word, path: string, rootfs: Rootfs): void {
  if (!isGlob(path)) {
    takeFromRootfs(transfer, source, path, rootfs);
    return;
  }
  if (isFull(transfer.around.copies)) {
    addFile(transfer, source, transfer.destination, { kind: 'unknown' });
    return;
  }
  const { directory, pattern } = splitGlob(path);
  const link = rootfs.linkAt(directory);
  if (link !== undefined && link !== directory) {
    fromRootfs(transfer, source, join(link, pattern), rootfs);
    return;
  }
  if (baseReaches(rootfs, directory)) addFile(transfer, source, transfer.destination, { kind: 'unknown' });
  const depth = path.split('/').length;
  const matches = new Set<string>();
  for (const entry of rootfs.entries(directory)) {
    const parts = entry.path.split('/').slice(0, depth);
    if (parts.length === depth && matchesGlob(path, parts.join('/'))) matches.add(parts.join('/'));
  }
  for (const match of [...matches].sort()) takeFromRootfs(transfer, source, match, rootfs, matches.size);
  for (const tree of rootfs.trees(directory))
    if (
      tree.path === directory &&
      canHoldMore(tree.content) &&
      !isListed(tree.content, transfer.around.context) &&
      !(tree.content?.kind === 'output' && tree.content.makes === 'build-output' && takesManifests(pattern))
    )
      addFile(transfer, source, transfer.destination, globbed(tree.content, pattern), { source: tree });
}

const canHoldMore = (content: Content | undefined): boolean => isMergeable(content) && content?.kind !== 'directory';

/** A glob that is written for package.json and lockfiles, which no build makes. */
const takesManifests = (pattern: string): boolean => matchesGlob(pattern, 'package.json');

/** The part of a directory's content that a glob takes. */
function globbed(content: Content | undefined, pattern: string): Content {
  if (content?.kind === 'context') return { kind: 'context-glob', pattern: join(content.path, pattern) };
  return content ?? { kind: 'unknown' };
}

/** Copies a file, or what a directory holds, out of another file system. */
function takeFromRootfs(transfer: Transfer, source: Word, path: string, rootfs: Rootfs, matches = 1): void {
  const link = rootfs.linkAt(path);
  if (link !== undefined && link !== path) {
    // BuildKit follows a link that is itself the source.
    takeLinked(transfer, source, path, link, rootfs, matches);
    return;
  }
  const all = treeToCopy(rootfs, path, transfer.around.copies) ?? [];
  const changes = all.flatMap((change) => withoutExcluded(transfer, change, path));
  const isFile = all.length === 0 ? namesLikeFile(path) : all.every((change) => holdsFile(change, path, transfer));
  const target =
    isFile && goesBelow(transfer, matches) ? join(transfer.destination, baseName(path)) : transfer.destination;
  if (all.length > 0 && !isFile && baseReaches(rootfs, path)) addFile(transfer, source, target, { kind: 'unknown' });
  for (const change of changes)
    addFile(
      transfer,
      source,
      join(target, relativeTo(path, change.path) ?? ''),
      change.content ?? { kind: 'unknown' },
      {
        credential: change.credential ?? credentialNamed(transfer, change, path, isFile),
        source: change,
        runs: change.runs,
      },
    );
  if (all.length === 0) addFile(transfer, source, target, { kind: 'unknown' });
}

/** What a file of the build context carries that a COPY asks for by its name, once it has come along with its folder. */
function credentialNamed(
  { around: { context } }: Transfer,
  { path: at, content }: FileChange,
  path: string,
  isFile: boolean,
): FileChange['credential'] {
  if (!isFile || at !== path || content?.kind !== 'context') return undefined;
  const stands = context.stat(content.path);
  return stands === 'file' || stands === 'unknown' ? credentialInContext(content.path, context) : undefined;
}

/** A part of a tree at `path`, less what --exclude keeps out; none when it is kept out itself. */
function withoutExcluded(transfer: Transfer, change: FileChange, path: string): readonly FileChange[] {
  const { excludes } = transfer;
  const inside = relativeTo(path, change.path) ?? '';
  const seen = transfer.instruction.parents ? join(path.slice(1), inside) : inside;
  if (excludes.length === 0) return [change];
  if (inside !== '' && isLeftOut(excludes, seen)) return [];
  const { content } = change;
  if (content?.kind !== 'context' || content.entry === 'file') return [change];
  const more = excludes.flatMap((exclude) => {
    if (exclude.startsWith('**/')) return [join(content.path, exclude)];
    const below = relativeTo(seen, exclude);
    return below === undefined || below === '' ? [] : [join(content.path, below)];
  });
  return [{ ...change, content: { ...content, without: [...content.without, ...more] } }];
}

function takeLinked(
  transfer: Transfer,
  source: Word,
  path: string,
  link: string,
  rootfs: Rootfs,
  matches: number,
): void {
  const changes = rootfs.trees(link).map((change) => ({ ...change, path: path + change.path.slice(link.length) }));
  const followed: Rootfs = { ...rootfs, linkAt: () => undefined, trees: () => changes };
  takeFromRootfs(transfer, source, path, followed, matches);
}

/** Whether a change of the tree at `path` makes it a file: by its content, else by its name. */
function holdsFile({ path: at, content }: FileChange, path: string, { around: { context } }: Transfer): boolean {
  if (at !== path) return false;
  switch (content?.kind) {
    case 'text':
      return true;
    case 'directory':
    case 'dependencies':
    case 'pruned-workspace':
      return false;
    case 'context': {
      const entry = content.entry === 'unknown' ? context.stat(content.path) : content.entry;
      return entry === 'file' || (entry !== 'directory' && namesLikeFile(path));
    }
    default:
      return namesLikeFile(path);
  }
}
