/** How messages call a command. */
import type { Command } from '../build.ts';

/** The program with its subcommand, and the script that `run` names: `npm ci`, `npm run build`; the program alone where these are no plain words. */
export function commandTitle({ name, arguments: words }: Pick<Command, 'name' | 'arguments'>): string | undefined {
  if (name === undefined) return undefined;
  const said = words.slice(0, words[0] === 'run' ? 2 : 1);
  return said.every((word) => /^[a-z][\w:-]*$/.test(word ?? '')) ? [name, ...said].join(' ') : name;
}
