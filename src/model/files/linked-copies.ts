/** COPY --link into folders that are symbolic links in the base. */
import { hasMergedUsr, linkOfMergedUsr } from '../../knowledge/index.ts';
import type { Build, Located } from '../build.ts';
import { chainOf } from '../query.ts';
import { textAt } from '../state/word-values.ts';
import { copiesIn } from './copy-destinations.ts';
import { resolve } from './path.ts';

export interface ReplacedLink extends Located {
  /** `/bin`. */
  readonly link: string;
  readonly base: Located;
}

/**
 * A layer of --link knows nothing of those below it, so that `/bin` is a directory of its own there. A destination that is
 * such a folder itself, without a slash and of one file, would be that file's name.
 */
export function* replacedLinks(build: Build): Iterable<ReplacedLink> {
  for (const { step, instruction } of copiesIn(build)) {
    if (!instruction.link || instruction.keyword !== 'COPY') continue;
    const [root] = chainOf(step.stage);
    if (root?.base.kind !== 'image' || root.base.openTag === true) continue;
    const { familiar, tag } = root.base.reference;
    const text = textAt(instruction.destination, step, build);
    const path = text?.startsWith('/') ? resolve('/', text) : undefined;
    const link = path === undefined ? undefined : linkOfMergedUsr(path);
    if (link !== undefined && hasMergedUsr(familiar, tag ?? ''))
      yield { span: instruction.destination.span, link, base: root.from };
  }
}
