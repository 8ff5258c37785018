/** Commands that make, move, copy and delete files, as far as a linter can know without running them. */
import { fileEffects } from '../knowledge/index.ts';
import type { Redirect, ShellWord } from '../syntax/index.ts';
import { expandShellWord } from '../syntax/index.ts';
import type { Command, Content, FileChange, Secret } from './build.ts';
import { credentialInText } from './credential.ts';
import { baseName, isGlob, join, matchesComponent, matchesGlob, relativeTo, resolve, splitGlob } from './path.ts';
import type { RunningCommand, RunWorld } from './run.ts';
import { renderWord } from './unknown-text.ts';

type Handler = (command: Command, running: RunningCommand, world: RunWorld) => void;

/** Arguments that are no flags; `--` ends the flags. `valued`: flags that take the next word. */
function operands(
  words: readonly (string | undefined)[],
  valued: ReadonlySet<string> = noFlags,
): (string | undefined)[] {
  const found: (string | undefined)[] = [];
  let ended = false;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (!ended && word === '--') ended = true;
    else if (!ended && word !== undefined && word.startsWith('-') && word !== '-') {
      if (valued.has(word)) at += 1;
    } else found.push(word);
  }
  return found;
}

const noFlags: ReadonlySet<string> = new Set();

/** The value of a flag given as `-o x`, `-ox` (short) or `--output=x`. */
function flagValue(words: readonly (string | undefined)[], ...names: readonly string[]): string | undefined {
  for (const [at, word] of words.entries()) {
    if (word === undefined) continue;
    for (const name of names) {
      if (word === name) return words[at + 1];
      if (name.startsWith('--') && word.startsWith(`${name}=`)) return word.slice(name.length + 1);
      if (!name.startsWith('--') && word.startsWith(name) && word.length > 2) return word.slice(2);
    }
  }
  return undefined;
}

const handlers: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['rm', (_, running, world) => removeAll(operands(running.arguments), running, world)],
  ['unlink', (_, running, world) => removeAll(operands(running.arguments), running, world)],
  ['rmdir', (_, running, world) => removeAll(operands(running.arguments), running, world)],
  ['shred', (_, running, world) => removeAll(operands(running.arguments), running, world)],
  ['find', findFiles],
  ['mv', (_, running, world) => transfer(running, world, true)],
  ['cp', (_, running, world) => transfer(running, world, false)],
  ['ln', (_, running, world) => transfer(running, world, false)],
  ['install', (_, running, world) => transfer(running, world, false)],
  ['rsync', (_, running, world) => transfer(running, world, false)],
  ['mkdir', makeDirectories],
  ['touch', touchFiles],
  ['tee', teeFiles],
  ['git', cloneRepository],
  ['curl', (_, running, world) => download(flagValue(running.arguments, '-o', '--output'), running, world)],
  ['wget', (_, running, world) => download(flagValue(running.arguments, '-O', '--output-document'), running, world)],
  ['tar', unpack],
  ['unzip', unpack],
  ['turbo', pruneWorkspace],
]);

