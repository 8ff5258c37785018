/** `… | xargs rm`: words that come through a pipe. */

import type { Command } from '../build.ts';
import { unknownText } from '../state/unknown-text.ts';
import type { Success } from './attempt.ts';
import { findFiles } from './find.ts';
import { removeAll } from './removal.ts';
import type { RunningCommand, RunWorld } from './run.ts';
import { pipedFrom, pipedText } from './written-text.ts';

export const isFed = ({ shell }: Pick<RunningCommand, 'shell'>): boolean =>
  shell.words.some((word) => word.text === 'xargs');

/** The words of a command that xargs gives others, at its end or in place of `{}`: none of these is known. */
export const fedWords = ({ arguments: words }: RunningCommand): RunningCommand['arguments'] => {
  const placed = words.map((word) => (word?.includes('{}') ? undefined : word));
  return placed.includes(undefined) ? placed : [...placed, undefined];
};

/** rm with the words that xargs gives it: those of an echo, or `find … | xargs rm`, which is `find … -exec rm {} +`. */
export function removePiped(running: RunningCommand, world: RunWorld, command: Command): Success {
  const from = pipedFrom(command, world);
  if (from?.name === 'echo' || from?.name === 'printf') {
    const { text } = pipedText(command, world);
    if (text === undefined || text.includes(unknownText)) return undefined;
    return removeAll(
      text.split(/\s+/).filter((word) => word !== ''),
      running,
      world,
    );
  }
  if (from?.name !== 'find' || from.workdir === undefined) return undefined;
  const tests = from.arguments.filter((word) => word !== '-print0' && word !== '-print');
  const words = [...tests, '-exec', 'rm', ...running.arguments, '{}', '+'];
  return findFiles({ ...running, name: 'find', arguments: words, workdir: from.workdir }, world);
}
