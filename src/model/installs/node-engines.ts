/** Base images whose Node.js the manifest of the project does not allow. */
import { majorsOf, nodeEngine, rangeIntervals, versionInterval } from '../../knowledge/index.ts';
import type { Build, Install, Located, Stage } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { join } from '../files/path.ts';
import { perStage } from '../per-stage.ts';
import { chainOf, endsTheBuild, installsOf, wordsOf } from '../query.ts';
import { launchOf } from '../start/launch.ts';
import { switchesNode } from './tree-platform.ts';

export interface RefusedEngine {
  /** The stage whose FROM names the image. */
  readonly root: Stage;
  /** As far as the tag tells: `18`, `18.12.1`. */
  readonly version: string;
  /** `engines.node` as written. */
  readonly range: string;
  /** `later`: than anything in the range, which may only have been left behind. */
  readonly is: 'earlier' | 'later';
  /** What works with the manifest there: an install, or the start of a ship target. */
  readonly by: Located;
  readonly install?: Install;
  /** The install ends with it, and so does the build. */
  readonly stops?: true;
}

/** One for each FROM that a ship target needs; the start of a container counts more than an install that goes on. */
export function* refusedEngines(build: Build): Iterable<RefusedEngine> {
  const told = new Set<Stage>();
  for (const found of candidates(build)) {
    if (told.has(found.root)) continue;
    told.add(found.root);
    yield found;
  }
}

function* candidates(build: Build): Iterable<RefusedEngine> {
  const installs = [...ofInstalls(build)];
  yield* installs.filter(({ stops }) => stops === true);
  for (const target of build.targets) {
    const launch = launchOf(target);
    if (launch === undefined) continue;
    for (const { workdir } of launch.commands) yield* judge(target, workdir, launch, build);
  }
  yield* installs;
}

const ofInstalls = perStage<RefusedEngine>(function* (stage, build) {
  for (const install of installsOf(stage)) {
    if (!install.node || !stage.reachable || install.command.runs !== 'always') continue;
    const stops = stopsAtEngines(install, build) && endsTheBuild(install.command);
    for (const found of judge(stage, install.directory, install.command, build))
      yield { ...found, install, ...(stops ? { stops } : {}) };
  }
});

/** Yarn 1 stops where `engines` of the project is not met, npm and pnpm with `engine-strict` alone (measured: npm 11, pnpm 9). */
function stopsAtEngines({ manager, version, directory, command }: Install, build: Build): boolean {
  if (directory === undefined) return false;
  const { env, rootfs } = command.step.before;
  const settings = (name: string): string => textAt(join(directory, name), rootfs, build) ?? '';
  if (manager === 'npm' || manager === 'pnpm') return /^engine-strict[ \t]*=[ \t]*true/m.test(settings('.npmrc'));
  const majors = majorsOf(version);
  if (manager !== 'yarn' || majors?.least !== 1 || majors.most !== 1) return false;
  const isIgnored = wordsOf(command).some((word) => word === undefined || word.startsWith('--ignore-engines'));
  return !isIgnored && !env.has('YARN_IGNORE_ENGINES') && !settings('.yarnrc').includes('ignore-engines');
}

function* judge(stage: Stage, folder: string | undefined, by: Located, build: Build): Iterable<RefusedEngine> {
  const node = nodeIn(stage);
  if (node === undefined || folder === undefined) return;
  const { root, version } = node;
  const manifest = textAt(join(folder, 'package.json'), stage.result.rootfs, build);
  const range = manifest === undefined ? undefined : nodeEngine(manifest);
  const allowed = range === undefined ? undefined : rangeIntervals(range);
  const is = versionInterval(version);
  if (range === undefined || allowed === undefined || allowed.length === 0 || is === undefined) return;
  if (allowed.some(({ low, high }) => low < is.high && is.low < high)) return;
  yield { root, version, range, is: allowed.some(({ low }) => low >= is.high) ? 'earlier' : 'later', by };
}

/** The Node.js of a stage, as far as its image tells, and the stage whose FROM names that; undefined where it may be another. */
export function nodeIn(stage: Stage): { readonly root: Stage; readonly version: string } | undefined {
  const chain = chainOf(stage);
  const [root] = chain;
  const major = root?.base.kind === 'image' ? root.base.facts?.nodeMajor : undefined;
  if (root === undefined || major === undefined || chain.some(switchesNode)) return undefined;
  return { root, version: versionIn(root, major) };
}

/** What the tag of an image of Node.js begins with, `18.12-alpine`; the major number of others. */
function versionIn({ base }: Stage, major: number): string {
  const { familiar, tag = '' } = base.kind === 'image' ? base.reference : {};
  const [written = ''] = /^\d+(?:\.\d+){0,2}(?=-|$)/.exec(tag) ?? [];
  const isNode = familiar !== undefined && /(?:^|\/)node$/.test(familiar);
  return isNode && Number.parseInt(written, 10) === major ? written : String(major);
}
