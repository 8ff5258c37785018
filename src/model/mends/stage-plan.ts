/** What is known of a Dockerfile of one stage that is to become two, and what the two hold. */
import type { Build, Install, Stage } from '../build.ts';
import { asWritten } from './stage-blocks.ts';
import type { RoledBlock } from './stage-roles.ts';

export interface StagePlan {
  /** What the stage that builds is called. */
  readonly name: 'build' | 'deps';
  /** The stage that installs and builds, and what it does last. */
  readonly builds: string;
  readonly after: readonly string[];
  /** The base image of the stage that ships, and what stands below its FROM. */
  readonly image: string;
  runs(builder: string, keyword: (text: string) => string): string;
}

export interface PlannedStage {
  readonly stage: Stage;
  readonly build: Build;
  readonly blocks: readonly RoledBlock[];
  /** Of the project: where its packages are installed. */
  readonly folder: string;
  readonly install: Install;
  /** Packages of the distribution come along. */
  readonly bringsPackages: boolean;
}

export const planned = (
  stage: Stage,
  build: Build,
  blocks: readonly RoledBlock[],
  folder: string,
  install: Install,
): PlannedStage => ({
  stage,
  build,
  blocks,
  folder,
  install,
  bringsPackages: blocks.some(({ runText }) => runText !== undefined),
});

/** What the stage that builds takes over, as it stands. */
export const buildingText = (blocks: readonly RoledBlock[]): string =>
  asWritten(blocks.filter(({ role }) => role !== 'run'));

/** `--chown` as the source is copied with; of several none. */
export function ownerOf(blocks: readonly RoledBlock[]): string | undefined {
  const owners = blocks.flatMap(({ step: { instruction } }) =>
    instruction.keyword === 'COPY' ? [instruction.chown?.raw ?? ''] : [],
  );
  const [owner] = owners.slice(-1);
  return owner === undefined || owner === '' ? undefined : owner;
}
