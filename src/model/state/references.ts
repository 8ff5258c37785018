/** The variables that an instruction names. */
import type { Instruction } from '../../syntax/index.ts';

/** Variables in the words of an instruction, and in the commands of RUN as far as `$NAME` shows them. */
export function* references(instruction: Instruction): Iterable<string> {
  switch (instruction.keyword) {
    case 'COPY':
    case 'ADD':
      for (const word of [
        ...instruction.sources,
        instruction.destination,
        instruction.from,
        instruction.chown,
        instruction.chmod,
      ])
        yield* word?.references ?? [];
      for (const { body, expand } of instruction.heredocs) if (expand) yield* variableNames(body.text);
      return;
    case 'RUN':
      yield* variableNames(instruction.logical.text);
      for (const { body } of instruction.heredocs) yield* variableNames(body.text);
      return;
    case 'WORKDIR':
      yield* instruction.value.references;
      return;
    default:
  }
}

/** The names after `$` and `${` in a text. */
export function variableNames(text: string): readonly string[] {
  return [...text.matchAll(/\$\{?([A-Za-z_][A-Za-z0-9_]*)/g)].map((match) => match[1] ?? '');
}
