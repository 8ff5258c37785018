/** Commands that make, move, copy and delete files, as far as a linter can know without running them. */
import { fileEffects } from '../knowledge/index.ts';
import type { Command } from './build.ts';
import { writeConfiguredCredential } from './configured-credential.ts';
import { credentialInText } from './credential.ts';
import { absolute, copied, put, remove } from './file-changes.ts';
import { flagValue, noFlags, operands } from './operands.ts';
import { baseName, directoryName, isGlob, join, relativeTo, resolve, splitGlob } from './path.ts';
import { childrenMatching, findFiles, removeAll } from './removal.ts';
import type { RunningCommand, RunWorld } from './run.ts';
import { secretOfMount } from './run-secrets.ts';
import { pipedText, redirectOutput, writeText } from './written-text.ts';

type Handler = (command: Command, running: RunningCommand, world: RunWorld) => void;

const handlers: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['rm', (_, running, world) => removeAll(operands(running.arguments), running, world)],
  ['unlink', (_, running, world) => removeAll(operands(running.arguments), running, world)],
  ['rmdir', (_, running, world) => removeAll(operands(running.arguments), running, world)],
  ['shred', (_, running, world) => removeAll(operands(running.arguments), running, world)],
  ['find', findFiles],
  ['mv', (_, running, world) => transfer(running, world, true)],
  ['cp', (_, running, world) => transfer(running, world, false)],
  ['ln', makeLinks],
  ['install', installFiles],
  ['rsync', (_, running, world) => transfer(running, world, false)],
  ['mkdir', (command, running, world) => makeDirectories(command, running, world)],
  ['touch', touchFiles],
  ['tee', teeFiles],
  ['git', cloneRepository],
  ['curl', (_, running, world) => download(flagValue(running.arguments, '-o', '--output'), running, world)],
  ['wget', (_, running, world) => download(flagValue(running.arguments, '-O', '--output-document'), running, world)],
  ['sed', editFiles],
  ['tar', unpack],
  ['unzip', unpack],
  ['turbo', pruneWorkspace],
]);

/** Lets a command that is no package manager's change the file system: its redirects first, then what it is known to do. */
export function changeFiles(command: Command, running: RunningCommand, world: RunWorld): void {
  for (const redirect of running.shell.redirects) redirectOutput(redirect, running, world);
  writeConfiguredCredential(running, world);
  const handler = handlers.get(running.name ?? '');
  if (handler !== undefined) {
    handler(command, running, world);
    return;
  }
  const effect = fileEffects([running.name, ...running.arguments]);
  if (effect === 'none' || running.workdir === undefined) return;
  if (running.name === undefined && running.shell.effective.length === 0) return;
  put(running, world, running.workdir, { kind: 'output', makes: effect });
}

function changeUnknown(_: Command, running: RunningCommand, world: RunWorld): void {
  if (running.workdir !== undefined) put(running, world, running.workdir, { kind: 'output', makes: 'anything' });
}

const flagsWithValue: ReadonlySet<string> = new Set([
  '-m',
  '-o',
  '-g',
  '--mode',
  '--owner',
  '--group',
  '-S',
  '--suffix',
]);

/** `install -d` makes directories; else it copies. */
function installFiles(command: Command, running: RunningCommand, world: RunWorld): void {
  const makes = running.arguments.some((word) => word === '--directory' || /^-[a-zA-Z]*d/.test(word ?? ''));
  if (makes) makeDirectories(command, running, world, flagsWithValue);
  else transfer(running, world, false);
}

