/** `node dist index.js`: the folder runs, and the file in it is only an argument. */
import { isProgramFolder, looksLikeScript, scriptOperandOf } from '../../knowledge/index.ts';
import type { Build, Located, Stage, StartCommand } from '../build.ts';
import { baseName, join, resolve } from '../files/path.ts';
import { type LaunchedCommand, launchOf } from './launch.ts';

export interface StrayArgument extends Located {
  readonly interpreter: string;
  readonly folder: string;
  readonly argument: string;
  /** What is meant. */
  readonly script: string;
  /** What runs in its place. */
  readonly runs: string;
}

export function* strayArguments(build: Build): Iterable<StrayArgument> {
  const seen = new Set<StartCommand | undefined>();
  for (const target of build.targets) {
    const { entrypoint, cmd } = target.result;
    const starts = [entrypoint, cmd].filter((start) => start !== undefined && !seen.has(start));
    if (starts.length === 0) continue;
    for (const start of starts) seen.add(start);
    for (const command of launchOf(target)?.commands ?? []) {
      const found = strayIn(command, target);
      if (found !== undefined) yield found;
    }
  }
}

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
    folder,
    argument,
    script: join(plain, argument),
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