/** Lets a command that is no package manager's change the file system: its redirects first, then what it is known to do. */
export function changeFiles(command: Command, running: RunningCommand, world: RunWorld): void {
  for (const redirect of running.shell.redirects) redirectOutput(redirect, running, world);
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

function put(
  running: RunningCommand,
  world: RunWorld,
  path: string,
  content: Content,
  more: { credential?: FileChange['credential']; source?: FileChange; runs?: FileChange['runs'] } = {},
): void {
  world.put({
    kind: 'addition',
    path,
    span: running.shell.span,
    runs: more.runs === 'sometimes' ? 'sometimes' : running.runs,
    content,
    ...(more.credential === undefined ? {} : { credential: more.credential }),
    ...(more.source === undefined ? {} : { source: more.source }),
  });
}

function remove(running: RunningCommand, world: RunWorld, path: string): void {
  world.put({ kind: 'removal', path, span: running.shell.span, runs: running.runs });
}

const absolute = (word: string | undefined, running: RunningCommand): string | undefined =>
  word === undefined || (running.workdir === undefined && !word.startsWith('/'))
    ? undefined
    : resolve(running.workdir ?? '/', word);

function removeAll(words: readonly (string | undefined)[], running: RunningCommand, world: RunWorld): void {
  for (const word of words) {
    const path = absolute(word, running);
    if (path === undefined) continue;
    if (isGlob(path)) removeMatching(path, running, world);
    else remove(running, world, path);
  }
}

function removeMatching(path: string, running: RunningCommand, world: RunWorld): void {
  const { directory, pattern } = splitGlob(path);
  const visible = world.under(directory);
  const hidden = visible.filter((change) => (relativeTo(directory, change.path) ?? '').startsWith('.'));
  if (pattern === '*' && visible.some((change) => change.path === directory)) {
    remove(running, world, directory);
    put(running, world, directory, { kind: 'directory' });
    for (const change of hidden)
      put(running, world, change.path, change.content ?? { kind: 'unknown' }, copied(change));
    return;
  }
  for (const gone of childrenMatching(directory, pattern, visible, world)) remove(running, world, gone);
}

/** Known paths that a glob takes: those that changes name, and those of context directories. */
function childrenMatching(
  directory: string,
  pattern: string,
  visible: readonly FileChange[],
  world: RunWorld,
): ReadonlySet<string> {
  const depth = pattern.split('/').length;
  const found = new Set<string>();
  const covering = world.stat(directory).change;
  const above = covering === undefined || visible.includes(covering) ? [] : [covering];
  for (const change of [...above, ...visible]) {
    const parts = (relativeTo(directory, change.path) ?? '').split('/').slice(0, depth);
    if (parts.length === depth && takes(pattern, parts.join('/'))) found.add(join(directory, parts.join('/')));
    const { content } = change;
    if (content?.kind !== 'context' || content.entry === 'file') continue;
    for (const match of change.path === directory
      ? (world.around.context.match(join(content.path, pattern)) ?? [])
      : [])
      found.add(join(directory, relativeTo(content.path, match) ?? match));
  }
  return found;
}

/** Shell globs: a star does not take a leading dot. */
const takes = (pattern: string, path: string): boolean =>
  matchesGlob(pattern, path) &&
  path.split('/').every((part, at) => !part.startsWith('.') || (pattern.split('/')[at] ?? '').startsWith('.'));

/** `find DIR… -name X … -delete` or `-exec rm`. */
function findFiles(command: Command, running: RunningCommand, world: RunWorld): void {
  const words = running.arguments;
  const removes =
    words.includes('-delete') ||
    words.some((word, at) => /^-exec(dir)?$/.test(word ?? '') && baseName(words[at + 1] ?? '') === 'rm');
  if (!removes) {
    if (words.some((word) => /^-exec|^-ok/.test(word ?? ''))) changeUnknown(command, running, world);
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

function changeUnknown(_: Command, running: RunningCommand, world: RunWorld): void {
  if (running.workdir !== undefined) put(running, world, running.workdir, { kind: 'output', makes: 'anything' });
}

const copied = (
  change: FileChange,
): { credential?: FileChange['credential']; source: FileChange; runs: FileChange['runs'] } => ({
  source: change,
  runs: change.runs,
  ...(change.credential === undefined ? {} : { credential: change.credential }),
});

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

/** cp, mv, ln, install, rsync. */
function transfer(running: RunningCommand, world: RunWorld, moves: boolean): void {
  const words = operands(
    running.arguments,
    running.name === 'install' || running.name === 'ln' ? flagsWithValue : noFlags,
  );
  const target = flagValue(running.arguments, '-t', '--target-directory') ?? words.at(-1);
  const sources = running.arguments.includes('-t') ? words.filter((word) => word !== target) : words.slice(0, -1);
  const destination = absolute(target, running);
  if (destination === undefined || target === undefined) return;
  const stat = world.stat(destination);
  const known = stat.change?.path === destination ? stat.change.content?.kind : undefined;
  const directory =
    /(^|\/)\.{0,2}$/.test(target) ||
    sources.length > 1 ||
    known === 'directory' ||
    known === 'output' ||
    destination === running.workdir;
  for (const word of sources) {
    const from = absolute(word, running);
    if (from === undefined) continue;
    if (isGlob(from)) {
      const { directory: above, pattern } = splitGlob(from);
      for (const each of childrenMatching(above, pattern, world.under(above), world))
        copyTree(each, join(destination, baseName(each)), running, world, moves);
      continue;
    }
    const contents = word?.endsWith('/.') === true;
    copyTree(from, directory && !contents ? join(destination, baseName(from)) : destination, running, world, moves);
  }
}

function copyTree(from: string, to: string, running: RunningCommand, world: RunWorld, moves: boolean): void {
  const { change: found } = world.stat(from);
  const inside = world.under(from);
  const above = found !== undefined && !inside.some((change) => change.path === from) ? [{ ...found, path: from }] : [];
  for (const change of [...above, ...inside]) {
    const path = join(to, relativeTo(from, change.path) ?? '');
    const content = change.content ?? { kind: 'unknown' };
    const secret =
      content.kind === 'secret' ? credentialInText(path, undefined, [secretOf(content, change)]) : undefined;
    put(running, world, path, content, { ...copied(change), ...(secret === undefined ? {} : { credential: secret }) });
  }
  if (above.length + inside.length === 0) put(running, world, to, { kind: 'unknown' });
  if (moves) remove(running, world, from);
}

/** The secret that a secret mount holds. */
function secretOf(content: Extract<Content, { kind: 'secret' }>, at: FileChange): Secret {
  const { mount } = content;
  const name = mount.id?.text ?? mount.target?.text ?? 'secret';
  return { name, via: 'mount', span: at.span, value: 'none', uses: [], alsoMounted: true };
}

function makeDirectories(_: Command, running: RunningCommand, world: RunWorld): void {
  for (const word of operands(running.arguments, new Set(['-m', '--mode']))) {
    const path = absolute(word, running);
    if (path !== undefined && world.stat(path).presence !== 'present') put(running, world, path, { kind: 'directory' });
  }
}

function touchFiles(_: Command, running: RunningCommand, world: RunWorld): void {
  for (const word of operands(running.arguments)) {
    const path = absolute(word, running);
    if (path !== undefined && world.stat(path).presence === 'absent')
      put(running, world, path, { kind: 'text', text: '' });
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

interface WrittenText {
  readonly text: string | undefined;
  readonly secrets: readonly Secret[];
}

function redirectOutput(redirect: Redirect, running: RunningCommand, world: RunWorld): void {
  if (!/^(&?>>?|>\||<>)$/.test(redirect.operator) || (redirect.fd ?? 1) !== 1) return;
  const word = expandShellWord(redirect.target, running.lookup);
  const path = absolute(word?.replace(/^~(?=\/|$)/, world.home), running);
  if (path === undefined || path.startsWith('/dev/') || path.startsWith('/proc/')) return;
  writeText(path, outputOf(running, world), running, world, redirect.operator.includes('>>'));
}

function writeText(
  path: string,
  written: WrittenText,
  running: RunningCommand,
  world: RunWorld,
  append: boolean,
): void {
  const earlier = append ? world.stat(path).change : undefined;
  const before = earlier?.content?.kind === 'text' ? (earlier.content.text ?? '') : '';
  const text = written.text === undefined ? undefined : before + written.text;
  const secrets = [...(earlier?.credential?.secrets ?? []), ...written.secrets];
  const credential = credentialInText(path, text, secrets) ?? earlier?.credential;
  put(
    running,
    world,
    path,
    { kind: 'text', ...(text === undefined ? {} : { text }) },
    credential === undefined ? {} : { credential },
  );
}

/** What a command prints: echo, printf and cat as far as known; other commands print unknown text. */
function outputOf(running: RunningCommand, world: RunWorld): WrittenText {
  const { shell } = running;
  const words = shell.effective.slice(1);
  const document = shell.redirects.find((redirect) => redirect.heredoc !== undefined || redirect.operator === '<<<');
  if (running.name === 'echo' || running.name === 'printf') {
    const text = words.map((word) => renderWord(word, running.lookup)).join(' ');
    return { text: `${unescaped(text)}\n`, secrets: secretsOf(words, world) };
  }
  if (running.name === 'cat' && document !== undefined) {
    const body = document.heredoc ?? document.target;
    return { text: renderWord(body, running.lookup), secrets: secretsOf([body], world) };
  }
  if (running.name === 'cat' || running.name === 'base64' || running.name === 'envsubst' || running.name === 'sed') {
    const sources = operands(running.arguments).map((word) => absolute(word, running));
    const inputs = shell.redirects.filter((redirect) => redirect.operator === '<');
    sources.push(...inputs.map((redirect) => absolute(expandShellWord(redirect.target, running.lookup), running)));
    const changes = sources.flatMap((path) => (path === undefined ? [] : [world.stat(path).change]));
    return {
      text: undefined,
      secrets: changes.flatMap((change) => (change === undefined ? [] : secretsInFile(change))),
    };
  }
  return { text: undefined, secrets: secretsOf(words, world) };
}

function secretsInFile(change: FileChange): readonly Secret[] {
  if (change.content?.kind === 'secret') return [secretOf(change.content, change)];
  return change.credential?.secrets ?? [];
}

/** `\n` in echo and printf formats. */
const unescaped = (text: string): string => text.replace(/\\n/g, '\n');

function secretsOf(words: readonly ShellWord[], world: RunWorld): readonly Secret[] {
  return world.around.secretsInText(words.map((word) => word.raw).join(' '));
}

function pipedText(command: Command, world: RunWorld): WrittenText {
  const previous = world.commands.findLast(
    (other) => other.shell.pipeline === command.shell.pipeline && other.shell.index < command.shell.index,
  );
  if (previous === undefined) return { text: undefined, secrets: [] };
  const running: RunningCommand = {
    shell: previous.shell,
    name: previous.name,
    arguments: previous.arguments,
    workdir: previous.workdir,
    runs: previous.runs,
    lookup: world.lookup,
  };
  return outputOf(running, world);
}
