/** The commands of a script of the project that a container starts: `/entrypoint.sh`, `sh ./start.sh`. */
import { scriptOperandOf } from '../../knowledge/index.ts';
import {
  commandStates,
  createSource,
  expandShellWord,
  interpreterOf,
  joinStretches,
  parseShell,
  shebangOf,
  simpleCommands,
} from '../../syntax/index.ts';
import type { Build, Stage } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { resolve } from '../files/path.ts';
import type { LaunchedCommand } from './launch.ts';

export type ScriptCommand = Pick<LaunchedCommand, 'words' | 'workdir'>;

/** None where it starts no shell script, or one whose text is not known. */
export function scriptCommands(command: LaunchedCommand, target: Stage, build: Build): readonly ScriptCommand[] {
  const path = pathOf(command);
  const text = path === undefined ? undefined : textAt(path, target.result.rootfs, build);
  const shebang = text === undefined ? undefined : shebangOf(text);
  if (text === undefined || (shebang !== undefined && interpreterOf({ shell: undefined, shebang }) !== 'posix'))
    return [];
  const script = parseShell(joinStretches(createSource(text), [{ start: 0, end: text.length }]), 'posix');
  const { env } = target.result;
  return [...commandStates(simpleCommands(script), command.workdir, (name) => env.get(name)?.text, undefined)].map(
    ({ command: { effective }, directory, lookup }) => ({
      words: effective.map((word) => expandShellWord(word, lookup) ?? undefined),
      workdir: directory,
    }),
  );
}

/** A program without a slash is looked for where images put their entrypoints. */
function pathOf({ words, workdir }: LaunchedCommand): string | undefined {
  const script = scriptOperandOf(words)?.script ?? words[0];
  if (script === undefined) return undefined;
  if (!script.includes('/') && script === words[0]) return `/usr/local/bin/${script}`;
  return script.startsWith('/') ? script : workdir === undefined ? undefined : resolve(workdir, script);
}
