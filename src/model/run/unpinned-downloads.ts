/** Downloads and clones of whatever is newest on the day of the build. */
import {
  isMovingName,
  isPackageSource,
  isPlainData,
  isTrustAnchor,
  movingPart,
  namesContent,
  namesNewestRelease,
} from '../../knowledge/index.ts';
import type { Build, Stage, Step, Value } from '../build.ts';
import { chainOf } from '../query.ts';
import { remembered } from '../remembered.ts';
import { unknownText } from '../state/unknown-text.ts';
import { isVerified } from './fetch-checks.ts';
import { bringing, type Fetch, fetchesIn, type ReadCommand, readCommands } from './fetches.ts';
import { runnerOf } from './piped-installers.ts';
import { writtenRuns } from './written-runs.ts';

export interface UnpinnedDownload {
  readonly fetch: Fetch;
  /** `latest`, the name of a branch; absent for a clone of the default branch. */
  readonly moving?: string;
  /** What it names another one of every day. */
  readonly kind: 'release' | 'commit';
  /** The ENV or ARG that has it. */
  readonly variable?: Value;
  /** What is fetched is read rather than run. */
  readonly data: boolean;
}

/** Fetches that name no release, and that nothing holds to one afterwards. */
export function* unpinnedDownloads(build: Build): Iterable<UnpinnedDownload> {
  for (const fetch of fetchesIn(build)) {
    const { address } = fetch;
    if (address.host.includes(unknownText) || isTrustAnchor(address) || isPackageSource(address)) continue;
    if (namesContent(address) || runnerOf(fetch) !== undefined) continue;
    const moving = isRepository(fetch) ? clonedRevision(fetch) : movingPart(address);
    if (moving === undefined || isHeld(fetch, build)) continue;
    const variable = moving === '' ? undefined : bringing(fetch, moving);
    if (variable !== undefined && isLeftOut(fetch)) continue;
    yield {
      fetch,
      kind: namesNewestRelease(moving) ? 'release' : 'commit',
      data: !isRepository(fetch) && isPlainData(address) && fetch.command?.shell.within === undefined,
      ...(moving === '' ? {} : { moving }),
      ...(variable === undefined ? {} : { variable }),
    };
  }
}

/** As its variables are by default, it does not run. */
const isLeftOut = ({ step, command }: Fetch): boolean =>
  step.instruction.keyword === 'RUN' &&
  command !== undefined &&
  !step.commands.some(({ span }) => span === command.shell.span);

const isRepository = ({ by, address, url }: Fetch): boolean =>
  by === 'git' ||
  (by === 'ADD' && (/\.git\/?$/.test(address.path) || /^(?:git|ssh):/.test(address.scheme + ':') || /^git@/.test(url)));

/** The branch that is cloned, empty for the default one; undefined for a tag, a commit and what is not known. */
function clonedRevision({ by, url, revision }: Fetch): string | undefined {
  const named = by === 'git' ? revision : /[#?&](?:(?:ref|branch|tag|commit)=)?([^:&]*)/.exec(url)?.[1];
  if (named === undefined || named === '') return '';
  return isMovingName(named) ? named : undefined;
}

/** A checksum, or a checkout of a release in what has been cloned. */
function isHeld(fetch: Fetch, build: Build): boolean {
  if (!isRepository(fetch)) return isVerified(fetch, build);
  const { by, step, command, commands } = fetch;
  if (by !== 'git' || command === undefined) return false;
  if (commands.slice(commands.indexOf(command) + 1).some(choosesRevision)) return true;
  return choosingSteps(build).some(({ stage, span }) =>
    stage === step.stage ? span.line > step.span.line : chainOf(stage).includes(step.stage),
  );
}

/** The last RUN of each stage that checks out something. */
const choosingSteps: (build: Build) => readonly Step[] = remembered(
  (build) => build.stages,
  (build) => {
    const last = new Map<Stage, Step>();
    for (const { step, script, commands } of writtenRuns(build))
      if (commands.some(({ name }) => name === 'git') && readCommands(step, script).some(choosesRevision))
        last.set(step.stage, step);
    return [...last.values()];
  },
);

const choosing = /^(?:checkout|reset|switch|fetch|pull|merge|rebase|worktree|cherry-pick|read-tree|restore)$/;

function choosesRevision({ name, words }: ReadCommand): boolean {
  if (name !== 'git') return false;
  const at = words.findIndex((word) => choosing.test(word));
  const named = words.slice(at + 1).filter((word) => !word.startsWith('-'));
  return (
    at !== -1 && named.some((word) => !isMovingName(word.replace(/^origin\//, '')) && word !== 'origin' && word !== '.')
  );
}
