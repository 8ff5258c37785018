/** COPY sources that look for a stage's file in the build context: the `--from=` is missing. */
import { describeContextPath } from '../../knowledge/index.ts';
import type { Word } from '../../syntax/index.ts';
import type { Build, FileChange, Stage, Step } from '../build.ts';
import { baseName, isGlob, normalise, relativeTo } from '../files/path.ts';
import { chainOf } from '../query.ts';
import { purposeOf } from '../start/start.ts';
import { evaluate, variablesOf } from '../state/environment.ts';

export interface LostSource {
  readonly word: Word;
  /** The COPY or ADD. */
  readonly step: Step;
  /** The stage that has the path. */
  readonly stage: Stage;
  /** How the path came to be there. */
  readonly made: FileChange;
  /** Where that stage has it. */
  readonly path: string;
  /** Of a source that is relative: why a clean checkout has none, or what the build gets of it. */
  readonly lacks?: 'absent' | 'ignored-by-git';
}

/**
 * Sources of COPY without --from that are paths of an earlier stage: absolute, a directory in which that stage works, or
 * below one and there by a command or not anywhere else. Or relative: what an earlier stage builds that nothing takes,
 * of which a clean checkout has none.
 */
export function* lostSources(build: Build): Iterable<LostSource> {
  for (const stage of build.stages) {
    const words = stage.steps.flatMap((step) => {
      const { instruction } = step;
      const copies =
        (instruction.keyword === 'COPY' || instruction.keyword === 'ADD') && instruction.from === undefined;
      return copies ? instruction.sources.map((word) => ({ word, step, lost: lostSource(word, step, build) })) : [];
    });
    const from = words.find(({ lost }) => lost !== undefined && lost.lacks === undefined)?.lost;
    for (const { word, step, lost } of words) {
      const found = lost ?? (from === undefined ? undefined : lostBeside(from, word, step, build));
      if (found !== undefined) yield found;
    }
  }
}

/** What the stage has that another COPY has lost: text that loses one `--from=` loses them all. */
function lostBeside({ stage, made: other }: LostSource, word: Word, step: Step, build: Build): LostSource | undefined {
  const text = evaluate(word, variablesOf(step.before, true), build.file.escape);
  if (text?.startsWith('/') !== true || isGlob(text) || stage.index >= step.stage.index) return undefined;
  const path = normalise(text);
  const entry = build.context.stat(path.slice(1));
  if (path === '/' || entry === 'file' || entry === 'directory') return undefined;
  const worksIn = stage.steps.some(({ after: { workdir } }) => workdir !== undefined && isIn(path, workdir));
  const { presence, change } = stage.result.rootfs.stat(path);
  return worksIn && presence !== 'absent' ? { word, step, stage, made: change ?? other, path } : undefined;
}

