/** A tree whose answers are kept. */
import type { FileTree } from '../context/index.ts';

export interface RememberingTree extends FileTree {
  /** Whether all that it has answered is so still; false, too, where it would take long to find that out. */
  isCurrent(): boolean;
}

/** More answers are not asked for again. */
const mostAnswers = 2000;

/** Each path is asked about once. `open`: looks at the files as they are now. */
export function rememberingTree(open: () => FileTree): RememberingTree {
  const { kind, read, entries, isThere } = open();
  const kinds = remembering(kind);
  const texts = remembering(read);
  const names = remembering(entries);
  const presences = isThere && remembering(isThere);
  return {
    ...{ kind: kinds.ask, read: texts.ask, entries: names.ask },
    ...(presences && { isThere: presences.ask }),
    isCurrent() {
      if (kinds.size() + texts.size() + names.size() + (presences?.size() ?? 0) > mostAnswers) return false;
      const now = open();
      return (
        kinds.isAsTold(now.kind) &&
        names.isAsTold(now.entries) &&
        (presences === undefined || now.isThere === undefined || presences.isAsTold(now.isThere)) &&
        texts.isAsTold(now.read)
      );
    },
  };
}

interface Remembering<Answer> {
  readonly ask: (path: string) => Answer;
  size(): number;
  /** Whether another one answers the same. */
  isAsTold(ask: (path: string) => Answer): boolean;
}

function remembering<Answer extends string | boolean | readonly string[] | undefined>(
  ask: (path: string) => Answer,
): Remembering<Answer> {
  const known = new Map<string, { readonly answer: Answer }>();
  return {
    ask(path) {
      const found = known.get(path) ?? { answer: ask(path) };
      known.set(path, found);
      return found.answer;
    },
    size: () => known.size,
    isAsTold: (other) => [...known].every(([path, { answer }]) => isSame(answer, other(path))),
  };
}

const isSame = (one: string | boolean | readonly string[] | undefined, other: typeof one): boolean =>
  one === other || (Array.isArray(one) && Array.isArray(other) && one.join('\0') === other.join('\0'));
