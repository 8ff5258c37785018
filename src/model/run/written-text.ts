/** What commands print, and the files that redirects and tee write it to. */
import { expandShellWord, type Redirect, type ShellWord } from '../../syntax/index.ts';
import type { Command, FileChange, Secret } from '../build.ts';
import { credentialInNamedFile, credentialInText } from '../files/credential.ts';
import { renderWord, unknownText } from '../state/unknown-text.ts';
import { attempt, type Success } from './attempt.ts';
import { absolute, put } from './file-changes.ts';
import { canWrite, target } from './file-kinds.ts';
import { operands } from './operands.ts';
import { textOf as fileText } from './project.ts';
import type { RunningCommand, RunWorld } from './run.ts';
import { secretOfMount } from './run-secrets.ts';

interface WrittenText {
  readonly text: string | undefined;
  readonly secrets: readonly Secret[];
  /** It may be anything that a program makes of its words. */
  readonly processed?: true;
}

/** Opens what output is sent to; where that fails the command does not run. */
export function redirectOutput(redirect: Redirect, running: RunningCommand, world: RunWorld): Success {
  if (!/^(&?>>?|>\||<>|>&)$/.test(redirect.operator)) return true;
  const word = expandShellWord(redirect.target, running.lookup);
  if (redirect.operator === '>&' && (word === undefined || /^(\d+|-)$/.test(word))) return true;
  const path = absolute(word?.replace(/^~(?=\/|$)/, world.home), running);
  if (path === undefined) return undefined;
  if (path.startsWith('/dev/') || path.startsWith('/proc/')) return true;
  const isOutput = (redirect.fd ?? 1) === 1;
  const written: WrittenText = isOutput ? outputOf(running, world) : { text: undefined, secrets: [] };
  const goesOn = isAround(redirect, running) && world.opened.get(redirect) === path;
  world.opened.set(redirect, path);
  return writeText(path, written, running, world, goesOn || redirect.operator.includes('>>'));
}

/** Whether a redirect is that of a group or a loop that the command stands in. */
const isAround = ({ target: { span: at } }: Redirect, { shell: { span } }: RunningCommand): boolean =>
  at.line > span.endLine || (at.line === span.endLine && at.column >= span.endColumn);

export function writeText(
  named: string,
  written: WrittenText,
  running: RunningCommand,
  world: RunWorld,
  append: boolean,
): Success {
  const path = target(named, world);
  return attempt(running, canWrite(path, world), (able) => write(path, written, able, world, append));
}

function write(path: string, written: WrittenText, running: RunningCommand, world: RunWorld, append: boolean): void {
  const { presence, change: earlier } = append ? world.stat(path) : nothingThere;
  const before = presence === 'absent' ? '' : presence === 'present' ? textOf(earlier) : undefined;
  const text = written.text === undefined || before === undefined ? undefined : before + written.text;
  const secrets = [...(earlier?.credential?.secrets ?? []), ...written.secrets];
  const credential = written.processed
    ? credentialInNamedFile(path, secrets)
    : (credentialInText(path, written.text, secrets) ?? earlier?.credential);
  put(
    running,
    world,
    path,
    { kind: 'text', ...(text === undefined ? {} : { text }) },
    credential === undefined ? {} : { credential },
  );
}

const nothingThere = { presence: 'absent', change: undefined } as const;

const textOf = (change: FileChange | undefined): string | undefined =>
  change?.content?.kind === 'text' ? change.content.text : undefined;

