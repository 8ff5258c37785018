/** curl, wget, git, tar, unzip: what comes from the network or out of archives. */

import type { Content } from '../build.ts';
import { baseName, join } from '../files/path.ts';
import { all, attempt, type Success } from './attempt.ts';
import { absolute, put, putSomewhere } from './file-changes.ts';
import { canWrite, hasPlace, isDirectory } from './file-kinds.ts';
import { makeDirectory } from './make-files.ts';
import { flagValue, hasFlag, operands } from './operands.ts';
import type { RunningCommand, RunWorld } from './run.ts';

const anything: Content = { kind: 'output', makes: 'anything' };

/** A tree that is not known comes to stand in a directory; its failure is not foreseen. */
function fill(path: string | undefined, running: RunningCommand, world: RunWorld): Success {
  if (path === undefined) return undefined;
  return attempt(running, undefined, (able) => put(able, world, path, anything));
}

const curlValues: ReadonlySet<string> = new Set([
  ...['-o', '-H', '-d', '-u', '-A', '-e', '-x', '-X', '-m', '-w', '-b', '-c', '-F', '-T', '-K', '-C', '-r', '-D', '-E'],
  ...['--output', '--header', '--data', '--user', '--user-agent', '--referer', '--proxy', '--request', '--max-time'],
  ...[
    '--write-out',
    '--cookie',
    '--form',
    '--config',
    '--continue-at',
    '--range',
    '--output-dir',
    '--retry',
    '--cacert',
  ],
  ...['--retry-delay', '--retry-max-time', '--connect-timeout', '--data-raw', '--data-binary', '--proto', '--url'],
  ...['--tls-max', '--ciphers', '--cert', '--key', '--dump-header', '--resolve', '--limit-rate', '--upload-file'],
]);

export function curl(running: RunningCommand, world: RunWorld): Success {
  const { arguments: words } = running;
  const outputs = flagValues(words, 'o', '--output');
  const folder = flagValue(words, '--output-dir');
  const written = new Set(outputs);
  const urls = operands(words, curlValues).filter((word) => !written.has(word));
  const byName = words.includes('--remote-name-all')
    ? urls
    : hasLetter(words, 'O', curlLetters) || words.includes('--remote-name')
      ? urls.slice(0, Math.max(1, urls.length - outputs.length))
      : [];
  const renamed = hasLetter(words, 'J', curlLetters) || words.includes('--remote-header-name');
  const makesFolders = hasFlag(words, '', '--create-dirs');
  const names = [...outputs, ...byName.map((url) => (renamed ? undefined : nameIn(url)))];
  return all([undefined, ...names.map((name) => download(name, folder, makesFolders, running, world))]);
}

const wgetValues: ReadonlySet<string> = new Set([
  ...['-O', '-P', '-o', '-a', '-i', '-t', '-T', '-U', '-e', '-w', '-Q', '--output-document', '--directory-prefix'],
  ...['--header', '--user-agent', '--tries', '--timeout', '--user', '--password', '--post-data', '--input-file'],
]);

export function wget(running: RunningCommand, world: RunWorld): Success {
  const { arguments: words } = running;
  const [output] = flagValues(words, 'O', '--output-document');
  const folder = flagValues(words, 'P', '--directory-prefix').at(0) ?? undefined;
  if (output !== undefined) return download(output, undefined, false, running, world);
  if (
    hasLetter(
      words.filter((word) => word?.startsWith('-n') !== true),
      'rmpi',
      wgetLetters,
    ) ||
    words.some((word) => /^--(recursive|mirror|page|input-file|spider)/.test(word ?? ''))
  )
    return words.includes('--spider') ? undefined : fill(absolute(folder ?? '.', running), running, world);
  return all(operands(words, wgetValues).map((url) => download(nameIn(url), folder, true, running, world)));
}

