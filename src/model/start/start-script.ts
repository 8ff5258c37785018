/** The commands of a script of the project that a container starts: `/entrypoint.sh`, `sh ./start.sh`. */
import { scriptOperandOf } from '../../knowledge/index.ts';
import {
  commandStates,
  createSource,
  expandShellWord,
  interpreterOf,
  joinStretches,
  parseShell,
  type ShellScript,
  shebangOf,
  simpleCommands,
} from '../../syntax/index.ts';
import type { Build, Stage } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { resolve } from '../files/path.ts';
import { decidesScript, type LaunchedCommand, whenReached } from './launch.ts';

export interface ScriptCommand extends Pick<LaunchedCommand, 'words' | 'workdir'> {
  /** `always`: nothing but the failure of what stands before it keeps it from running. */
  readonly runs: 'always' | 'sometimes';
  /** The script ends with it where it fails. */
  readonly decides: boolean;
}

/** None where it starts no shell script, or one whose text is not known. */
export function scriptCommands(
  command: Pick<LaunchedCommand, 'words' | 'workdir'>,
  target: Stage,
  build: Build,
): readonly ScriptCommand[] {
  const text = startedScript(command, target, build)?.text;
  return text === undefined ? [] : commandsInText(text, command.workdir, target);
}

/** The shell script that a start runs, where its text is known. */
export function startedScript(
  command: Pick<LaunchedCommand, 'words' | 'workdir'>,
  target: Stage,
  build: Build,
): { readonly path: string; readonly text: string } | undefined {
  const path = pathOf(command);
  const text = path === undefined ? undefined : textAt(path, target.result.rootfs, build);
  const shebang = text === undefined ? undefined : shebangOf(text);
  if (path === undefined || text === undefined) return undefined;
  return shebang !== undefined && interpreterOf({ shell: undefined, shebang }) !== 'posix' ? undefined : { path, text };
}

/** The commands of a script in the environment of the image. */
export const commandsInText = (text: string, workdir: string | undefined, stage: Stage): readonly ScriptCommand[] =>
  commandsIn(scriptOf(text), workdir, stage);

/** The same of one that has been read. */
export function commandsIn(
  script: ShellScript,
  workdir: string | undefined,
  { result }: Stage,
): readonly ScriptCommand[] {
  const states = commandStates(simpleCommands(script), workdir, (name) => result.env.get(name)?.text, undefined);
  return [...states].map(({ command, directory, lookup }) => ({
    words: command.effective.map((word) => expandShellWord(word, lookup) ?? undefined),
    workdir: directory,
    runs: whenReached(command),
    decides: decidesScript(command, script),
  }));
}

export const scriptOf = (text: string): ShellScript =>
  parseShell(joinStretches(createSource(text), [{ start: 0, end: text.length }]), 'posix');

/** Interpreters of other languages. */
const readsNoShell = /^(?:.*\/)?(?:node|nodejs|python[\d.]*)$/;

/** A program without a slash is looked for where images put their entrypoints. */
function pathOf({ words, workdir }: Pick<LaunchedCommand, 'words' | 'workdir'>): string | undefined {
  if (readsNoShell.test(words[0] ?? '')) return undefined;
  const script = scriptOperandOf(words)?.script ?? words[0];
  if (script === undefined) return undefined;
  if (!script.includes('/') && script === words[0]) return `/usr/local/bin/${script}`;
  return script.startsWith('/') ? script : workdir === undefined ? undefined : resolve(workdir, script);
}
