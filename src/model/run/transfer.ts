/** cp, mv, install, rsync and hard links: what is at one path comes to stand at another. */

import { baseReaches } from '../files/base-files.ts';
import { isFull, treeToCopy } from '../files/copied-trees.ts';
import { credentialInText } from '../files/credential.ts';
import { contentAt, linkAt } from '../files/links.ts';
import { baseName, directoryName, isGlob, join, normalise, relativeTo, splitGlob } from '../files/path.ts';
import { all, attempt, type Success } from './attempt.ts';
import { absolute, copied, put, putSomewhere, remove } from './file-changes.ts';
import { canWrite, hasPlace, isDirectory, isEmpty, kindAt, target } from './file-kinds.ts';
import { makeDirectory } from './make-files.ts';
import { flagValue, hasFlag, operands } from './operands.ts';
import { childrenMatching } from './removal.ts';
import type { RunningCommand, RunWorld } from './run.ts';
import { secretOfMount } from './run-secrets.ts';

const valued: ReadonlyMap<string | undefined, ReadonlySet<string>> = new Map([
  [
    'install',
    new Set(['-m', '-o', '-g', '-S', '-t', '--mode', '--owner', '--group', '--suffix', '--target-directory']),
  ],
  ['rsync', new Set(['-e', '-f', '-T', '-B', '-M', '--rsh', '--filter', '--exclude', '--include', '--files-from'])],
]);
const targetFlags: ReadonlySet<string> = new Set(['-t', '--target-directory', '-S', '--suffix']);

/** Where one source of a call goes. */
interface Passage {
  readonly from: string;
  readonly to: string;
  /** What the form of the call says; false where its destination had to be a directory and is none. */
  readonly possible: Success;
}

/** The destination of a call. */
interface Destination {
  readonly path: string;
  readonly written: string;
  readonly isDirectory: boolean | undefined;
  /** It has to be a directory: there are several sources, or `-t` says so. */
  readonly filled: boolean;
}

export function transfer(running: RunningCommand, world: RunWorld): Success {
  const { name, arguments: words } = running;
  const named = operands(words, valued.get(name) ?? targetFlags);
  const into = name === 'rsync' ? undefined : flagValue(words, '-t', '--target-directory');
  const written = into ?? named.pop();
  const path = absolute(written, running);
  if (written === undefined || path === undefined) {
    putSomewhere(running, world);
    return undefined;
  }
  if (into === undefined && named.length === 0) return running.failure === 'ends the build';
  if (into !== undefined && name === 'install' && hasFlag(words, 'D')) makeDirectory(path, running, world);
  if (isFull(world.around.copies)) {
    put({ ...running, runs: 'sometimes', arm: undefined }, world, path, { kind: 'unknown' });
    return undefined;
  }
  const sources = named.flatMap((word) => sourcesOf(word, running, world));
  const destination: Destination = {
    path,
    written,
    isDirectory: isDirectory(path, world),
    filled: into !== undefined || named.length > 1 || sources.length > 1,
  };
  return all(sources.map((source) => transferOne(source, destination, running, world)));
}