/** A URL's last part, which the file is named by; undefined where it is not known. */
function nameIn(url: string | undefined): string | undefined {
  const path = url?.replace(/^[a-z]+:\/\/[^/]*/, '').replace(/[?#].*/s, '');
  return path === undefined || baseName(path) === '' ? undefined : baseName(path);
}

function download(
  name: string | undefined,
  folder: string | undefined,
  makes: boolean,
  running: RunningCommand,
  world: RunWorld,
): Success {
  if (name === '-') return undefined;
  const path = absolute(
    name === undefined || folder === undefined || name.startsWith('/') ? name : join(folder, name),
    running,
  );
  if (path === undefined) return fill(absolute(folder ?? '.', running), running, world);
  if (path.startsWith('/dev/') || path.startsWith('/proc/')) return undefined;
  return attempt(running, all([undefined, makes ? true : canWrite(path, world)]), (able) => {
    put(able, world, path, { kind: 'remote', url: '' });
  });
}

/** Letters of curl and wget that take a value: what follows them in a word is no flag. */
const curlLetters = 'oHduAexXmwbcFTKCrDEYyzPQtU';
const wgetLetters = 'OPoaitTUewQBlADIXR';

/** Whether a single letter stands among the short flags, `-fsSLO` included. */
const hasLetter = (words: readonly (string | undefined)[], letters: string, valued: string): boolean =>
  words.some(
    (word) =>
      word !== undefined && /^-[^-]/.test(word) && flagsIn(word, valued).some((flag) => letters.includes(flag.letter)),
  );

function flagsIn(word: string, valued: string): readonly { readonly letter: string; readonly rest: string }[] {
  const flags: { readonly letter: string; readonly rest: string }[] = [];
  for (let at = 1; at < word.length; at += 1) {
    const letter = word.charAt(at);
    flags.push({ letter, rest: word.slice(at + 1) });
    if (valued.includes(letter)) break;
  }
  return flags;
}

/** The values of a flag that may stand at the end of others (`-fsSLo file`), and of its long form. */
function flagValues(
  words: readonly (string | undefined)[],
  letter: string,
  long: string,
): readonly (string | undefined)[] {
  const valued = letter === 'o' ? curlLetters : wgetLetters;
  const found: (string | undefined)[] = [];
  for (const [at, word] of words.entries()) {
    if (word === undefined) continue;
    if (word === long) found.push(words[at + 1]);
    else if (word.startsWith(`${long}=`)) found.push(word.slice(long.length + 1));
    else if (/^-[^-]/.test(word)) {
      const flag = flagsIn(word, valued).find((one) => one.letter === letter);
      if (flag !== undefined) found.push(flag.rest === '' ? words[at + 1] : flag.rest);
    }
  }
  return found;
}

const gitValues: ReadonlySet<string> = new Set([
  ...['-b', '--branch', '--depth', '-c', '-C', '--origin', '-o', '-j', '--jobs', '--reference', '--config', '-u'],
  ...['--template', '--separate-git-dir', '--shallow-since', '--filter', '--git-dir', '--work-tree', '--revision'],
]);

export function git(running: RunningCommand, world: RunWorld): Success {
  const { arguments: words } = running;
  const [verb, source, named] = operands(words, gitValues);
  const start = words.indexOf('-C') === 0 ? words[1] : '.';
  if (verb === 'clone') {
    const folder =
      named ??
      (source === undefined
        ? undefined
        : baseName(source.replace(/(?<!\/)\/+$/, '').replace(/:/g, '/')).replace(/\.git$/, ''));
    const path =
      folder === undefined || start === undefined
        ? undefined
        : absolute(folder.startsWith('/') ? folder : join(start, folder), running);
    if (path === undefined) {
      putSomewhere(running, world);
      return undefined;
    }
    return attempt(running, undefined, (able) => {
      put(able, world, path, anything);
      if (!words.some((word) => word === '--bare' || word === '--mirror'))
        put(able, world, join(path, '.git'), anything);
    });
  }
  if (
    verb === undefined ||
    /^(checkout|pull|submodule|reset|apply|am|merge|restore|lfs|fetch|switch|rebase|clean|stash)$/.test(verb)
  )
    return fill(absolute(start, running), running, world);
  if (verb === 'init') {
    const path = absolute(source ?? start, running);
    if (path === undefined) return undefined;
    return attempt(running, undefined, (able) => put(able, world, join(path, '.git'), anything));
  }
  return undefined;
}

const tarValues = 'fCTXIbgHKLNV';

export function tar(running: RunningCommand, world: RunWorld): Success {
  const words = dashed(running.arguments);
  const long = (name: string) => words.some((word) => word === `--${name}`);
  if (hasLetter(words, 'c', tarValues) || long('create')) {
    const [archive] = archiveOf(words);
    const path = archive === '-' ? undefined : absolute(archive, running);
    if (path === undefined) return undefined;
    return attempt(running, all([undefined, hasPlace(path, world)]), (able) =>
      put(able, world, path, { kind: 'text' }),
    );
  }
  if (hasLetter(words, 't', tarValues) || long('list')) return undefined;
  const folder = flagValue(words, '--directory') ?? folderOf(words);
  return fill(absolute(folder ?? '.', running), running, world);
}

/** `tar xzf` is `tar -xzf`. */
const dashed = (words: readonly (string | undefined)[]): readonly (string | undefined)[] =>
  words[0] === undefined || words[0].startsWith('-') ? words : [`-${words[0]}`, ...words.slice(1)];

const archiveOf = (words: readonly (string | undefined)[]): readonly (string | undefined)[] =>
  tarValue(words, 'f', '--file');
const folderOf = (words: readonly (string | undefined)[]): string | undefined => tarValue(words, 'C', '--directory')[0];

function tarValue(
  words: readonly (string | undefined)[],
  letter: string,
  long: string,
): readonly (string | undefined)[] {
  for (const [at, word] of words.entries()) {
    if (word === undefined) continue;
    if (word === long) return [words[at + 1]];
    if (word.startsWith(`${long}=`)) return [word.slice(long.length + 1)];
    if (!/^-[^-]/.test(word)) continue;
    const flag = flagsIn(word, tarValues).find((one) => one.letter === letter);
    if (flag !== undefined) return [flag.rest === '' ? words[at + 1] : flag.rest];
  }
  return [];
}

export function unzip(running: RunningCommand, world: RunWorld): Success {
  const { arguments: words } = running;
  if (hasFlag(words, 'lptvz')) return undefined;
  const folder = flagValue(words, '-d');
  const path = absolute(folder ?? '.', running);
  if (
    path !== undefined &&
    folder !== undefined &&
    isDirectory(path, world) === false &&
    running.failure !== 'absorbed'
  )
    makeDirectory(path, running, world);
  return fill(path, running, world);
}
