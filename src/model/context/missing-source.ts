/** Sources of COPY, ADD and bind mounts that the build context does not have. */
import { describeContextPath } from '../../knowledge/index.ts';
import type { Word } from '../../syntax/index.ts';
import type { Build, Step } from '../build.ts';
import { namesIn } from '../files/context-walk.ts';
import { areNear } from '../files/near-names.ts';
import { baseName, directoryName, isGlob, join, normalise } from '../files/path.ts';
import { perStageAlone } from '../per-stage.ts';
import { evaluate, variablesOf } from '../state/environment.ts';

export interface MissingSource {
  readonly word: Word;
  /** Relative to the context root. */
  readonly path: string;
  /** What is there and may be meant. */
  readonly meant?: string;
}

/**
 * Literal sources that are not there, in stages that are built. What a build outside makes before (named like build output, or
 * ignored by git) is not told, nor is what nothing speaks for: neither a like name in the context, nor that it is a
 * manifest, nor a .gitignore that does not have it.
 */
export const missingSources = perStageAlone<MissingSource>(function* ({ steps, reachable }, build) {
  if (build.context.root === undefined || !reachable) return;
  for (const step of steps)
    for (const word of sourcesOf(step)) {
      const path = missingPath(word, step, build);
      if (path === undefined || describeContextPath(path) === 'artifact') continue;
      const isIgnored = build.context.ignoredByGit(path);
      if (isIgnored === true) continue;
      const meant = likeName(path, build) ?? elsewhere(path, build);
      if (meant !== undefined) yield { word, path, meant };
      else if (isWritten(path) || isIgnored === false) yield { word, path };
    }
});

function sourcesOf({ instruction }: Step): readonly Word[] {
  if (instruction.keyword === 'COPY' || instruction.keyword === 'ADD')
    return instruction.from === undefined ? instruction.sources : [];
  if (instruction.keyword !== 'RUN') return [];
  return instruction.mounts.flatMap(({ type, from, source }) =>
    type === 'bind' && from === undefined && source !== undefined ? [source] : [],
  );
}

function missingPath(word: Word, step: Step, { context, file }: Build): string | undefined {
  const text = evaluate(word, variablesOf(step.before, false), file.escape);
  if (text === undefined || isGlob(text) || text.includes('\\') || /^[a-z]+:\/\/|^git@/.test(text)) return undefined;
  const path = normalise(`/${text}`).slice(1);
  const isMissing = path !== '' && context.stat(path) === 'absent' && context.ignores(path) === false;
  return isMissing ? path : undefined;
}

/** Files that people write and check in. */
const isWritten = (path: string): boolean => /^(?:manifest|lockfile)$/.test(describeContextPath(path));

/** The same path with one name written otherwise: another case, a slip. */
function likeName(path: string, { context }: Build): string | undefined {
  const names = path.split('/');
  let folder = '';
  for (const [at, written] of names.entries()) {
    const there = context.list(folder) ?? [];
    if (there.includes(written)) {
      folder = join(folder, written);
      continue;
    }
    const sameLetters = there.filter((name) => name.toLowerCase() === written.toLowerCase());
    const near = sameLetters.length > 0 ? sameLetters : there.filter((name) => areNear(written, name));
    const [only] = near;
    if (near.length !== 1 || only === undefined) return undefined;
    const meant = join(join(folder, only), names.slice(at + 1).join('/'));
    return /^(?:file|directory)$/.test(context.stat(meant)) ? meant : undefined;
  }
  return undefined;
}

/** The only thing of this name in the context. */
function elsewhere(path: string, { context }: Build): string | undefined {
  const name = baseName(path);
  const found: string[] = [];
  for (const each of namesIn('', [], context)) if (baseName(each.path) === name) found.push(each.path);
  const [only] = found;
  return found.length === 1 && only !== undefined && directoryName(path) !== only ? only : undefined;
}
