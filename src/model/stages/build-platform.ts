/** What is made for the platform of the builder (`$BUILDPLATFORM`) and ships in an image for another one. */
import { picksArchitecture } from '../../knowledge/index.ts';
import type { Word } from '../../syntax/index.ts';
import type { Build, FileChange, Located, Stage } from '../build.ts';
import { installsAgain, nativeIn, picksPlatform } from '../installs/tree-platform.ts';
import { chainOf, shippedTrees, wholeText } from '../query.ts';
import { copiedPrograms } from '../start/copied-programs.ts';

export type BuildPlatformLeak =
  /** A target is built on the builder's platform, whichever is asked for. */
  | { readonly kind: 'image'; readonly target: Stage; readonly platform: Word }
  /** A program, or packages with a compiled part, come into an image for the platform that is asked for. */
  | {
      readonly kind: 'program' | 'packages';
      readonly target: Stage;
      readonly at: Located;
      /** What is copied: the path of the program, the names of the packages. */
      readonly what: readonly string[];
      readonly made: Located;
      readonly platform: Word;
    };

export function* buildPlatformLeaks(build: Build): Iterable<BuildPlatformLeak> {
  if (!build.stages.some((stage) => buildersPlatform(stage) !== undefined)) return;
  for (const target of build.targets) {
    const platform = buildersPlatform(target);
    if (platform !== undefined && target.base.kind !== 'scratch' && !speaksOfTarget(target))
      yield { kind: 'image', target, platform };
  }
  for (const { target, stage, at, path, program, made } of copiedPrograms(build)) {
    // `dotnet publish -r linux-x64` names the platform itself.
    const named = program.language === '.NET' && program.needs === 'glibc';
    const platform = named ? undefined : leakBetween(stage, target);
    if (platform !== undefined) yield { kind: 'program', target, at, what: [path], made, platform };
  }
  yield* foreignPackages(build);
}

function* foreignPackages(build: Build): Iterable<BuildPlatformLeak> {
  const told = new Set<FileChange['step']>();
  for (const shipped of shippedTrees(build)) {
    const { target, change, tree } = shipped;
    const { command, node } = tree.install;
    const platform = node ? leakBetween(command.step.stage, target) : undefined;
    if (platform === undefined || told.has(change.step) || picksPlatform(shipped)) continue;
    if (chainOf(target).some(installsAgain)) continue;
    const native = nativeIn(shipped, build) ?? [];
    if (native.length === 0) continue;
    told.add(change.step);
    yield { kind: 'packages', target, at: change, what: native, made: command, platform };
  }
}

/** The builder's platform of what `from` makes, where `to` is built for the platform that is asked for. */
const leakBetween = (from: Stage, to: Stage): Word | undefined => {
  const open = chainOf(to)[0]?.from.platform === undefined || asksForTarget(to);
  return open && !speaksOfTarget(from) ? buildersPlatform(from) : undefined;
};

/** The platform of the first stage of a chain holds for all of it. */
function buildersPlatform(stage: Stage): Word | undefined {
  const platform = chainOf(stage)[0]?.from.platform;
  return platform?.references.includes('BUILDPLATFORM') ? platform : undefined;
}

const asksForTarget = (stage: Stage): boolean =>
  chainOf(stage)[0]?.from.platform?.references.includes('TARGETPLATFORM') === true;

/** Arguments and commands may choose for which platform things are made or fetched. */
const speaksOfTarget = (stage: Stage): boolean =>
  chainOf(stage).some(
    ({ steps, from }) =>
      picksArchitecture(from.image.raw) || steps.some(({ instruction }) => picksArchitecture(wholeText(instruction))),
  );
