/** Programs that load glibc when they start, in images that do not have it or have an older one. */
import { glibcVersion, isLinkedThere, linksOtherwise, startsOnlySince } from '../../knowledge/index.ts';
import type { Build, Stage } from '../build.ts';
import { chainOf, wholeText } from '../query.ts';
import { remembered } from '../remembered.ts';
import { type CopiedProgram, copiedPrograms } from './copied-programs.ts';

export interface ForeignProgram extends CopiedProgram {
  readonly needs: 'glibc' | 'musl';
  /** What the image has instead; `no libgcc`: glibc alone, without the library that Rust unwinds with. */
  readonly has: 'glibc' | 'musl' | 'none' | 'no libgcc';
}

/** Copies out of what a compiler wrote, where nothing in the file speaks of static linking or of another target. */
export const foreignPrograms: (build: Build) => readonly ForeignProgram[] = remembered(
  (build) => build.targets,
  (build) =>
    dynamicPrograms(build).flatMap((copied): readonly ForeignProgram[] => {
      const needs = copied.program.needs === 'glibc' ? 'glibc' : libcOf(copied.builtOn);
      const has = libcOf(copied.runsOn);
      if (needs === 'glibc' && copied.program.language === 'Rust' && lacksLibgcc(copied.runsOn))
        return [{ ...copied, needs, has: 'no libgcc' }];
      const fits = has === 'unknown' || needs === 'unknown' || needs === 'none' || has === needs;
      // Rust on Alpine links statically.
      return fits || (needs === 'musl' && isLinkedThere(copied.program)) ? [] : [{ ...copied, needs, has }];
    }),
);

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
    if (!isLinkedThere(copied.program) && copied.program.language !== 'Elixir') continue;
    const built = versionOf(copied.builtOn);
    const runs = versionOf(copied.runsOn);
    if (built === undefined || runs === undefined || built <= runs) continue;
    yield { ...copied, built, runs, certain: built >= startsOnlySince && runs < startsOnlySince };
  }
}

const dynamicPrograms: (build: Build) => readonly CopiedProgram[] = remembered(
  (build) => build.targets,
  (build) => copiedPrograms(build).filter((copied) => isDynamic(copied, build)),
);

function isDynamic(copied: CopiedProgram, build: Build): boolean {
  const { stage, target, program, runsOn } = copied;
  if (chainOf(target).some(bringsGlibc)) return false;
  if (!isLinkedThere(program)) return program.language !== 'Elixir' || !hasErlang(runsOn);
  if (libcOf(copied.builtOn) !== 'glibc' || !hasLinker(copied)) return false;
  return !chainOf(stage).some(speaksOfLinking) && build.context.stat('.cargo/config.toml') !== 'file';
}

/** A release may be made without Erlang for such an image. */
const hasErlang = ({ base }: Stage): boolean =>
  base.kind === 'image' && /(?:^|\/)(?:elixir|erlang)$/.test(base.reference.familiar);

/** Go links with the C library where it finds a C compiler, as in its own image. */
const hasLinker = ({ program, builtOn: { base } }: CopiedProgram): boolean =>
  program.language === 'Rust' || (base.kind === 'image' && base.reference.familiar.endsWith('golang'));

function libcOf({ base }: Stage): 'glibc' | 'musl' | 'none' | 'unknown' {
  if (base.kind === 'scratch') return 'none';
  return base.kind === 'image' && base.openTag !== true ? (base.facts?.libc ?? 'unknown') : 'unknown';
}

/** distroless/cc is distroless/base and libgcc: https://github.com/GoogleContainerTools/distroless/tree/main/cc. */
const lacksLibgcc = ({ base }: Stage): boolean =>
  base.kind === 'image' && /^gcr\.io\/distroless\/base(?:-|$)/.test(base.reference.familiar);

const versionOf = ({ base }: Stage): number | undefined =>
  base.kind === 'image' && base.openTag !== true
    ? glibcVersion(base.reference.familiar, base.reference.tag ?? '')
    : undefined;

/** A compatibility layer, or the libraries themselves. */
const bringsGlibc = ({ steps }: Stage): boolean =>
  steps.some(({ instruction }) => {
    if (instruction.keyword === 'COPY') return instruction.sources.some(({ raw }) => /^\/?(?:usr\/)?lib/.test(raw));
    return instruction.keyword === 'RUN' && /glibc|gcompat|libc6|patchelf|ld-linux/.test(wholeText(instruction));
  });

/** Commands, variables and arguments of the stage that may decide how its programs are linked. */
const speaksOfLinking = ({ from, steps, result }: Stage): boolean =>
  linksOtherwise(from.image.raw) ||
  [...result.env, ...result.args].some(
    ([name, { text, via }]) => via !== 'image' && linksOtherwise(`${name}=${text ?? ''}`),
  ) ||
  steps.some(({ instruction }) => instruction.keyword === 'RUN' && linksOtherwise(wholeText(instruction)));
