/** rm and find: what they take away. */
import type { Command, FileChange } from './build.ts';
import { absolute, copied, put, remove } from './file-changes.ts';
import { baseName, isGlob, join, matchesComponent, matchesGlob, relativeTo, splitGlob } from './path.ts';
import type { RunningCommand, RunWorld } from './run.ts';

export function removeAll(words: readonly (string | undefined)[], running: RunningCommand, world: RunWorld): void {
  for (const word of words) {
    const path = absolute(word, running);
    if (path === undefined) continue;
    if (isGlob(path)) removeMatching(path, running, world);
    else remove(running, world, path);
  }
}

function removeMatching(path: string, running: RunningCommand, world: RunWorld): void {
  const { directory, pattern } = splitGlob(path);
  if (pattern !== '*') {
    for (const gone of childrenMatching(directory, pattern, world)) remove(running, world, gone);
    return;
  }
  // Only what begins with a dot is left.
  const before = world.trees(directory);
  if (before.length === 0 || before.some((change) => change.path === directory && isFile(change))) return;
  const { presence } = world.stat(directory);
  remove(running, world, directory);
  put(running, world, directory, { kind: 'directory' }, presence === 'present' ? {} : { runs: 'sometimes' });
  for (const change of before) {
    const { content } = change;
    if (content?.kind === 'context' && content.entry !== 'file' && change.path === directory)
      put(
        running,
        world,
        directory,
        { ...content, without: [...content.without, join(content.path, '[!.]*')] },
        copied(change),
      );
    else if ((relativeTo(directory, change.path) ?? '').startsWith('.'))
      put(running, world, change.path, content ?? { kind: 'unknown' }, copied(change));
  }
}

const isFile = ({ content }: FileChange): boolean =>
  content?.kind === 'text' ||
  content?.kind === 'remote' ||
  content?.kind === 'secret' ||
  (content?.kind === 'context' && content.entry === 'file');

/** Known paths that a glob takes: those that changes name, and those of context directories. */
export function childrenMatching(directory: string, pattern: string, world: RunWorld): ReadonlySet<string> {
  const depth = pattern.split('/').length;
  const found = new Set<string>();
  for (const change of world.trees(directory)) {
    const parts = (relativeTo(directory, change.path) ?? '').split('/').slice(0, depth);
    if (parts.length === depth && takes(pattern, parts.join('/'))) found.add(join(directory, parts.join('/')));
    const { content } = change;
    if (content?.kind !== 'context' || content.entry === 'file') continue;
    if (change.path !== directory) continue;
    for (const match of world.around.context.match(join(content.path, pattern)) ?? []) {
      const inside = relativeTo(content.path, match) ?? match;
      if (takes(pattern, inside)) found.add(join(directory, inside));
    }
  }
  return found;
}

/** Shell globs: a star does not take a leading dot. */
const takes = (pattern: string, path: string): boolean =>
  matchesGlob(pattern, path) &&
  path.split('/').every((part, at) => !part.startsWith('.') || (pattern.split('/')[at] ?? '').startsWith('.'));

/** `find DIR… -name X … -delete` or `-exec rm`. */
export function findFiles(_: Command, running: RunningCommand, world: RunWorld): void {
  const words = running.arguments;
  const removes =
    words.includes('-delete') ||
    words.some((word, at) => /^-exec(dir)?$/.test(word ?? '') && baseName(words[at + 1] ?? '') === 'rm');
  if (!removes) {
    if (words.some((word) => /^-exec|^-ok/.test(word ?? '')) && running.workdir !== undefined)
      put(running, world, running.workdir, { kind: 'output', makes: 'anything' });
    return;
  }
  const names = words.flatMap((word, at) => (word === '-name' || word === '-iname' ? [words[at + 1]] : []));
  const firstTest = words.findIndex((word) => word === undefined || /^[-(!]/.test(word));
  const roots = words.slice(0, firstTest === -1 ? words.length : firstTest);
  if (
    names.length === 0 ||
    words.some((word) => /^(-o|-or|!|-not|-mtime|-newer|-size|-maxdepth|-mindepth)$/.test(word ?? ''))
  )
    return;
  for (const root of roots.length === 0 ? ['.'] : roots) {
    const directory = absolute(root, running);
    if (directory === undefined) continue;
    const seen = world.under(directory).map((change) => change.path);
    const plain = names.flatMap((name) => (name === undefined || isGlob(name) ? [] : [join(directory, name)]));
    for (const path of new Set([...seen, ...plain]))
      if (path !== directory && names.every((name) => name !== undefined && matchesComponent(name, baseName(path))))
        remove(running, world, path);
  }
}
