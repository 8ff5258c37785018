/** Starts of which one word holds several: `["npm start"]`, which no shell takes apart, or `"npm start"`, which quotes hold together. */
import { scriptOperandOf } from '../../knowledge/index.ts';
import type { CommandInstruction } from '../../syntax/index.ts';
import type { Build, Located, Stage, StartCommand } from '../build.ts';
import { baseName } from '../files/path.ts';
import { launchOf } from './launch.ts';
import { takenForScripts } from './missing-node.ts';

export interface WordsInOne extends Located {
  /** As it is written. */
  readonly word: string;
  /** CMD or ENTRYPOINT; in shell form it is the quotes that make one word of it. */
  readonly instruction: CommandInstruction;
  /** The program that gets it as one word; absent where it is taken for the name of the program. */
  readonly program?: string;
  /** The words that are meant; undefined where only a shell could run them. */
  readonly meant: readonly string[] | undefined;
  /** What a shell could run in its place: each word of the array is a call of its own. */
  readonly script?: string;
}

/** Each word once; a call of Node.js that Node.js gets has a rule of its own. */
export function* wordsInOne(build: Build): Iterable<WordsInOne> {
  const seen = new Set<Located>();
  const ofNode = takenForScripts(build);
  for (const target of build.targets) {
    const written = startWords(target);
    for (const command of launchOf(target)?.commands ?? []) {
      const { words } = command;
      const [program] = words;
      if (program === undefined || ofNode.has(command) || words.some((word) => word?.includes('\\'))) continue;
      const text = holdsWords(program) ? program : argumentOf(words);
      const word = text === undefined ? undefined : written.find((each) => each.text === text);
      if (text === undefined || word === undefined || seen.has(word.word)) continue;
      seen.add(word.word);
      const { instruction } = word;
      const { span } = word.word;
      const script = text === program ? scriptOf(words) : undefined;
      if (script !== undefined) {
        yield { span, instruction, word: text, meant: undefined, script };
        continue;
      }
      const meant = /["'$&|;<>()`*?\\]/.test(text) ? undefined : text.trim().split(/\s+/);
      yield { span, instruction, word: text, meant, ...(text === program ? {} : { program: baseName(program) }) };
    }
  }
}

interface StartWord {
  readonly text: string | undefined;
  readonly word: Located;
  readonly instruction: CommandInstruction;
}

const startWords = ({ result: { entrypoint, cmd } }: Stage): readonly StartWord[] =>
  [entrypoint, cmd].flatMap((start) => (start === undefined ? [] : wordsOfStart(start)));

const wordsOfStart = ({ instruction, script }: StartCommand): readonly StartWord[] =>
  (instruction.form === 'exec' ? instruction.exec : script.commands.flatMap(({ words }) => words)).map((word) => ({
    text: word.text ?? undefined,
    word,
    instruction,
  }));

/** `["npm run migrate", "npm start"]`: one call behind the other. */
function scriptOf(words: readonly (string | undefined)[]): string | undefined {
  const calls = words.filter(
    (word) => word !== undefined && /^(?:npm|npx|yarn|pnpm|bun|bunx|node)\s+[\w./:@-]+/.test(word),
  );
  if (calls.length < 2 || calls.length !== words.length) return undefined;
  return [...calls.slice(0, -1), `exec ${calls.at(-1)}`].join(' && ');
}

/** A program and what it is to be given; a path may have blanks in it, before nothing that looks like an argument. */
function holdsWords(word: string): boolean {
  const [, program = '', next = ''] = /^([\w@./-]+)\s+(\S*)/.exec(word) ?? [];
  return program !== '' && (!program.startsWith('/') || /^[-./&|]|\.\w+$/.test(next));
}

const evaluates = /^(?:-[a-zA-Z]*[cepx]|--|--(?:eval|print|call|exec|shell-mode)|exec|dlx|x)$/;

/** The argument that a program, which runs no shell for it, cannot make anything of. */
function argumentOf(words: readonly (string | undefined)[]): string | undefined {
  const [first = '', ...others] = words;
  const program = baseName(first);
  if (/^(?:node|nodejs|python[\d.]*)$/.test(program)) {
    const script = scriptOperandOf(words)?.script;
    // A file may have blanks in its name.
    return script !== undefined && /^[\w@./-]+(?:\.\w+\s|\s+-)/.test(script) ? script : undefined;
  }
  if (!/^(?:npm|yarn|pnpm|bun)$/.test(program)) return undefined;
  const at = others.findIndex((word) => word === undefined || evaluates.test(word));
  const own = at === -1 ? others : others.slice(0, at);
  return own.find((word, index) => /\s(?:&&|\|\|)\s/.test(word ?? '') || (index === 0 && isCallInOne(word ?? '')));
}

const isCallInOne = (word: string): boolean => /^(?:run|run-script|start|exec)\s+[\w:-]/.test(word);
