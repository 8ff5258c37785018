/** Variables that a shell sets for itself and passes to no program: `NODE_ENV=production; npm ci`. */
import { commandName, type ShellCommand } from '../../syntax/index.ts';
import type { Lookup } from '../state/environment.ts';

export interface OwnVariables {
  /** Takes in what a command assigns or exports. */
  note(command: ShellCommand): void;
  has(name: string): boolean;
}

/** `outer`: the variables that the shell finds when it starts, which it passes on with whatever value they get. */
export function ownVariables(outer: Lookup): OwnVariables {
  const own = new Set<string>();
  const exported = new Set<string>();
  let exportsAll = false;
  return {
    has: (name) => own.has(name),
    note(command) {
      const name = commandName(command);
      const texts = command.effective.slice(1).map((word) => word.text ?? word.raw);
      if (name === 'set' && texts.some((word) => /^-[a-z]*a|^allexport$/.test(word))) exportsAll = true;
      if (exportsAll || name === '.' || name === 'source' || name === 'eval') {
        exportsAll = true;
        own.clear();
        return;
      }
      if (
        name === 'export' ||
        ((name === 'declare' || name === 'typeset') && texts.some((word) => /^-\w*x/.test(word)))
      )
        for (const variable of [...texts, ...command.assignments.map((each) => each.name)]) {
          const bare = variable.split('=', 1)[0] ?? variable;
          exported.add(bare);
          own.delete(bare);
        }
      else if (command.effective.length === 0)
        for (const { name: variable } of command.assignments)
          if (!exported.has(variable) && outer(variable) === null) own.add(variable);
    },
  };
}