/** `ln -s TARGET [LINK]`; without -s the name leads to the same file, as a copy would. */
function makeLinks(_: Command, running: RunningCommand, world: RunWorld): void {
  const flags = running.arguments.filter((word) => word?.startsWith('-'));
  if (!flags.some((flag) => flag === '--symbolic' || /^-[a-zA-Z]*s/.test(flag ?? ''))) {
    transfer(running, world, false);
    return;
  }
  const words = operands(running.arguments, flagsWithValue);
  const last = words.length > 1 ? words.at(-1) : '.';
  const place = absolute(last, running);
  if (place === undefined) {
    putSomewhere(running, world);
    return;
  }
  const keepsLink = flags.some((flag) => /^-[a-zA-Z]*[nT]|^--no-/.test(flag ?? ''));
  const into = !keepsLink && (last === '.' || last?.endsWith('/') || isDirectoryIn(world, place));
  for (const target of words.length > 1 ? words.slice(0, -1) : words) {
    if (target === undefined) continue;
    const path = into ? join(place, baseName(target)) : place;
    put(running, world, path, { kind: 'link', to: resolve(directoryName(path), target) });
  }
}

function isDirectoryIn(world: RunWorld, path: string): boolean {
  const { presence, change } = world.stat(path);
  return presence === 'present' && (change === undefined || change.content?.kind === 'directory');
}

/** A file is made whose name is not known: something may be new in the working directory. */
function putSomewhere(running: RunningCommand, world: RunWorld): void {
  if (running.workdir !== undefined)
    put(running, world, running.workdir, { kind: 'output', makes: 'build-output' }, { runs: 'sometimes' });
}

/** cp, mv, install, rsync. */
function transfer(running: RunningCommand, world: RunWorld, moves: boolean): void {
  const words = operands(
    running.arguments,
    running.name === 'install' || running.name === 'ln' ? flagsWithValue : noFlags,
  );
  const target = flagValue(running.arguments, '-t', '--target-directory') ?? words.at(-1);
  const sources = running.arguments.includes('-t') ? words.filter((word) => word !== target) : words.slice(0, -1);
  const destination = absolute(target, running);
  if (destination === undefined || target === undefined) {
    putSomewhere(running, world);
    return;
  }
  const stat = world.stat(destination);
  const known = stat.change?.path === destination ? stat.change.content?.kind : undefined;
  const directory =
    /(^|\/)\.{0,2}$/.test(target) ||
    sources.length > 1 ||
    known === 'output' ||
    isDirectoryIn(world, destination) ||
    destination === running.workdir;
  for (const word of sources) {
    const from = absolute(word, running);
    if (from === undefined) continue;
    if (isGlob(from)) {
      const { directory: above, pattern } = splitGlob(from);
      for (const each of childrenMatching(above, pattern, world))
        copyTree(each, join(destination, baseName(each)), running, world, moves);
      continue;
    }
    const contents = word?.endsWith('/.') === true;
    copyTree(from, directory && !contents ? join(destination, baseName(from)) : destination, running, world, moves);
  }
}

function copyTree(from: string, to: string, running: RunningCommand, world: RunWorld, moves: boolean): void {
  const changes = world.trees(from);
  for (const change of changes) {
    const path = join(to, relativeTo(from, change.path) ?? '');
    const content = change.content ?? { kind: 'unknown' };
    const secret =
      content.kind === 'secret' ? credentialInText(path, undefined, [secretOfMount(content.mount)]) : undefined;
    put(running, world, path, content, { ...copied(change), ...(secret === undefined ? {} : { credential: secret }) });
  }
  if (changes.length === 0) put(running, world, to, { kind: 'unknown' });
  if (moves) remove(running, world, from);
}

const modeFlags: ReadonlySet<string> = new Set(['-m', '--mode']);

function makeDirectories(_: Command, running: RunningCommand, world: RunWorld, valued = modeFlags): void {
  for (const word of operands(running.arguments, valued)) {
    const path = absolute(word, running);
    if (path === undefined) putSomewhere(running, world);
    else if (world.stat(path).presence !== 'present') put(running, world, path, { kind: 'directory' });
  }
}

function touchFiles(_: Command, running: RunningCommand, world: RunWorld): void {
  for (const word of operands(running.arguments)) {
    const path = absolute(word, running);
    if (path === undefined) putSomewhere(running, world);
    else if (world.stat(path).presence === 'absent') put(running, world, path, { kind: 'text', text: '' });
  }
}

