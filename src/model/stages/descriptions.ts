/** Comments that `docker build --call=outline` and `--call=targets` would show if they began with a name. */
import { type Comment, type Located, readIgnoreComment, readShellComment, type Source } from '../../syntax/index.ts';
import type { Build } from '../build.ts';

export interface UnclearDescription extends Located {
  /** What the comment stands above, as it is called. */
  readonly name: string;
  readonly comment: Comment;
}

/**
 * Comments right above ARG and FROM … AS that do not begin with a name of it. BuildKit looks at the last line
 * (InvalidDefinitionDescription, observed); what speaks to linters describes nothing.
 */
export function* unclearDescriptions({ file }: Build): Iterable<UnclearDescription> {
  for (const instruction of file.instructions) {
    if (instruction.keyword !== 'ARG' && instruction.keyword !== 'FROM') continue;
    const comment = instruction.comments.findLast((each) => isForReaders(each, file.source));
    const isStage = instruction.keyword === 'FROM';
    const names = isStage ? [instruction.name] : instruction.pairs.map(({ name }) => name);
    const [first] = names;
    if (comment === undefined || first === undefined) continue;
    const [word] = comment.text.split(' ', 1);
    const isNamed = names.some((name) => name !== undefined && word === (isStage ? name.raw.toLowerCase() : name.raw));
    if (!isNamed) yield { span: first.span, name: first.raw, comment };
  }
}

const isForReaders = (comment: Comment, source: Source): boolean =>
  readIgnoreComment(comment, source) === undefined && readShellComment([comment]) === undefined;
