/**
 * What came back when a tree was asked, in a form that can be compared with what comes back in a later run. A verdict
 * that is kept holds for as long as each of its questions has the same answer.
 */
import { statSync } from 'node:fs';
import type { FileTree } from '../../context/index.ts';
import { digest } from './digest.ts';

/** `kind:`, `text:`, `names:` or `there:`, and an absolute path. */
export type Question = `${'kind' | 'text' | 'names' | 'there'}:${string}`;

/** Characters of the names in a folder that are compared as they are; of more, a digest and their number. */
const mostNames = 2048;

/**
 * Milliseconds. Clocks of file systems are coarse: a file that was changed so shortly before it was read can change once
 * more without a sign. Git has the same rule for its index.
 */
const unsettled = 2000;

/** The tree, which notes each question and its answer for all that listen; `began`: when the run did, as Date.now(). */
export interface NotingTree {
  readonly tree: FileTree;
  /** Undefined where it cannot be told later whether it is still the same. */
  answerTo(question: Question): string | undefined;
}

export function notingTree(tree: FileTree, began: number): NotingTree {
  const answers = new Map<Question, string | undefined>();
  const note = (question: Question, answer: string | undefined): void => {
    answers.set(question, answers.has(question) && answers.get(question) !== answer ? undefined : answer);
  };
  const { isThere } = tree;
  return {
    answerTo: (question) => answers.get(question),
    tree: {
      kind(path) {
        const kind = tree.kind(path);
        note(`kind:${path}`, kind);
        return kind;
      },
      read(path) {
        // Before it is read: what changes in between is no longer what is noted.
        note(`text:${path}`, versionOf(path, began - unsettled));
        return tree.read(path);
      },
      entries(path) {
        const names = tree.entries(path);
        note(`names:${path}`, namesOf(names));
        return names;
      },
      ...(isThere && {
        isThere(path) {
          const there = isThere(path);
          note(`there:${path}`, String(there));
          return there;
        },
      }),
    },
  };
}

/** The tree, with each question told to `hear`. */
export function heardTree(tree: FileTree, hear: (question: Question) => void): FileTree {
  const heard =
    <Answer>(about: 'kind' | 'text' | 'names' | 'there', ask: (path: string) => Answer) =>
    (path: string): Answer => {
      hear(`${about}:${path}`);
      return ask(path);
    };
  return {
    kind: heard('kind', tree.kind),
    read: heard('text', tree.read),
    entries: heard('names', tree.entries),
    ...(tree.isThere && { isThere: heard('there', tree.isThere) }),
  };
}

/** What a tree answers now. */
export function answerNow(question: string, tree: FileTree): string | undefined {
  const colon = question.indexOf(':');
  const path = question.slice(colon + 1);
  switch (question.slice(0, colon)) {
    case 'kind':
      return tree.kind(path);
    case 'text':
      return fileVersion(path);
    case 'names':
      return namesOf(tree.entries(path));
    case 'there':
      return String(tree.isThere?.(path));
    default:
      return undefined;
  }
}

/** What changes with the content of a file, as Git takes it. */
export const fileVersion = (path: string): string | undefined => versionOf(path, Number.POSITIVE_INFINITY);

/** Undefined when it has changed after `settled`, in milliseconds as Date.now() has them. */
function versionOf(path: string, settled: number): string | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return 'none';
    const { dev, ino, size, mtimeMs, ctimeMs } = stats;
    return Math.max(mtimeMs, ctimeMs) > settled ? undefined : [dev, ino, size, mtimeMs, ctimeMs].join(' ');
  } catch {
    return 'none';
  }
}

function namesOf(names: readonly string[] | undefined): string {
  if (names === undefined) return 'unknown';
  const all = names.join('/');
  return all.length > mostNames ? `${names.length} ${digest(all)}` : all;
}
