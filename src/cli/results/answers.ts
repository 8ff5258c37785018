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
const mostNames = 256;

/**
 * Milliseconds. Clocks of file systems are coarse: a file that was changed so shortly before it was read can change once
 * more without a sign. Git has the same rule for its index.
 */
const unsettled = 2000;

/** Questions with their answers; undefined where it cannot be told later whether that is still the same. */
export type Answers = Map<Question, string | undefined>;

/** What has two answers has none. */
export function note(answers: Answers, question: Question, answer: string | undefined): void {
  answers.set(question, answers.has(question) && answers.get(question) !== answer ? undefined : answer);
}

/** The tree, which notes what is asked and what came back; `began`: when the run did, as Date.now(). */
export function notingTree(tree: FileTree, answers: Answers, began: number): FileTree {
  const { isThere } = tree;
  return {
    kind(path) {
      const kind = tree.kind(path);
      note(answers, `kind:${path}`, kind);
      return kind;
    },
    read(path) {
      // Before it is read: what changes in between is no longer what is noted.
      note(answers, `text:${path}`, versionOf(path, began - unsettled));
      return tree.read(path);
    },
    entries(path) {
      const names = tree.entries(path);
      note(answers, `names:${path}`, namesOf(names));
      return names;
    },
    ...(isThere && {
      isThere(path) {
        const there = isThere(path);
        note(answers, `there:${path}`, String(there));
        return there;
      },
    }),
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
