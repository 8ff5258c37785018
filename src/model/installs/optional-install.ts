/** Installs that a variable given to the build leaves out: what they bring comes with the context then. */

import type { Guard, ShellWord } from '../../syntax/index.ts';
import type { Install, Step } from '../build.ts';
import { settingOf } from '../state/environment.ts';

/** Whether a variable of unknown value decides that the step installs anything at all; no other arm installs. */
export function isLeftToTheBuild({ command }: Install): boolean {
  const { step, shell } = command;
  if (command.runs === 'always' || step.commands.some((other) => other !== command && other.install !== undefined))
    return false;
  return shell.guards
    .flatMap(wordsOf)
    .some(({ parts }) => parts.some((part) => part.kind === 'parameter' && isOpen(part.name, step)));
}

function wordsOf(guard: Guard): readonly ShellWord[] {
  if (guard.kind === 'case') return [guard.subject];
  return guard.kind === 'status' && guard.expected !== true ? guard.tests.flatMap(({ words }) => words) : [];
}

/** An ARG without a default, or an ENV that takes its value from one. */
function isOpen(name: string, { before }: Step): boolean {
  const value = settingOf(name, before);
  return value !== undefined && value.text === undefined;
}
