/** The secrets that the words of one RUN carry: those of variables, of secret mounts, and of what is read from them. */
import type { Mount, RunInstruction, ShellCommand, ShellWord } from '../../syntax/index.ts';
import type { Secret, Step } from '../build.ts';
import { resolve } from '../files/path.ts';
import { evaluate, secretsIn } from '../state/environment.ts';
import { variableNames } from '../state/references.ts';
import type { Surroundings } from '../state/surroundings.ts';

export interface RunSecrets {
  /** The secrets whose values stand in a word after it is expanded. */
  inWord(word: ShellWord): readonly Secret[];
  /** The secrets that a variable carries. */
  named(name: string): readonly Secret[];
  /** Notes what a command assigns to variables of the shell. */
  assign(shell: ShellCommand): void;
}

/** The secret that a secret mount brings. */
export const secretOfMount = (mount: Mount): Secret => ({
  name: mount.id?.text ?? mount.env?.text ?? mount.target?.text ?? 'secret',
  via: 'mount',
  span: mount.span,
  value: 'none',
  uses: [],
  alsoMounted: true,
});

export function runSecrets(instruction: RunInstruction, step: Step, around: Surroundings): RunSecrets {
  const variables = new Map<string, readonly Secret[]>();
  const files = new Map<string, Secret>();
  for (const mount of instruction.mounts) {
    if (mount.type !== 'secret') continue;
    const secret = secretOfMount(mount);
    if (mount.env?.text !== undefined) variables.set(mount.env.text, [secret]);
    const target =
      mount.target === undefined ? `/run/secrets/${secret.name}` : evaluate(mount.target, around.lookup, around.escape);
    if (target !== undefined) files.set(resolve(step.before.workdir ?? '/', target), secret);
  }
  const named = (name: string): readonly Secret[] => variables.get(name) ?? secretsIn([name], step.before);
  /** `$(cat /run/secrets/token)`, `$(echo $TOKEN | base64)`: what other commands print is not what they are given. */
  const printed = (text: string): readonly Secret[] => {
    if (!/^[$(`"'\s]*(?:<|(?:cat|echo|printf|head|base64)\b)/.test(text)) return [];
    const read = [...files].flatMap(([path, secret]) => (text.includes(path) ? [secret] : []));
    return [...read, ...variableNames(text).flatMap(named)];
  };
  const inWord = (word: ShellWord): readonly Secret[] =>
    word.parts.flatMap((part) => {
      if (part.kind === 'substitution') return printed(part.text);
      if (part.kind !== 'parameter' || part.operator === 'length' || part.operator === '+' || part.operator === ':+')
        return part.kind === 'parameter' && part.operator !== 'length' && part.operand ? inWord(part.operand) : [];
      return [...named(part.name), ...(part.operand === undefined ? [] : inWord(part.operand))];
    });
  return {
    named,
    inWord: (word) => [...new Set(inWord(word))],
    assign({ assignments }) {
      for (const { name, value } of assignments) variables.set(name, inWord(value));
    },
  };
}
