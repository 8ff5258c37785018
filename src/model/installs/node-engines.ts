/** Base images whose Node.js the manifest of the project does not allow. */
import { nodeEngine, rangeIntervals, versionInterval } from '../../knowledge/index.ts';
import type { Build, Install, Located, Stage } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { join } from '../files/path.ts';
import { perStage } from '../per-stage.ts';
import { chainOf, installsOf } from '../query.ts';
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
}

/** One for each FROM that a ship target needs; the start of a container counts more than an install. */
export function* refusedEngines(build: Build): Iterable<RefusedEngine> {
  const told = new Set<Stage>();
  for (const found of candidates(build)) {
    if (told.has(found.root)) continue;
    told.add(found.root);
    yield found;
  }
}

function* candidates(build: Build): Iterable<RefusedEngine> {
  for (const target of build.targets) {
    const launch = launchOf(target);
    if (launch === undefined) continue;
    for (const { workdir } of launch.commands) yield* judge(target, workdir, launch, build);
  }
  yield* ofInstalls(build);
}

const ofInstalls = perStage<RefusedEngine>(function* (stage, build) {
  for (const install of installsOf(stage)) {
    if (!install.node || !stage.reachable || install.command.runs !== 'always') continue;
    for (const found of judge(stage, install.directory, install.command, build)) yield { ...found, install };
  }
});

function* judge(stage: Stage, folder: string | undefined, by: Located, build: Build): Iterable<RefusedEngine> {
  const chain = chainOf(stage);
  const [root] = chain;
  const major = root?.base.kind === 'image' ? root.base.facts?.nodeMajor : undefined;
  if (root === undefined || major === undefined || folder === undefined || chain.some(switchesNode)) return;
  const manifest = textAt(join(folder, 'package.json'), stage.result.rootfs, build);
  const range = manifest === undefined ? undefined : nodeEngine(manifest);
  const allowed = range === undefined ? undefined : rangeIntervals(range);
  const version = versionIn(root, major);
  const is = versionInterval(version);
  if (range === undefined || allowed === undefined || allowed.length === 0 || is === undefined) return;
  if (allowed.some(({ low, high }) => low < is.high && is.low < high)) return;
  yield { root, version, range, is: allowed.some(({ low }) => low >= is.high) ? 'earlier' : 'later', by };
}

/** What the tag of an image of Node.js begins with, `18.12-alpine`; the major number of others. */
function versionIn({ base }: Stage, major: number): string {
  const { familiar, tag = '' } = base.kind === 'image' ? base.reference : {};
  const [written = ''] = /^\d+(?:\.\d+){0,2}(?=-|$)/.exec(tag) ?? [];
  const isNode = familiar !== undefined && /(?:^|\/)node$/.test(familiar);
  return isNode && Number.parseInt(written, 10) === major ? written : String(major);
}
