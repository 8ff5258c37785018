/** mkdir, touch, ln -s, truncate, dd, sed -i: files and directories made or changed in place. */

import { linkAt } from '../files/links.ts';
import { baseName, directoryName, isGlob, join, splitGlob } from '../files/path.ts';
import { all, attempt, type Success } from './attempt.ts';
import { absolute, put, putSomewhere } from './file-changes.ts';
import { canWrite, hasPlace, isDirectory, kindAt, target } from './file-kinds.ts';
import { flagValue, hasFlag, operands } from './operands.ts';
import { childrenMatching } from './removal.ts';
import type { RunningCommand, RunWorld } from './run.ts';

/** Runs `act` for each operand whose path is known; one that is not may be anything. */
function each(
  words: readonly (string | undefined)[],
  running: RunningCommand,
  world: RunWorld,
  act: (path: string, word: string) => Success,
): Success {
  return all(
    words.map((word) => {
      const path = absolute(word, running);
      if (word !== undefined && path !== undefined) return act(path, word);
      putSomewhere(running, world);
      return undefined;
    }),
  );
}

const modeFlags: ReadonlySet<string> = new Set(['-m', '--mode', '-Z']);
const installFlags: ReadonlySet<string> = new Set(['-m', '-o', '-g', '--mode', '--owner', '--group']);

export function makeDirectories(running: RunningCommand, world: RunWorld): Success {
  const { name, arguments: words } = running;
  const parents = name === 'install' || hasFlag(words, 'p', '--parents');
  return each(operands(words, name === 'install' ? installFlags : modeFlags), running, world, (path) => {
    const there = isDirectory(path, world);
    const kind = kindAt(path, world);
    if (!parents)
      return attempt(
        running,
        kind === 'absent' ? hasPlace(path, world) : kind === 'unknown' ? undefined : false,
        (able) => makeDirectory(path, able, world),
      );
    return attempt(running, canLead(path, world) && (there !== false || kind === 'absent'), (able) =>
      makeDirectory(path, able, world),
    );
  });
}

/** Whether nothing but directories stands on the way to a path. */
function canLead(path: string, world: RunWorld): boolean {
  for (let above = directoryName(path); above !== '/'; above = directoryName(above))
    if (isDirectory(above, world) === false && kindAt(above, world) !== 'absent') return false;
  return true;
}

/** A directory and those above it that are missing. */
export function makeDirectory(path: string, running: RunningCommand, world: RunWorld): void {
  const above = directoryName(path);
  if (above !== path && kindAt(above, world) === 'absent') makeDirectory(above, running, world);
  const { presence } = world.stat(path);
  if (presence !== 'present') put(running, world, path, { kind: 'directory' });
}

const touchFlags: ReadonlySet<string> = new Set(['-d', '--date', '-t', '-r', '--reference']);

export function touchFiles(running: RunningCommand, world: RunWorld): Success {
  if (hasFlag(running.arguments, 'c', '--no-create')) return undefined;
  return each(operands(running.arguments, touchFlags), running, world, (path) => {
    const real = target(path, world);
    const { presence } = world.stat(real);
    if (presence === 'present') return true;
    return attempt(running, hasPlace(real, world), (able) => {
      // What was there before stays as it is.
      put(able, world, real, { kind: 'text', text: '' }, presence === 'unknown' ? { eitherWay: true } : {});
    });
  });
}

const linkFlags: ReadonlySet<string> = new Set(['-S', '--suffix', '-t', '--target-directory']);

/** `ln -s TARGET… [LINK]`. */
export function makeLinks(running: RunningCommand, world: RunWorld): Success {
  const { arguments: words } = running;
  const named = operands(words, linkFlags);
  const into = flagValue(words, '-t', '--target-directory');
  const last = into ?? (named.length > 1 ? named.pop() : '.');
  const place = absolute(last, running);
  if (last === undefined || place === undefined) {
    putSomewhere(running, world);
    return undefined;
  }
  const keepsLink = hasFlag(words, 'nT', '--no-dereference', '--no-target-directory');
  const known = isDirectory(place, world);
  const asked = into !== undefined || named.length > 1 || last === '.' || last.endsWith('/');
  const inside = asked || (known === true && !(keepsLink && kindAt(place, world) === 'link'));
  return each(named, running, world, (_, text) => {
    const path = inside ? join(target(place, world), baseName(text.replace(/(?<!\/)\/+$/, ''))) : place;
    const kind = kindAt(path, world);
    const free =
      kind === 'absent'
        ? true
        : kind === 'unknown' || kind === 'some'
          ? undefined
          : hasFlag(words, 'f', '--force') && kind !== 'directory';
    const possible = all([asked ? known : true, free, hasPlace(path, world)]);
    return attempt(running, possible, (able) => put(able, world, path, linkAt(path, text)));
  });
}

const sizeFlags: ReadonlySet<string> = new Set(['-s', '--size', '-r', '--reference']);

/** truncate, fallocate, mkfifo: what is not there is made. */
export function makeFiles(running: RunningCommand, world: RunWorld): Success {
  return each(operands(running.arguments, sizeFlags), running, world, (path) => {
    const real = target(path, world);
    return attempt(running, canWrite(real, world), (able) => put(able, world, real, { kind: 'text' }));
  });
}

/** `dd of=FILE`. */
export function copyBlocks(running: RunningCommand, world: RunWorld): Success {
  const written = running.arguments.flatMap((word) => (word?.startsWith('of=') ? [word.slice('of='.length)] : []));
  return each(written, running, world, (path) => {
    if (path.startsWith('/dev/')) return true;
    return attempt(running, canWrite(path, world), (able) => put(able, world, path, { kind: 'text' }));
  });
}

const scriptFlags: ReadonlySet<string> = new Set(['-e', '-f', '--expression', '--file', '-l', '--line-length']);

/**
 * `sed -i`: the file keeps its origin; what is in it is no longer known. A script that deletes takes a credential out
 * of it.
 */
export function editFiles(running: RunningCommand, world: RunWorld): Success {
  const { arguments: words } = running;
  if (!words.some((word) => word !== undefined && /^-[a-zA-Z]*i|^--in-place/.test(word))) return undefined;
  const scripted = words.some((word) => word !== undefined && /^(-[a-zA-Z]*[ef]|--expression|--file)/.test(word));
  const named = operands(words, scriptFlags).slice(scripted ? 0 : 1);
  const paths = named.flatMap((word) => {
    const path = absolute(word, running);
    if (word === undefined || path === undefined || !isGlob(path) || running.quoted.has(word)) return [word];
    const { directory, pattern } = splitGlob(path);
    return [...childrenMatching(directory, pattern, world)];
  });
  const scripts = words.flatMap((word, at) => (word === '-e' || word === '--expression' ? [words[at + 1]] : []));
  const script = scripted ? scripts : operands(words, scriptFlags).slice(0, 1);
  const deletes = script.some((one) => one !== undefined && /[/$\d]d$|^s(.).*\1\1g?$/.test(one));
  return each(paths, running, world, (path) => {
    const kind = kindAt(path, world);
    const { change } = world.stat(path);
    const possible = kind === 'absent' || kind === 'directory' ? false : kind === 'file' ? true : undefined;
    return attempt(running, possible, (able) => {
      if (change === undefined) return;
      const { credential } = change;
      const kept = deletes || credential === undefined ? {} : { credential };
      put(able, world, path, { kind: 'text' }, { source: change, ...kept });
    });
  });
}
