/** rm, rmdir and their kin: what they take away. */

import type { FileChange } from '../build.ts';
import { isGlob, join, matchesGlob, relativeTo, splitGlob } from '../files/path.ts';
import { all, attempt, type Success } from './attempt.ts';
import { absolute, copied, put, remove } from './file-changes.ts';
import { isEmpty, kindAt, target } from './file-kinds.ts';
import { hasFlag, operands } from './operands.ts';
import type { RunningCommand, RunWorld } from './run.ts';

export function removeFiles(running: RunningCommand, world: RunWorld): Success {
  return removeAll(operands(running.arguments), running, world);
}

/** Removes what words of rm, unlink, rmdir or shred name. */
export function removeAll(words: readonly (string | undefined)[], running: RunningCommand, world: RunWorld): Success {
  return all(
    words.map((word) => {
      const path = absolute(word, running);
      if (word === undefined || path === undefined) return undefined;
      // Nobody calls a file `*`, whereas `[id]` is a name.
      if (running.quoted.has(word) && /[*?]/.test(word))
        return (running.name === 'rm' && hasFlag(running.arguments, 'f', '--force')) || undefined;
      if (isGlob(path) && !running.quoted.has(word)) return removeMatching(path, running, world);
      if (running.name === 'rm' && /(^|\/)\.{1,2}$/.test(word)) return false;
      if (word.endsWith('/') && kindAt(path, world) === 'link') return emptyPerhaps(path, running, world);
      const removed = removeOne(path, running, world);
      return running.name === 'rmdir' ? removeAbove(word.replace(/(?<!\/)\/+$/, ''), removed, running, world) : removed;
    }),
  );
}

function removeOne(path: string, running: RunningCommand, world: RunWorld): Success {
  const { name, arguments: words } = running;
  const forced = name === 'rm' && hasFlag(words, 'f', '--force');
  const kind = kindAt(path, world);
  if (kind === 'absent') return forced;
  if (name === 'rmdir' && hasFlag(words, '', '--ignore-fail-on-non-empty') && isEmpty(path, world) === false)
    return true;
  return attempt(running, canRemove(path, kind, running, world), (able) => {
    if (name !== 'shred' || hasFlag(words, 'u', '--remove')) remove(able, world, path);
  });
}

/** `rm -r link/`: some take what the link leads to, some take nothing. */
function emptyPerhaps(path: string, running: RunningCommand, world: RunWorld): Success {
  remove({ ...running, runs: 'sometimes', arm: undefined }, world, target(path, world));
  return undefined;
}

/** `rmdir -p` goes on with the directories that its word names above the last. */
function removeAbove(word: string, removed: Success, running: RunningCommand, world: RunWorld): Success {
  const above = word.replace(/(?<!\/)\/+[^/]*$|^[^/]*$/, '');
  const path = absolute(above, running);
  if (above === '' || path === undefined || removed !== true || !hasFlag(running.arguments, 'p', '--parents'))
    return removed;
  return removeAbove(above, removeOne(path, running, world), running, world);
}

/** A glob that matches nothing known stands for itself. */
function removeNothing(path: string, running: RunningCommand, world: RunWorld): Success {
  if (kindAt(path, world) !== 'absent') return undefined;
  return running.name === 'rm' && hasFlag(running.arguments, 'f', '--force');
}

function canRemove(path: string, kind: ReturnType<typeof kindAt>, running: RunningCommand, world: RunWorld): Success {
  const { name, arguments: words } = running;
  if (name === 'rmdir')
    return kind === 'directory' ? isEmpty(path, world) : kind === 'unknown' || kind === 'some' ? undefined : false;
  const recursive = name === 'rm' && hasFlag(words, 'rR', '--recursive');
  if (kind === 'directory' && !recursive)
    return name === 'rm' && hasFlag(words, 'd', '--dir') ? isEmpty(path, world) : false;
  if (name === 'rm' && hasFlag(words, 'f', '--force'))
    return recursive || kind === 'file' || kind === 'link' ? true : undefined;
  return kind === 'unknown' ? undefined : kind === 'some' && !recursive ? undefined : true;
}

function removeMatching(path: string, running: RunningCommand, world: RunWorld): Success {
  const { directory: named, pattern } = splitGlob(path);
  const directory = target(named, world);
  const found = [...childrenMatching(directory, pattern, world)];
  if (pattern !== '*' || running.name !== 'rm' || !hasFlag(running.arguments, 'rR', '--recursive'))
    return found.length === 0
      ? removeNothing(path, running, world)
      : all(found.map((gone) => removeOne(gone, running, world)));
  // Only what begins with a dot is left.
  const before = world.trees(directory);
  if (before.length === 0 || before.some((change) => change.path === directory && isFile(change))) return undefined;
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
  return true;
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
    const inside = relativeTo(directory, change.path) ?? '';
    const parts = inside === '' ? [] : inside.split('/').slice(0, depth);
    const path = join(directory, parts.join('/'));
    if (parts.length === depth && takes(pattern, parts.join('/')) && world.stat(path).presence !== 'absent')
      found.add(path);
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