function lostSource(word: Word, step: Step, build: Build): LostSource | undefined {
  const text = evaluate(word, variablesOf(step.before, true), build.file.escape);
  if (text === undefined || isGlob(text)) return undefined;
  if (!text.startsWith('/')) return lostOutput(text, word, step, build);
  const path = normalise(text);
  const entry = build.context.stat(path.slice(1));
  if (path === '/' || entry === 'file' || entry === 'directory') return undefined;
  // A context may have a folder `app`; none has a folder `usr/src/app`.
  const isNoFolder = entry === 'absent' || (entry === 'unknown' && /^\/(?:usr\/src|home|srv|var\/www)\//.test(path));
  for (const stage of build.stages.slice(0, step.stage.index).reverse()) {
    const made = madeIn(stage, path) ?? (isNoFolder ? standsIn(stage, path) : undefined);
    if (made !== undefined) return { word, step, stage, made, path };
  }
  return undefined;
}

/** Build output that no checkout has, and that an earlier stage makes for nobody. */
function lostOutput(text: string, word: Word, step: Step, build: Build): LostSource | undefined {
  const { context } = build;
  const relative = normalise(`/${text}`).slice(1);
  if (context.root === undefined || text.includes('\\') || !isBuildOutput(relative)) return undefined;
  if (context.ignores(relative) !== false) return undefined;
  const isAbsent = context.stat(relative) === 'absent';
  const lacks = build.context.ignoredByGit(relative) === true ? 'ignored-by-git' : isAbsent ? 'absent' : undefined;
  return lacks === undefined ? undefined : madeForNobody(relative, word, step, build, lacks);
}

/** Of a source that .dockerignore keeps out: an earlier stage makes it, for nobody. */
export const lostIgnored = (relative: string, word: Word, step: Step, build: Build): LostSource | undefined =>
  isBuildOutput(relative) ? madeForNobody(relative, word, step, build, 'absent') : undefined;

function madeForNobody(
  relative: string,
  word: Word,
  step: Step,
  build: Build,
  lacks: Exclude<LostSource['lacks'], undefined>,
): LostSource | undefined {
  const { stages } = build;
  const bases = new Set(chainOf(step.stage));
  for (const stage of stages.slice(0, step.stage.index).reverse()) {
    if (bases.has(stage) || !['runtime', 'artifact'].includes(purposeOf(stage))) continue;
    const directories = new Set(stage.steps.map(({ after }) => after.workdir));
    for (const directory of directories) {
      if (directory === undefined) continue;
      const path = normalise(`${directory}/${relative}`);
      const made = stage.result.rootfs
        .trees(path)
        .findLast((change) => change.content?.kind === 'output' && change.step.instruction.keyword === 'RUN');
      if (made !== undefined && !isTaken(stage, path, build)) return { word, step, stage, made, path, lacks };
    }
  }
  return undefined;
}

/** A folder that a build writes; packages of the host are another fault. */
const isBuildOutput = (path: string): boolean =>
  describeContextPath(path) === 'artifact' && outputNames.has(baseName(path)) && baseName(path) !== 'node_modules';

/** Whether another stage goes on from this one, or takes the path, something in it or a folder that it is in. */
function isTaken(stage: Stage, path: string, { edges }: Build): boolean {
  return edges.some(({ from, to, via, span }) => {
    if (from !== stage) return false;
    if (via !== 'copy') return true;
    const taking = to.steps.find(({ span: whole }) => span.line >= whole.line && span.line <= whole.endLine);
    if (taking?.instruction.keyword !== 'COPY') return true;
    return taking.instruction.sources.some(({ text }) => {
      if (text === undefined || isGlob(text)) return true;
      const taken = normalise(`/${text}`);
      return relativeTo(taken, path) !== undefined || relativeTo(path, taken) !== undefined;
    });
  });
}

/** The change that made `path` in a stage, when a command did, in a directory in which the stage works. */
function madeIn(stage: Stage, path: string): FileChange | undefined {
  const worksIn = stage.steps.some(
    ({ after: { workdir } }) => workdir !== undefined && workdir !== '/' && path.startsWith(`${workdir}/`),
  );
  if (!worksIn) return undefined;
  const exact = stage.result.rootfs.under(path).find((change) => change.step.instruction.keyword === 'RUN');
  if (exact !== undefined) return exact;
  const { presence, change } = stage.result.rootfs.stat(path);
  if (presence === 'absent' || change === undefined) return undefined;
  return change.content?.kind === 'output' && outputNames.has(firstBelow(change.path, path)) ? change : undefined;
}

/** The change that brought what stands at the path, which is a directory in which a stage works or below one. */
function standsIn({ steps, result: { rootfs } }: Stage, path: string): FileChange | undefined {
  const workdir = steps.map(({ after }) => after.workdir).find((each) => each !== undefined && isIn(path, each));
  if (workdir === path) return rootfs.under(path).findLast(({ content }) => content?.kind !== 'directory');
  const { presence, change } = rootfs.stat(path);
  return workdir !== undefined && presence === 'present' ? change : undefined;
}

const isIn = (path: string, workdir: string): boolean => workdir !== '/' && relativeTo(workdir, path) !== undefined;

/** Directory names that build commands write to and that are not checked in, by the documentation of the tools. */
const outputNames: ReadonlySet<string> = new Set([
  ...['dist', 'build', 'out', 'lib', 'output', 'target', 'bin', 'public', 'release', 'www', 'storybook-static'],
  ...[
    '.next',
    '.nuxt',
    '.output',
    '.svelte-kit',
    '.vercel',
    '.turbo',
    'node_modules',
    'coverage',
    '_site',
    '.docusaurus',
  ],
]);

const firstBelow = (directory: string, path: string): string =>
  path.slice(directory === '/' ? 1 : directory.length + 1).split('/', 1)[0] ?? baseName(path);
