/** Files that a command works on and that are not there when it runs. */
import { scriptOperandOf } from '../../knowledge/index.ts';
import { expandShellWord } from '../../syntax/index.ts';
import type { AbsentFile } from '../build.ts';
import { isGlob, resolve } from '../files/path.ts';
import { hasFlag } from './operands.ts';
import type { RunningCommand, RunWorld } from './run.ts';

/** Commands that fail without their files: operands before the first file, and after the last one. */
const readers: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['cat', [0, 0]],
  ['rm', [0, 0]],
  ['chmod', [1, 0]],
  ['chown', [1, 0]],
  ['cp', [0, 1]],
  ['mv', [0, 1]],
]);

/** Of a command whose failure ends the build, or whose output another one is given. */
export function absentOperands(running: RunningCommand, world: RunWorld): readonly AbsentFile[] {
  const { name, shell, workdir, lookup, runs, failure } = running;
  const ends = readers.get(name ?? '');
  const matters = failure === 'ends the build' || (name === 'cat' && shell.within !== undefined);
  if (runs !== 'always' || !matters || workdir === undefined) return [];
  if (ends === undefined) return absentProgram(running, workdir, world);
  if (hasFlag(running.arguments, name === 'rm' ? 'f' : 't', '--force', '--target-directory', '--reference')) return [];
  const words = shell.effective.slice(1).filter(({ raw }) => !raw.startsWith('-'));
  return words.slice(ends[0], words.length - ends[1]).flatMap((word) => {
    const text = /^["']?~/.test(word.raw) ? undefined : expandShellWord(word, lookup);
    if (text === undefined || text === '' || isGlob(text) || text.includes('{')) return [];
    const path = resolve(workdir, text);
    return world.stat(path).presence === 'absent' ? [{ span: word.span, path }] : [];
  });
}

/** What an interpreter is told to run, under none of the names that it tries. */
function absentProgram(
  { name, shell, arguments: words }: RunningCommand,
  workdir: string,
  world: RunWorld,
): readonly AbsentFile[] {
  const operand = scriptOperandOf([name, ...words]) ?? moduleOf(name, words);
  const word = shell.effective.find(({ text }) => text !== undefined && text === operand?.script);
  if (operand === undefined || word === undefined || isGlob(operand.script)) return [];
  const path = resolve(workdir, operand.script);
  const isAbsent = operand.endings.every((ending) => world.stat(path + ending).presence === 'absent');
  return isAbsent ? [{ span: word.span, path, runs: true }] : [];
}

/** `deno cache main.ts`. */
function moduleOf(
  name: string | undefined,
  [command, ...words]: readonly (string | undefined)[],
): { readonly script: string; readonly endings: readonly string[] } | undefined {
  if (name !== 'deno' || !/^(?:run|cache|compile|check)$/.test(command ?? '')) return undefined;
  const script = words.find(
    (word, at) => /^[\w./-]+\.[cm]?[jt]sx?$/.test(word ?? '') && !/^(?:-o|--output)$/.test(words[at - 1] ?? ''),
  );
  return script === undefined ? undefined : { script, endings: [''] };
}
