/** Sources of COPY and ADD that .dockerignore keeps from the build. */
import type { Word } from '../../syntax/index.ts';
import type { Build } from '../build.ts';
import { isGlob, normalise } from '../files/path.ts';
import { type LostSource, lostIgnored } from '../stages/lost-source.ts';
import { evaluate, variablesOf } from '../state/environment.ts';

export interface IgnoredSource {
  readonly word: Word;
  /** Relative to the context root. */
  readonly path: string;
  readonly ignoreFile: string;
  /** It is built in an earlier stage, which may be what is meant. */
  readonly built?: LostSource;
}

/**
 * Literal sources that are ignored. A directory that is ignored and of which `!` brings a part back is there;
 * globs that find nothing do not stop a build (`AllowEmptyWildcard` in BuildKit's dockerfile2llb).
 */
export function* ignoredSources(build: Build): Iterable<IgnoredSource> {
  const { ignoreFile } = build.context;
  if (ignoreFile === undefined) return;
  for (const stage of build.stages)
    for (const step of stage.steps) {
      const { instruction } = step;
      if ((instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') || instruction.from !== undefined) continue;
      for (const word of instruction.sources) {
        const text = evaluate(word, variablesOf(step.before, false), build.file.escape);
        if (text === undefined || isGlob(text) || /^[a-z]+:\/\/|^git@/.test(text)) continue;
        const path = normalise(`/${text}`).slice(1);
        const entry = build.context.stat(path);
        if (entry !== 'ignored' && (entry !== 'absent' || build.context.ignores(path) !== true)) continue;
        const built = lostIgnored(path, word, step, build);
        yield { word, path, ignoreFile, ...(built === undefined ? {} : { built }) };
      }
    }
}