function transferOne(
  source: string | undefined,
  destination: Destination,
  running: RunningCommand,
  world: RunWorld,
): Success {
  const from = absolute(source, running);
  if (source === undefined || from === undefined) return undefined;
  if (source === nothing || (running.name === 'mv' && /(^|\/)\.{1,2}\/*$/.test(source)))
    return running.failure === 'ends the build';
  if (running.name === 'rsync' && /^[^/]*:/.test(source))
    return attempt(running, undefined, (able) =>
      put(able, world, destination.path, { kind: 'output', makes: 'anything' }),
    );
  const passage =
    running.name === 'rsync'
      ? synchronised(source, from, destination, world)
      : passageOf(source, from, destination, running, world);
  if (makesPlace(running) && passage.possible !== false) makeDirectory(directoryName(passage.to), running, world);
  const intoItself = running.name === 'cp' && isRecursive(running) && isBelow(from, passage.to);
  if (intoItself && passage.possible !== false && hasPlace(passage.to, world) !== false) {
    // All but the copy itself is copied, and the command fails.
    put({ ...running, runs: 'sometimes', arm: undefined }, world, passage.to, { kind: 'unknown' });
    return running.failure === 'ends the build';
  }
  return attempt(running, all([passage.possible, canPass(passage, running, world)]), (able) =>
    pass(passage, able, world),
  );
}

/** `install -D` and `cp --parents` make the directories that are missing. */
const makesPlace = ({ name, arguments: words }: RunningCommand): boolean =>
  (name === 'install' && hasFlag(words, 'D')) || (name === 'cp' && hasFlag(words, '', '--parents'));

/** The words that a source comes to: a glob gives what matches it, and stands for itself when nothing does. */
function sourcesOf(
  word: string | undefined,
  running: RunningCommand,
  world: RunWorld,
): readonly (string | undefined)[] {
  const path = absolute(word, running);
  if (word === undefined || path === undefined || !isGlob(path) || running.quoted.has(word)) return [word];
  const { directory, pattern } = splitGlob(path);
  const found = [...childrenMatching(directory, pattern, world)];
  world.around.copies.followed += found.length;
  return found.length === 0 && kindAt(path, world) === 'absent' ? [nothing] : found;
}

/** Stands for what is certainly missing. */
const nothing = '/\0';

function passageOf(
  source: string,
  from: string,
  destination: Destination,
  running: RunningCommand,
  world: RunWorld,
): Passage {
  const { path, written, filled } = destination;
  const words = running.arguments;
  if (hasFlag(words, 'T', '--no-target-directory')) return { from, to: path, possible: true };
  if (running.name === 'cp' && hasFlag(words, '', '--parents'))
    return { from, to: join(path, normalise(source)), possible: destination.isDirectory };
  const inside = join(path, /(^|\/)\.$/.test(source) ? '' : baseName(from));
  const slash = /(^|\/)\.{0,2}$/.test(written);
  if (destination.isDirectory === true) return { from, to: inside, possible: true };
  if (destination.isDirectory === undefined)
    return { from, to: filled || slash || path === running.workdir ? inside : path, possible: undefined };
  if (filled) return { from, to: inside, possible: false };
  if (!slash) return { from, to: path, possible: true };
  const directory = isDirectory(from, world);
  if (running.name === 'install') return { from, to: inside, possible: false };
  return directory === false ? { from, to: inside, possible: false } : { from, to: path, possible: directory };
}

/** rsync makes its destination; a source that ends with a slash gives what is in it. */
function synchronised(source: string, from: string, destination: Destination, world: RunWorld): Passage {
  const { path, written, filled } = destination;
  if (/(^|\/)\.?$/.test(source)) return { from, to: path, possible: true };
  const kind = kindAt(from, world);
  const inside = filled || written.endsWith('/') || destination.isDirectory === true || kind === 'directory';
  return { from, to: inside ? join(path, baseName(from)) : path, possible: true };
}

const isBelow = (above: string, path: string): boolean => path !== above && relativeTo(above, path) !== undefined;

function canPass({ from, to }: Passage, running: RunningCommand, world: RunWorld): Success {
  const { name, arguments: words } = running;
  const kind = kindAt(followsLinks(running) ? target(from, world) : from, world);
  if (kind === 'absent' || from === to || relativeTo(from, to) !== undefined) return false;
  const directory = kind === 'directory' ? true : kind === 'some' || kind === 'unknown' ? undefined : false;
  const there = kindAt(to, world);
  if (keepsOld(running) && (there === 'file' || there === 'link' || there === 'some')) return undefined;
  if (name === 'ln') {
    if (directory === true || (there !== 'absent' && there !== 'unknown' && !hasFlag(words, 'f', '--force')))
      return false;
    return all([directory === undefined ? undefined : true, canWrite(to, world)]);
  }
  const known = kind === 'unknown' ? undefined : true;
  if (name === 'rsync') return known;
  if (directory === true && name !== 'mv' && !isRecursive(running)) return false;
  const place = hasPlace(to, world);
  if (there === 'absent' || there === 'unknown') return all([known, place]);
  const thereDirectory = isDirectory(to, world);
  if (directory === false && thereDirectory === true)
    return kind === 'link' && thereDirectory === true && there === 'link';
  if (directory === true && name === 'mv') {
    if (there === 'link' || there === 'file') return false;
    return there === 'directory' ? isEmpty(to, world) : undefined;
  }
  if (directory === true && (there === 'file' || there === 'link')) return false;
  if (name === 'cp' && there === 'link' && directory === false && kindAt(target(to, world), world) === 'absent')
    return false;
  if (target(from, world) === target(to, world)) return name !== 'cp' && name !== 'install' ? known : false;
  return all([known, place]);
}

/** Whether a link that is named is not copied as one. */
const followsLinks = (running: RunningCommand): boolean =>
  running.name === 'install' ||
  (running.name === 'cp' &&
    (hasFlag(running.arguments, 'LH', '--dereference') ||
      (!isRecursive(running) && !hasFlag(running.arguments, 'Pd', '--no-dereference'))));

/** What stands at the destination stays as it is. */
const keepsOld = ({ name, arguments: words }: RunningCommand): boolean =>
  (name === 'cp' || name === 'mv') && hasFlag(words, 'n', '--no-clobber', '--update=none');

const isRecursive = ({ name, arguments: words }: RunningCommand): boolean =>
  name === 'mv' || name === 'rsync' || hasFlag(words, 'rRa', '--recursive', '--archive');

function pass({ from, to }: Passage, running: RunningCommand, world: RunWorld): void {
  const { name, arguments: words } = running;
  const follows = followsLinks(running) && kindAt(from, world) === 'link';
  const partly =
    name === 'rsync' &&
    words.some((word) => word === undefined || /^--(ex|in)clude|^--filter|^--files-from|^-f/.test(word));
  const onto = name === 'cp' && kindAt(to, world) === 'link' && kindAt(from, world) !== 'link' ? target(to, world) : to;
  if (name === 'cp' && hasFlag(words, 's', '--symbolic-link')) {
    put(running, world, onto, isRecursive(running) ? { kind: 'unknown' } : linkAt(onto, from));
    return;
  }
  if (keepsOld(running) && world.stat(onto).presence === 'present' && kindAt(onto, world) !== 'directory') return;
  const leftOut = name === 'rsync' ? namesLeftOut(words) : nothingLeftOut;
  copyTree(follows ? target(from, world) : from, onto, { partly, leftOut }, running, world);
  if (name === 'mv') remove(running, world, from);
}

const nothingLeftOut: ReadonlySet<string> = new Set();

/** `--exclude node_modules`: what has such a name stays behind wherever it stands, unless another filter comes in between. */
function namesLeftOut(words: RunningCommand['arguments']): ReadonlySet<string> {
  if (words.some((word) => word === undefined || /^--include|^--filter|^-f/.test(word))) return nothingLeftOut;
  const patterns = words.flatMap((word, at) =>
    word === '--exclude' ? (words[at + 1] ?? []) : (/^--exclude=(.+)$/.exec(word ?? '')?.[1] ?? []),
  );
  return new Set(patterns.map((pattern) => pattern.replace(/\/$/, '')).filter((name) => /^[\w.@-]+$/.test(name)));
}

function copyTree(
  from: string,
  to: string,
  { partly, leftOut }: { readonly partly: boolean; readonly leftOut: ReadonlySet<string> },
  running: RunningCommand,
  world: RunWorld,
): void {
  const changes = treeToCopy(world, from, world.around.copies);
  if (changes === undefined) {
    put(running, world, to, { kind: 'unknown' });
    return;
  }
  const whole = kindAt(from, world) === 'directory' && (partly || !changes.some((change) => change.path === from));
  if (whole && kindAt(to, world) !== 'directory') put(running, world, to, { kind: 'directory' });
  if (whole && baseReaches(world, from)) put(running, world, to, { kind: 'unknown' });
  for (const change of changes) {
    const below = relativeTo(from, change.path) ?? '';
    if (leftOut.size > 0 && below.split('/').some((name) => leftOut.has(name))) continue;
    const path = join(to, below);
    const { presence } = world.stat(change.path);
    if (presence === 'absent') continue;
    const content = contentAt(path, change.content ?? { kind: 'unknown' });
    if (content.kind === 'directory' && kindAt(path, world) === 'directory') continue;
    const there = keepsOld(running) ? world.stat(path).presence : 'absent';
    if (there === 'present' && content.kind !== 'directory') continue;
    const secret =
      content.kind === 'secret' ? credentialInText(path, undefined, [secretOfMount(content.mount)]) : undefined;
    const less = presence === 'unknown' || there === 'unknown' || partly;
    put(less ? { ...running, runs: 'sometimes', arm: undefined } : running, world, path, content, {
      ...copied(change),
      ...(secret === undefined ? {} : { credential: secret }),
    });
  }
  if (changes.length === 0 && !whole) put(running, world, to, { kind: 'unknown' });
}
