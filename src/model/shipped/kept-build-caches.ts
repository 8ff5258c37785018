/**
 * Caches of builds in folders that the image takes whole. Next.js writes the cache of its compiler to `.next/cache`,
 * https://nextjs.org/docs/app/guides/ci-build-caching; only the next build reads it.
 */
import { manifestScript, scriptCalls } from '../../knowledge/index.ts';
import type { Build, Command, Located, Stage } from '../build.ts';
import { textAt as fileText } from '../files/context-text.ts';
import { baseName, join, relativeTo, resolve } from '../files/path.ts';
import { chainOf, stageNamedBy } from '../query.ts';
import { calledScript } from '../run/called-project.ts';
import { purposeOf } from '../start/start.ts';
import { textAt } from '../state/word-values.ts';

export interface KeptBuildCache extends Located {
  readonly target: Stage;
  /** The cache as it lies in the stage that builds. */
  readonly path: string;
  readonly builder: Stage;
}

/** Each source of a COPY that is the whole output folder of another stage, or the project around it, the cache in it. */
export function* keptBuildCaches(build: Build): Iterable<KeptBuildCache> {
  for (const target of build.targets) {
    if (purposeOf(target, build.path) !== 'runtime') continue;
    for (const step of chainOf(target).flatMap(({ steps }) => steps)) {
      const { instruction } = step;
      if (instruction.keyword !== 'COPY' || instruction.from === undefined) continue;
      const builder = stageNamedBy(instruction.from, step.stage, build);
      if (builder === undefined || instruction.exclude.length > 0) continue;
      for (const word of instruction.sources) {
        const text = textAt(word, step, build);
        const folder = text === undefined ? undefined : resolve('/', text.replace(/\/\.$/, ''));
        if (folder === undefined || /[*?[]/.test(folder)) continue;
        const isOutput = /(?:^|\/)\.next$/.test(folder);
        if (!isOutput && !isBuiltIn(folder, builder, build)) continue;
        const path = join(folder, isOutput ? 'cache' : '.next/cache');
        if (isKept(path, builder) && !isEmptied(path, target)) yield { span: word.span, target, path, builder };
      }
    }
  }
}

/** Whether a script of package.json there builds with Next.js, and its output has not been taken away. */
function isBuiltIn(folder: string, builder: Stage, build: Build): boolean {
  const { rootfs } = builder.result;
  const manifest = fileText(join(folder, 'package.json'), rootfs, build);
  if (manifest === undefined || folder === '/') return false;
  const calls = chainOf(builder).flatMap(({ steps }) => steps.flatMap(({ commands }) => commands));
  return calls.some((command) => {
    const called = command.runs === 'always' ? calledScript(command, build) : undefined;
    if (called?.folder !== folder) return false;
    const calls = scriptCalls(manifest, called.script)?.map(({ words }) => words.join(' '));
    return (calls ?? [manifestScript(manifest, called.script) ?? '']).some((text) => /\bnext build\b/.test(text));
  });
}

/** Something of this file runs in the stage, and nothing empties the cache or keeps it in a mount. */
const isKept = (path: string, builder: Stage): boolean =>
  chainOf(builder).some(({ steps }) => steps.some(({ commands }) => commands.length > 0)) &&
  builder.result.rootfs.linkAt(path) === undefined &&
  !isEmptied(path, builder) &&
  !chainOf(builder).some(({ steps }) =>
    steps.some(
      ({ instruction, before }) =>
        instruction.keyword === 'RUN' &&
        instruction.mounts.some(
          ({ type, target }) =>
            (type === 'cache' || type === 'tmpfs') &&
            (target?.text === undefined || covers(resolve(before.workdir ?? '/', target.text), path)),
        ),
    ),
  );

const covers = (folder: string, path: string): boolean => relativeTo(folder, path) !== undefined;

const isEmptied = (path: string, stage: Stage): boolean =>
  chainOf(stage).some(({ steps }) => steps.some(({ commands }) => commands.some((command) => empties(command, path))));

function empties({ name, arguments: words, invocation }: Command, path: string): boolean {
  // What a script cleans by its own account is for it to say.
  if (invocation?.operation === 'run' && /clean|purge/i.test(invocation.script ?? '')) return true;
  if ([name, ...words].some((word) => isCleaner(baseName(word ?? '')))) return true;
  if (!/^(?:rm|mv|find|rsync|cp|tar)$/.test(name ?? '')) return false;
  return words.some(
    (word) => word === undefined || /(?:^|\/)\.next\/?(?:\*|cache(?:\/.*)?)?$/s.test(word) || word === path,
  );
}

const isCleaner = (file: string): boolean =>
  /\.(?:[cm]?[jt]s|sh|py)$/.test(file) && /clean|purge|trim|slim/i.test(file);
