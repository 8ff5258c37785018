/** What a RUN writes as an unprivileged user where only root may. */

import type { Located } from '../../syntax/index.ts';
import type { Build, Command, FileChange, Stage, Step, User } from '../build.ts';
import { isUntouched } from '../files/base-files.ts';
import { directoryName } from '../files/path.ts';
import { surelyEndsTheBuild } from '../query.ts';
import { remembered } from '../remembered.ts';
import { accountHistory, lacks } from './accounts.ts';
import { changesUser, type RootDirectories, rootDirectoriesAfter, startsKnown } from './root-directories.ts';

export interface UnwritableFile {
  /** The command that fails, and the RUN with it. */
  readonly command: Command;
  /** What it would have made. */
  readonly path: string;
  readonly directory: string;
  /** What made the directory, as root. */
  readonly madeBy: Located;
  readonly user: User;
}

/** The first such command of each stage: the build stops there. */
export function* unwritableFiles(build: Build): Iterable<UnwritableFile> {
  if (!build.stages.some(({ steps }) => steps.some(runsUnprivileged))) return;
  for (const stage of build.stages) {
    const { found } = writtenIn({ stage, build });
    if (found !== undefined) yield found;
  }
}

interface StageWrites {
  readonly found?: UnwritableFile;
  /** Those of root at its end; absent where nothing is known of them. */
  readonly directories?: RootDirectories;
}

/** It hangs on the stage and on those that it is based on, which are asked first. */
const writtenIn: (of: { readonly stage: Stage; readonly build: Build }) => StageWrites = remembered(
  ({ stage }) => stage,
  ({ stage, build }) => {
    const { base, steps, layers, reachable } = stage;
    let directories = base.kind === 'stage' ? writtenIn({ stage: base.stage, build }).directories : new Map();
    if (directories === undefined || (base.kind !== 'stage' && !startsKnown(stage))) return {};
    const history = accountHistory(build);
    let found: UnwritableFile | undefined;
    const changesBy = new Map(layers.map(({ step, changes }) => [step, changes]));
    for (const step of steps) {
      const changes = changesBy.get(step) ?? [];
      const account = step.before.user.name?.split(':', 1)[0] ?? '';
      const there = reachable && !lacks(history.before(step), 'user', account);
      found ??= there ? firstUnwritable(step, changes, directories) : undefined;
      directories = rootDirectoriesAfter(step, changes, directories);
    }
    return found === undefined ? { directories } : { found, directories: new Map() };
  },
);

const runsUnprivileged = ({ instruction, before }: Step): boolean =>
  instruction.keyword === 'RUN' && before.user.identity === 'non-root';

function firstUnwritable(
  step: Step,
  changes: readonly FileChange[],
  directories: RootDirectories,
): UnwritableFile | undefined {
  const { user, rootfs } = step.before;
  if (step.instruction.keyword !== 'RUN' || user.identity !== 'non-root' || directories.size === 0) return undefined;
  if (step.commands.some(changesUser)) return undefined;
  for (const change of changes) {
    if (!isWritten(change) || !isUntouched(rootfs.stat(change.path))) continue;
    const command = step.commands.find(({ shell }) => shell.span === change.span);
    const directory = nearest(change.path, step);
    const madeBy = directories.get(directory);
    if (command !== undefined && madeBy !== undefined && surelyEndsTheBuild(command))
      return { command, path: change.path, directory, madeBy, user };
  }
  return undefined;
}

const isWritten = ({ kind, runs, content }: FileChange): boolean =>
  kind === 'addition' && runs === 'always' && /^(?:dependencies|directory|text|remote|link)$/.test(content?.kind ?? '');

/** The lowest directory above a path that is there before the step. */
function nearest(path: string, { before }: Step): string {
  let directory = directoryName(path);
  while (directory !== '/' && isUntouched(before.rootfs.stat(directory))) directory = directoryName(directory);
  return directory;
}