/** What a command prints: echo, printf and cat as far as known; other commands print unknown text. */
function outputOf(running: RunningCommand, world: RunWorld): WrittenText {
  const { shell } = running;
  const words = shell.effective.slice(1);
  const document = shell.redirects.find((redirect) => redirect.heredoc !== undefined || redirect.operator === '<<<');
  const silent = shell.effective.length === 0 || running.name === ':' || running.name === 'true';
  if (silent) return { text: '', secrets: [] };
  if (running.name === 'echo' || running.name === 'printf') {
    const texts = words.map((word) => renderWord(word, running.lookup));
    return { text: running.name === 'echo' ? echoed(texts) : printed(texts), secrets: secretsOf(words, world) };
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
      secrets: [
        ...changes.flatMap((change) => (change === undefined ? [] : secretsInFile(change))),
        ...(running.name === 'envsubst' ? sources.flatMap((path) => secretsFilledIn(path, world)) : []),
      ],
    };
  }
  if (running.name === 'printenv')
    return {
      text: undefined,
      secrets: running.arguments.flatMap((name) => (name === undefined ? [] : world.secrets.named(name))),
    };
  return { text: undefined, secrets: secretsOf(words, world), processed: true };
}

/** envsubst puts the values of variables in the place of their names. */
function secretsFilledIn(path: string | undefined, world: RunWorld): readonly Secret[] {
  const template = path === undefined ? undefined : fileText(world.stat(path), world);
  const names = [...(template ?? '').matchAll(/\$(?:\{(\w+)\}|(\w+))/g)].map(
    ([, braced, bare]) => braced ?? bare ?? '',
  );
  return [...new Set(names)].flatMap((name) => world.secrets.named(name));
}

function secretsInFile(change: FileChange): readonly Secret[] {
  if (change.content?.kind === 'secret') return [secretOfMount(change.content.mount)];
  return change.credential?.secrets ?? [];
}

/** What echo prints of its words. */
function echoed(words: readonly string[]): string {
  const first = words.findIndex((word) => !/^-[neE]+$/.test(word));
  const texts = first === -1 ? [] : words.slice(first);
  const options = words.slice(0, words.length - texts.length);
  return unescaped(texts.join(' ')) + (options.some((option) => option.includes('n')) ? '' : '\n');
}

/** What printf prints: its format for as many words as there are; numbers are left as written. */
function printed(words: readonly string[]): string {
  const [given = '', ...texts] = words[0] === '--' ? words.slice(1) : words;
  const format = unescaped(given);
  const takes = format.match(directive)?.filter((found) => found !== '%%').length ?? 0;
  const rounds = takes === 0 ? 1 : Math.max(1, Math.ceil(texts.length / takes));
  if (rounds > 1 && format.length * rounds > mostPrinted) return unknownText;
  let next = 0;
  return format.repeat(rounds).replace(directive, (found) => {
    if (found === '%%') return '%';
    const text = texts[next++] ?? '';
    return found === '%b' ? unescaped(text) : text;
  });
}

/** What stands for a word in a format, or for a percent sign. */
const directive = /%[%sbdiuq]/g;

/** Characters of formats that are repeated for their words. */
const mostPrinted = 1_000_000;

/** `\n` in echo and printf formats. */
const unescaped = (text: string): string => text.replace(/\\n/g, '\n');

function secretsOf(words: readonly ShellWord[], world: RunWorld): readonly Secret[] {
  return [...new Set(words.flatMap((word) => world.secrets.inWord(word)))];
}

/** The command before this one in its pipeline. */
export function pipedFrom(command: Command, world: RunWorld): RunningCommand | undefined {
  const previous = world.commands.findLast(
    (other) => other.shell.pipeline === command.shell.pipeline && other.shell.index < command.shell.index,
  );
  if (previous === undefined) return undefined;
  return {
    shell: previous.shell,
    name: previous.name,
    arguments: previous.arguments,
    quoted: new Set(),
    workdir: previous.workdir,
    runs: previous.runs,
    lookup: world.lookup,
    environment: world.lookup,
    failure: 'open',
    arm: undefined,
  };
}

export function pipedText(command: Command, world: RunWorld): WrittenText {
  const running = pipedFrom(command, world);
  return running === undefined ? { text: undefined, secrets: [] } : outputOf(running, world);
}
