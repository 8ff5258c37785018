/** Which words of an instruction BuildKit expands, after its `instructions` package. */
import { expand, referenceSpan } from './expansion.ts';
import type { Heredoc, Instruction, Mount, Word } from './instruction.ts';
import type { VariableReference } from './lexer.ts';
import { type Located, mappedSpan } from './source.ts';

/** A variable that an instruction names, at its place. */
export interface ExpandedVariable extends Located {
  readonly name: string;
  readonly operator?: string;
  /** The word that it stands in; absent in a heredoc. */
  readonly word?: Word;
}

const unknown = (): undefined => undefined;

/** Every variable that BuildKit puts the value in of, those of FROM, SHELL and the shell forms not included. */
export function* expandedVariables(instruction: Instruction, escape: '\\' | '`'): Iterable<ExpandedVariable> {
  for (const word of expandedWords(instruction))
    for (const reference of expand(word.raw, unknown, { escape }).references)
      yield { ...named(reference), span: referenceSpan(instruction, word, reference), word };
  if (instruction.keyword === 'COPY' || instruction.keyword === 'ADD')
    for (const heredoc of instruction.heredocs) yield* variablesInBody(heredoc);
}

function* variablesInBody({ expand: expands, body }: Heredoc): Iterable<ExpandedVariable> {
  if (!expands) return;
  const { references } = expand(body.text, unknown, { escape: '\\', literalQuotes: true });
  for (const reference of references)
    yield { ...named(reference), span: mappedSpan(body, reference.start, reference.end) };
}

const named = ({ name, operator }: VariableReference): { name: string; operator?: string } =>
  operator === undefined ? { name } : { name, operator };

function expandedWords(instruction: Instruction): readonly Word[] {
  switch (instruction.keyword) {
    case 'ENV':
    case 'LABEL':
      return instruction.pairs.flatMap(({ name, value }) => present(name, value));
    case 'ARG':
      return instruction.pairs.flatMap(({ value }) => present(value));
    case 'COPY':
    case 'ADD': {
      const { sources, destination, chown, chmod, flags } = instruction;
      const checksum = flags.find(({ name }) => name === 'checksum')?.value;
      return present(...sources, destination, chown, chmod, checksum);
    }
    case 'WORKDIR':
    case 'USER':
    case 'STOPSIGNAL':
      return [instruction.value];
    case 'VOLUME':
    case 'EXPOSE':
      return instruction.values;
    case 'RUN':
      return instruction.mounts.flatMap(wordsOfMount);
    default:
      return [];
  }
}

const wordsOfMount = ({ id, source, target }: Mount): readonly Word[] => present(id, source, target);

const present = (...words: readonly (Word | undefined)[]): readonly Word[] =>
  words.filter((word) => word !== undefined);