function download(to: string | undefined, running: RunningCommand, world: RunWorld): void {
  const path = to === '-' ? undefined : absolute(to, running);
  if (path !== undefined) put(running, world, path, { kind: 'remote', url: '' });
  else if (to === undefined && running.workdir !== undefined && savesByName(running))
    put(running, world, running.workdir, { kind: 'output', makes: 'anything' });
}

const savesByName = (running: RunningCommand): boolean =>
  running.name === 'wget' ||
  running.arguments.some((word) => word !== undefined && /^-[a-zA-Z]*O|^--remote-name/.test(word));

function cloneRepository(command: Command, running: RunningCommand, world: RunWorld): void {
  const words = operands(running.arguments, new Set(['-b', '--branch', '--depth', '-c', '-C', '--origin', '-o']));
  if (words[0] === 'clone') {
    const directory = words[2] ?? baseName(words[1] ?? '').replace(/\.git$/, '');
    const path = absolute(directory, running);
    if (path !== undefined) put(running, world, path, { kind: 'output', makes: 'anything' });
  } else if (/^(checkout|pull|submodule|reset|apply|am|merge|restore|lfs|init|fetch)$/.test(words[0] ?? ''))
    changeUnknown(command, running, world);
}

/** `sed -i`: the text is another one; a script that deletes takes a credential out of it. */
function editFiles(_: Command, running: RunningCommand, world: RunWorld): void {
  const { arguments: words } = running;
  if (!words.some((word) => word !== undefined && /^(?:-[a-zA-Z]*i|--in-place)/.test(word))) return;
  const scripts = words.flatMap((word, at) => (word === '-e' || word === '--expression' ? [words[at + 1]] : []));
  const plain = operands(words, new Set(['-e', '--expression', '-f', '--file']));
  const script = scripts.length > 0 ? scripts : plain.slice(0, 1);
  const deletes = script.some((each) => each !== undefined && /[/$\d]d$|^s(.).*\1\1g?$/.test(each));
  for (const word of scripts.length > 0 ? plain : plain.slice(1)) {
    const path = absolute(word, running);
    const { change } = path === undefined ? {} : world.stat(path);
    if (path === undefined || change === undefined || isGlob(path)) continue;
    const { credential } = change;
    put(running, world, path, { kind: 'text' }, deletes || credential === undefined ? {} : { credential });
  }
}

function unpack(command: Command, running: RunningCommand, world: RunWorld): void {
  const to =
    running.name === 'tar' ? flagValue(running.arguments, '-C', '--directory') : flagValue(running.arguments, '-d');
  if (to === undefined) changeUnknown(command, running, world);
  const path = absolute(to, running);
  if (path !== undefined) put(running, world, path, { kind: 'output', makes: 'anything' });
}

/** `turbo prune APP --docker` makes out/json (manifests and lockfile) and out/full (sources). */
export function pruneWorkspace(_: Command, running: RunningCommand, world: RunWorld): void {
  const words = running.arguments.filter((word) => word !== undefined);
  if (!words.includes('prune') || running.workdir === undefined) return;
  const out = resolve(running.workdir, flagValue(words, '--out-dir') ?? 'out');
  if (!words.includes('--docker')) {
    put(running, world, out, { kind: 'pruned-workspace', part: 'full' });
    return;
  }
  put(running, world, out, { kind: 'pruned-workspace', part: 'root' });
  put(running, world, join(out, 'json'), { kind: 'pruned-workspace', part: 'json' });
  put(running, world, join(out, 'full'), { kind: 'pruned-workspace', part: 'full' });
}

function teeFiles(command: Command, running: RunningCommand, world: RunWorld): void {
  const written = pipedText(command, world);
  for (const word of operands(running.arguments)) {
    const path = absolute(word, running);
    if (path !== undefined) writeText(path, written, running, world, running.arguments.includes('-a'));
  }
}
