/** Programs that load glibc when they start, in images that do not have it or have an older one. */
import { glibcVersion, linksOtherwise, startsOnlySince } from '../../knowledge/index.ts';
import type { Build, Stage } from '../build.ts';
import { chainOf } from '../query.ts';
import { type CopiedProgram, copiedPrograms } from './copied-programs.ts';

export interface ForeignProgram extends CopiedProgram {
  /** What the image has instead. */
  readonly has: 'musl' | 'none';
}

/** Copies out of what a compiler wrote, where nothing in the file speaks of static linking or of another target. */
export function* foreignPrograms(build: Build): Iterable<ForeignProgram> {
  for (const copied of dynamicPrograms(build)) {
    const has = libcOf(copied.runsOn);
    if (has === 'musl' || has === 'none') yield { ...copied, has };
  }
}

export interface TooNewProgram extends CopiedProgram {
  /** The versions of glibc there, 2 before the point. */
  readonly built: number;
  readonly runs: number;
  /** No program of the newer one starts on the older one; else it depends on the functions that it calls. */
  readonly certain: boolean;
}

/** Programs that were linked with a newer glibc than the image has; both releases are told by the names of the images. */
export function* tooNewPrograms(build: Build): Iterable<TooNewProgram> {
  for (const copied of dynamicPrograms(build)) {
    // The runtimes of Java and .NET are made for old versions of glibc on purpose.
    if (copied.program.language === 'Java' || copied.program.language === '.NET') continue;
    const built = versionOf(copied.builtOn);
    const runs = versionOf(copied.runsOn);
    if (built === undefined || runs === undefined || built <= runs) continue;
    yield { ...copied, built, runs, certain: built >= startsOnlySince && runs < startsOnlySince };
  }
}

function* dynamicPrograms(build: Build): Iterable<CopiedProgram> {
  for (const copied of copiedPrograms(build)) {
    const { stage, target, builtOn, program } = copied;
    if ((program.named !== true && libcOf(builtOn) !== 'glibc') || !hasLinker(copied)) continue;
    if (chainOf(stage).some(speaksOfLinking) || chainOf(target).some(bringsGlibc)) continue;
    if (build.context.stat('.cargo/config.toml') !== 'file') yield copied;
  }
}

/** Go links with the C library where it finds a C compiler, as in its own image. */
const hasLinker = ({ program, builtOn: { base } }: CopiedProgram): boolean =>
  program.language !== 'Go' || (base.kind === 'image' && base.reference.familiar.endsWith('golang'));

function libcOf({ base }: Stage): 'glibc' | 'musl' | 'none' | 'unknown' {
  if (base.kind === 'scratch') return 'none';
  return base.kind === 'image' && base.openTag !== true ? (base.facts?.libc ?? 'unknown') : 'unknown';
}

const versionOf = ({ base }: Stage): number | undefined =>
  base.kind === 'image' && base.openTag !== true
    ? glibcVersion(base.reference.familiar, base.reference.tag ?? '')
    : undefined;

/** A compatibility layer, or the libraries themselves. */
const bringsGlibc = ({ steps }: Stage): boolean =>
  steps.some(({ instruction }) => {
    if (instruction.keyword === 'COPY') return instruction.sources.some(({ raw }) => /^\/?(?:usr\/)?lib/.test(raw));
    return instruction.keyword === 'RUN' && /glibc|gcompat|libc6|patchelf|ld-linux/.test(instruction.logical.text);
  });

/** Commands, variables and arguments of the stage that may decide how its programs are linked. */
const speaksOfLinking = ({ from, steps, result }: Stage): boolean =>
  linksOtherwise(from.image.raw) ||
  [...result.env, ...result.args].some(
    ([name, { text, via }]) => via !== 'image' && linksOtherwise(`${name}=${text ?? ''}`),
  ) ||
  steps.some(({ instruction }) => instruction.keyword === 'RUN' && linksOtherwise(instruction.logical.text));
