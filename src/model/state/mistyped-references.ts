/** Names of variables with another mark than `$` in front. */
import {
  commandScript,
  type Instruction,
  type Located,
  type ShellCommand,
  type ShellWord,
  simpleCommands,
  type Word,
} from '../../syntax/index.ts';
import type { Build, Step } from '../build.ts';
import { perStageAlone } from '../per-stage.ts';
import { chainOf } from '../query.ts';
import { ownSteps } from './word-values.ts';

export interface MistypedReference extends Located {
  readonly name: string;
  /** As written. */
  readonly text: string;
  readonly declared?: Located;
  /** `$${NAME}`, with which Compose and make write a dollar sign: a shell puts its process number there. */
  readonly isDoubled?: true;
}

/** Of variables that are declared only. */
export const mistypedReferences = perStageAlone<MistypedReference>(function* (stage, build) {
  const base = chainOf(stage)[0]?.base;
  if (base?.kind === 'image' && base.facts?.os === 'windows') return;
  for (const step of ownSteps(stage))
    for (const { word, isPath, own } of wordsOf(step.instruction)) {
      const found = mistypedIn(word, isPath, own);
      if (found === undefined) continue;
      const declared = declaredAt(found.name, step, build);
      if (declared !== undefined || found.name === 'PATH')
        yield { ...found, span: word.span, ...(declared === undefined ? {} : { declared }) };
    }
  // Hardly a file has any: the words of all commands are many.
  for (const step of build.file.source.text.includes('$$') ? ownSteps(stage) : [])
    for (const word of shellWordsOf(step)) {
      const name = doubledIn(word);
      if (name === undefined) continue;
      const declared = declaredAt(name, step, build);
      yield {
        span: word.span,
        name,
        text: '$${' + name + '}',
        isDoubled: true,
        ...(declared === undefined ? {} : { declared }),
      };
    }
});

/** The words that a shell reads in a RUN, at the start of a container, and to ask for its health. */
function shellWordsOf({ instruction, commands, after }: Step): readonly ShellWord[] {
  const { keyword } = instruction;
  if (keyword === 'RUN') return wordsIn(commands.map(({ shell }) => shell));
  if (keyword === 'CMD' || keyword === 'ENTRYPOINT') {
    const start = keyword === 'CMD' ? after.cmd : after.entrypoint;
    return start === undefined ? [] : wordsIn(simpleCommands(start.script));
  }
  if (keyword !== 'HEALTHCHECK' || instruction.command === undefined) return [];
  return wordsIn(simpleCommands(commandScript(instruction.command, after.shell)));
}

const wordsIn = (commands: readonly ShellCommand[]): readonly ShellWord[] =>
  commands.flatMap(({ words, assignments }) => [...words, ...assignments.map(({ value }) => value)]);

/** The name in `$${NAME}`, which is neither quoted nor escaped; `/tmp/$$` is a name of its own for each process. */
function doubledIn({ raw, parts }: ShellWord): string | undefined {
  if (!raw.includes('$${')) return undefined;
  const at = parts.findIndex((part) => part.kind === 'parameter' && part.name === '$' && part.operator === undefined);
  const next = at === -1 ? undefined : parts[at + 1];
  return next?.kind === 'literal' ? /^\{([A-Za-z_]\w*)(?:\}|:?[-+=?])/.exec(next.text)?.[1] : undefined;
}

interface Place {
  readonly word: Word;
  /** Paths and accounts: what stands there stands for itself only. */
  readonly isPath: boolean;
  /** The variable that is set. */
  readonly own?: string;
}

function* wordsOf(instruction: Instruction): Iterable<Place> {
  switch (instruction.keyword) {
    case 'ENV':
    case 'ARG':
      for (const { name, value } of instruction.pairs)
        if (value !== undefined)
          yield { word: value, isPath: false, ...(name.text === undefined ? {} : { own: name.text }) };
      return;
    case 'WORKDIR':
    case 'USER':
      yield { word: instruction.value, isPath: true };
      return;
    case 'EXPOSE':
    case 'VOLUME':
      for (const word of instruction.values) yield { word, isPath: true };
      return;
    case 'COPY':
    case 'ADD':
      for (const word of [...instruction.sources, instruction.destination])
        if (!word.raw.includes('://')) yield { word, isPath: true };
      return;
    default:
  }
}

type Found = Pick<MistypedReference, 'name' | 'text'>;

function mistypedIn({ raw }: Word, isPath: boolean, own: string | undefined): Found | undefined {
  const plain = raw.replace(/^"(.*)"$/, '$1');
  const whole = /^&\{?([A-Za-z_]\w*)\}?$/.exec(plain) ?? /%([A-Z_][A-Z0-9_]*)%/.exec(plain);
  const made = whole ?? /(?<!\\)\$\(([A-Z_][A-Z0-9_]*)\)/.exec(plain);
  const inPath = isPath ? /(?:^|\/)\{([A-Z_][A-Z0-9_]*)\}(?=\/|$)/.exec(plain) : null;
  const match = made ?? inPath;
  if (match?.[1] !== undefined) return { name: match[1], text: match[0].replace(/^\//, '') };
  const extendsItself = own === 'PATH' && /(?:^|:)PATH(?::|$)/.test(plain) && plain.includes('/');
  return extendsItself ? { name: 'PATH', text: 'PATH' } : undefined;
}

/** ARG and ENV before it, global ARGs too. */
const declaredAt = (name: string, { before }: Step, build: Build): Located | undefined =>
  before.args.get(name) ?? before.env.get(name) ?? build.globalArguments.get(name);
