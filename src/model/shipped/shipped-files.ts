/** The files of a shipped image, grouped by what brings them, for a list that one can read. */
import type { Content, FileChange, RootfsEntry } from '../build.ts';
import { directoryName } from '../files/path.ts';
import { originOf } from '../query.ts';

export interface FileGroup {
  /** The path of the only entry, or the directory that holds them all. */
  readonly path: string;
  readonly entries: readonly RootfsEntry[];
  /** Files among them; 0 where what is in a folder is not known. */
  readonly files: number;
  /** The instruction of the target's chain that brings them. */
  readonly change: FileChange;
  /** Where they came into the build, when that was elsewhere. */
  readonly origin?: FileChange;
  /** What is in there, where it cannot be listed. */
  readonly holds?: string;
}

/** Entries that one instruction brings into one folder are a group, in the order of their paths. */
export function groupFiles(entries: readonly RootfsEntry[]): readonly FileGroup[] {
  const groups = new Map<string, RootfsEntry[]>();
  const folders = new Set(entries.map(({ path }) => directoryName(path)));
  for (const entry of entries) {
    const { change } = entry;
    if (entry.listed && (entry.kind === 'directory' || folders.has(entry.path))) continue;
    const { span } = change.step;
    const key = entry.listed ? `${span.line} ${rootOf(entry)}` : `${span.line} ${entry.path} ${change.sequence}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [entry]);
    else known.push(entry);
  }
  return [...groups.values()]
    .map(describe)
    .sort((one, other) => (one.path < other.path ? -1 : one.path > other.path ? 1 : 0));
}

/** The folder under which an entry is counted: two levels below the root of the image. */
const rootOf = ({ path }: RootfsEntry): string => directoryName(path).split('/').slice(0, 4).join('/');

function describe(entries: readonly RootfsEntry[]): FileGroup {
  const [first] = entries;
  if (first === undefined) throw new Error('a group has an entry');
  const { change } = first;
  const origin = originOf(change);
  const holds = first.listed ? undefined : heldBy(change.content);
  return {
    path: entries.length === 1 ? first.path : `${commonDirectory(entries.map(({ path }) => path))}/`,
    entries,
    files: first.listed ? entries.length : 0,
    change,
    ...(origin === change ? {} : { origin }),
    ...(holds === undefined ? {} : { holds }),
  };
}

function commonDirectory(paths: readonly string[]): string {
  let common = directoryName(paths[0] ?? '/');
  for (const path of paths) while (common !== '/' && !path.startsWith(`${common}/`)) common = directoryName(common);
  return common === '/' ? '' : common;
}

/** What stands behind an entry that cannot be listed. */
function heldBy(content: Content | undefined): string {
  switch (content?.kind) {
    case 'dependencies':
      return `packages of ${content.tree.install.manager}`;
    case 'output':
      return content.makes === 'build-output' ? 'whatever the build makes' : 'whatever the command makes';
    case 'image':
      return `files of ${content.image}`;
    case 'remote':
      return 'a download';
    case 'context':
    case 'context-glob':
      return 'files of the build context';
    case 'pruned-workspace':
      return 'a pruned workspace';
    default:
      return 'not known';
  }
}
