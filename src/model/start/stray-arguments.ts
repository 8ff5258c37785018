/** Words of a start that do not get where they are meant to: `node dist index.js`, `sh -c serve -p 80`. */
import { isProgramFolder, looksLikeScript, scriptOperandOf } from '../../knowledge/index.ts';
import type { Word } from '../../syntax/index.ts';
import type { Build, Located, Stage, StartCommand } from '../build.ts';
import { baseName, join, resolve } from '../files/path.ts';
import { type LaunchedCommand, launchOf } from './launch.ts';

export interface StrayArgument extends Located {
  readonly interpreter: string;
  readonly argument: string;
  /**
   * `folder`: one is run, and the file in it only handed to it; `script`: words behind the one that `sh -c` runs;
   * `program`: a shell takes its name for that of a script.
   */
  readonly kind: 'folder' | 'script' | 'program';
  /** What is meant. */
  readonly meant: string;
  /** What runs in its place. */
  readonly runs: string;
}

/** Each start of a ship target once. */
export function* strayArguments(build: Build): Iterable<StrayArgument> {
  const seen = new Set<StartCommand | undefined>();
  for (const target of build.targets) {
    const { entrypoint, cmd } = target.result;
    const starts = [entrypoint, cmd].filter((start) => start !== undefined && !seen.has(start));
    if (starts.length === 0) continue;
    for (const start of starts) seen.add(start);
    const lost = behindScript(target) ?? programForScript(target);
    if (lost !== undefined) yield lost;
    for (const command of launchOf(target)?.commands ?? []) {
      const found = strayIn(command, target);
      if (found !== undefined) yield found;
    }
  }
}

/** `sh -c serve -p 80`: the shell takes one word for its script and gives it the others as $0, $1 and so on. */
function behindScript({ result: { entrypoint, cmd } }: Stage): StrayArgument | undefined {
  const words = [entrypoint, cmd].flatMap((start) =>
    start?.instruction.form === 'exec' ? start.instruction.exec : [],
  );
  const [shell, flag, script, first] = words.slice(behindInit(words));
  const interpreter = baseName(shell?.text ?? '');
  if (shell === undefined) return undefined;
  if (!/^(?:ba|da|a)?sh$/.test(interpreter) || !/^-[a-z]*c$/.test(flag?.text ?? '')) return undefined;
  if (script?.text === undefined || first?.text === undefined || readsArguments(script.text)) return undefined;
  const isFromCmd = (word: Word): boolean => cmd?.instruction.exec.includes(word) === true;
  const rest = words.slice(words.indexOf(script));
  // A lone word behind the script is its name in messages.
  const mayBeName = rest.length === 2 && isFromCmd(shell) === isFromCmd(first) && !first.text.startsWith('-');
  if (mayBeName && !doesNothingAlone(script.text, first.text)) return undefined;
  const meant = rest.map(({ text }) => text ?? '');
  return {
    span: first.span,
    interpreter,
    kind: 'script',
    argument: first.text,
    runs: script.text,
    meant: meant.join(' '),
  };
}

/** `sh node server.js`: without -c the shell looks for a script of that name. */
function programForScript({ result: { entrypoint, cmd, rootfs, workdir } }: Stage): StrayArgument | undefined {
  const words = [entrypoint, cmd].flatMap((start) =>
    start?.instruction.form === 'exec' ? start.instruction.exec : [],
  );
  const [shell, program, ...rest] = words.slice(behindInit(words));
  const interpreter = baseName(shell?.text ?? '');
  if (!/^(?:ba|da|a)?sh$/.test(interpreter) || program?.text === undefined || rest.length === 0) return undefined;
  if (!interpreters.test(program.text) || workdir === undefined) return undefined;
  if (rootfs.stat(resolve(workdir, program.text)).presence === 'present') return undefined;
  const meant = [program, ...rest].map(({ text }) => text ?? '').join(' ');
  return { span: program.span, interpreter, kind: 'program', argument: program.text, runs: program.text, meant };
}

/** Where the start goes on behind `tini --` or `dumb-init`. */
function behindInit(words: readonly Word[]): number {
  if (!/^(?:tini|tini-static|dumb-init|catatonit)$/.test(baseName(words[0]?.text ?? ''))) return 0;
  return words.findIndex(({ text }, at) => at > 0 && text?.startsWith('-') !== true);
}

const interpreters = /^(?:node|nodejs|npm|npx|pnpm|yarn|bun|deno|java|python[\d.]*|php|ruby)$/;

/** `node server.js`, `npm start`: the first is nothing without the other, which is no name for messages. */
const doesNothingAlone = (program: string, argument: string): boolean =>
  interpreters.test(baseName(program)) &&
  !/^(?:--?|_|(?:ba|da|a)?sh)$/.test(argument) &&
  baseName(argument) !== baseName(program);

/** `$0`, `"$@"`, `${1:-x}`, `shift`. */
const readsArguments = (script: string): boolean => /\$\{?[\d@*#]|\bshift\b|\bset\b|\bfor \w+;/.test(script);

function strayIn({ words, workdir, span }: LaunchedCommand, target: Stage): StrayArgument | undefined {
  const interpreter = baseName(words[0] ?? '');
  const folder = scriptOperandOf(words)?.script;
  const argument = folder === undefined ? undefined : words[words.indexOf(folder, 1) + 1];
  if (folder === undefined || argument === undefined || !looksLikeScript(interpreter, argument)) return undefined;
  if (/\.\w+$/.test(folder) && !isProgramFolder(folder)) return undefined;
  const path = workdir === undefined ? undefined : resolve(workdir, folder);
  if (!isFolder(folder, path, target)) return undefined;
  const at = [...wordsOf(target)].findLast(({ text }) => text === argument);
  const plain = folder.replace(/\/$/, '');
  return {
    span: at?.span ?? span,
    interpreter,
    kind: 'folder',
    argument,
    meant: join(plain, argument),
    runs: join(plain, interpreter.startsWith('python') ? '__main__.py' : 'index.js'),
  };
}

function isFolder(folder: string, path: string | undefined, { result }: Stage): boolean {
  if (path === undefined) return isProgramFolder(folder);
  const { presence, change } = result.rootfs.stat(path);
  const endings = ['.js', '.json', '.node'].map((ending) => result.rootfs.stat(path + ending));
  if (endings.some((one) => one.presence === 'present')) return false;
  const content = presence === 'present' && change?.path === path ? change.content : undefined;
  if (content?.kind === 'text') return false;
  const known = content?.kind === 'directory' || (content?.kind === 'context' && content.entry === 'directory');
  if (content?.kind === 'context' && content.entry === 'file') return false;
  return known || isProgramFolder(folder);
}

/** The words of both instructions, with their places. */
function* wordsOf({ result: { entrypoint, cmd } }: Stage): Iterable<Located & { readonly text?: string }> {
  for (const start of [entrypoint, cmd]) {
    if (start === undefined) continue;
    if (start.instruction.form === 'exec') yield* start.instruction.exec;
    else for (const command of start.script.commands) yield* command.words;
  }
}
