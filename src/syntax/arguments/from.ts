/** FROM. */
import type { FromInstruction, Word } from '../instruction.ts';
import { readWord } from '../word.ts';
import { argumentsSpan, type Draft, expandedWord, readWords } from './draft.ts';
import { flagValue } from './flags.ts';

const stageName = /^[a-z][a-z0-9\-_.]*$/;

/**
 * Reads FROM. It starts a stage whatever is wrong with it: one without an image has an empty image word,
 * so that what follows is not taken for a part of the stage before.
 */
export function readFrom(draft: Draft): FromInstruction {
  const { args, json, words } = readWords(draft);
  const [first, second, third] = words;
  const image = expandedWord(draft, first ?? { start: draft.head.rest.end, end: draft.head.rest.end });
  if (image.text === '' && first !== undefined) draft.refuse(image.span, 'The image of FROM must not be empty.');
  const namesStage = args[1]?.toLowerCase() === 'as';
  const as = namesStage && second !== undefined ? readWord(draft.logical, second, draft.escape) : undefined;
  const name = namesStage && third !== undefined ? readWord(draft.logical, third, draft.escape) : undefined;
  if (args.length !== 1 && !(namesStage && args.length === 3))
    draft.refuse(
      argumentsSpan(draft),
      `FROM takes an image, or an image, AS and a name for the stage: FROM IMAGE [AS NAME].${
        args.some((word) => word.startsWith('#')) ? ' No comment begins behind it on its line.' : ''
      }`,
    );
  else if (name !== undefined) checkName(draft, name);
  const platform = flagValue(draft, 'platform');
  return {
    ...draft.base,
    keyword: 'FROM',
    args,
    json,
    image,
    ...(platform === undefined || platform.raw === '' ? {} : { platform }),
    ...(as === undefined ? {} : { as }),
    ...(name === undefined ? {} : { name }),
  };
}

function checkName(draft: Draft, name: Word): void {
  if (stageName.test(name.raw.toLowerCase())) return;
  const expected = 'it must start with a letter and go on with letters, digits, "-", "_" and "."';
  draft.refuse(name.span, `Invalid stage name ${JSON.stringify(name.raw)}: ${expected}.`);
}
