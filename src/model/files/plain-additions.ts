/** ADDs that do what COPY does. */
import { isRemoteSource, unpacksByName } from '../../knowledge/index.ts';
import type { CopyInstruction, Word } from '../../syntax/index.ts';
import type { Build, Located, Step } from '../build.ts';
import { perStageAlone } from '../per-stage.ts';
import { unknownText } from '../state/unknown-text.ts';
import { outlineAt, ownSteps } from '../state/word-values.ts';
import { isGlob, normalise } from './path.ts';

export interface PlainAddition extends Located {
  /** A name without an extension may be that of an archive. */
  readonly certain: boolean;
  /** The keyword as written. */
  readonly word: string;
}

/** ADDs of files and folders of the context that are neither archives nor perhaps ones; triggers of ONBUILD as well. */
export const plainAdditions = perStageAlone<PlainAddition>(function* (stage, build) {
  for (const step of ownSteps(stage)) {
    const instruction = step.instruction.keyword === 'ONBUILD' ? step.instruction.trigger : step.instruction;
    if (instruction.keyword !== 'ADD' || unpacksOnPurpose(instruction)) continue;
    const kinds = instruction.sources.map((word) => kindOf(word, step, build));
    if (kinds.includes('special') || kinds.length + instruction.heredocs.length === 0) continue;
    yield {
      span: instruction.keywordSpan,
      word: instruction.word,
      certain: kinds.every((kind) => kind === 'plain'),
    };
  }
});

const unpacksOnPurpose = ({ flags }: CopyInstruction): boolean => flags.some(({ name }) => name === 'unpack');

type Kind = 'plain' | 'perhaps' | 'special';

/** `special`: ADD fetches or unpacks it, or nothing is known of it. */
function kindOf(word: Word, step: Step, build: Build): Kind {
  const text = outlineAt(word, step, build);
  if (isRemoteSource(text) || text.startsWith(unknownText)) return 'special';
  const path = normalise(text).replace(/^\//, '');
  if (path === '' || text.endsWith('/')) return 'plain';
  const kinds = (matchesOf(path, build) ?? [path]).map((each) => kindOfPath(each, build));
  return kinds.includes('special') ? 'special' : kinds.includes('perhaps') ? 'perhaps' : 'plain';
}

const matchesOf = (path: string, { context }: Build): readonly string[] | undefined =>
  isGlob(path) && !path.includes(unknownText) ? context.match(path) : undefined;

function kindOfPath(path: string, { context }: Build): Kind {
  const known = !path.includes(unknownText) && !isGlob(path);
  if (known && context.stat(path) === 'directory') return 'plain';
  switch (unpacksByName(path)) {
    case 'yes':
    case 'perhaps':
      return 'special';
    case 'no':
      return 'plain';
    case 'unknown':
      return path.endsWith(unknownText) ? 'special' : 'perhaps';
  }
}
