/** Lists what stands in a file system, as far as the changes and the build context tell. */
import type { BuildContext } from '../../context/context.ts';
import type { Content, FileChange, Rootfs, RootfsEntry } from '../build.ts';
import { isLeftOut } from './left-out.ts';
import { join, relativeTo } from './path.ts';

/** Names of one context directory that are opened; a directory with more is one entry. */
const mostNames = 20_000;

/** The entries at and below `path`, sorted so that parents come before children. */
export function* entriesOf(rootfs: Rootfs, path: string, context: BuildContext): Iterable<RootfsEntry> {
  const seen = new Set<string>();
  const paths = new Set<string>();
  const opaque = new Set<string>();
  const dependencies = new Map<string, FileChange>();
  for (const change of rootfs.trees(path)) {
    if (change.content?.kind === 'dependencies') dependencies.set(change.path, change);
    paths.add(change.path);
    const { content } = change;
    const found = content?.kind === 'context' && content.entry !== 'file' ? filesOf(content, context) : [];
    if (found === undefined || !isListed(content, context)) opaque.add(change.path);
    for (const inside of found ?? []) paths.add(join(change.path, inside));
  }
  for (const at of [...paths].sort()) {
    if (seen.has(at) || relativeTo(path, at) === undefined) continue;
    seen.add(at);
    const { presence, change } = rootfs.stat(at);
    if (presence === 'absent' || change === undefined) continue;
    // A build that may have written into a dependency tree as well leaves it what it is.
    const whole = isOpaque(change) ? (dependencies.get(at) ?? change) : change;
    yield { path: at, kind: kindOf(whole, at, context), presence, listed: !opaque.has(at), change: whole };
  }
}

const isOpaque = ({ content }: FileChange): boolean => content?.kind === 'output' || content?.kind === 'unknown';

/** Whether all that a content holds can be told. */
export function isListed(content: Content | undefined, context: BuildContext): boolean {
  if (content?.kind === 'context') return content.entry === 'file' || context.stat(content.path) !== 'unknown';
  return /^(text|directory|secret|link)$/.test(content?.kind ?? '');
}

/** Files and empty directories below a directory of the context, relative to it; undefined when they are not known. */
function filesOf(content: Extract<Content, { kind: 'context' }>, context: BuildContext): readonly string[] | undefined {
  if (context.stat(content.path) !== 'directory') return undefined;
  const found: string[] = [];
  const pending = [content.path];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const names = context.list(at);
    if (names === undefined) return undefined;
    for (const name of names) {
      const inside = join(at, name);
      if (isLeftOut(content.without, inside)) continue;
      found.push(relativeTo(content.path, inside) ?? inside);
      if (found.length > mostNames) return undefined;
      const entry = context.stat(inside);
      if (entry === 'unknown') return undefined;
      if (entry === 'directory') pending.push(inside);
    }
  }
  return found;
}

function kindOf({ path, content }: FileChange, at: string, context: BuildContext): RootfsEntry['kind'] {
  switch (content?.kind) {
    case 'text':
      return 'file';
    case 'link':
      return 'link';
    case 'directory':
    case 'dependencies':
    case 'pruned-workspace':
      return path === at ? 'directory' : 'unknown';
    case 'context': {
      const entry = content.entry === 'unknown' ? context.stat(content.path) : content.entry;
      return entry === 'file' || entry === 'directory' ? entry : 'unknown';
    }
    default:
      return 'unknown';
  }
}
