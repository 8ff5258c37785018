/** A tree whose answers are kept. */
import type { FileTree } from '../context/index.ts';

/** Each path is asked about once; who wants to know what has changed since opens it anew. */
export function rememberingTree({ kind, read, entries, isThere }: FileTree): FileTree {
  return {
    ...{ kind: remembering(kind), read: remembering(read), entries: remembering(entries) },
    ...(isThere && { isThere: remembering(isThere) }),
  };
}

function remembering<Answer>(ask: (path: string) => Answer): (path: string) => Answer {
  const known = new Map<string, { readonly answer: Answer }>();
  return (path) => {
    const found = known.get(path) ?? { answer: ask(path) };
    known.set(path, found);
    return found.answer;
  };
}
