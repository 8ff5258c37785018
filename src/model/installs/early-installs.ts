/** Installs that run where no manifest is: it comes in later, or stands elsewhere. */
import type { Build, Install, Located } from '../build.ts';
import { baseName, directoryName, join } from '../files/path.ts';
import { preceded } from '../per-stage.ts';
import { bindsFiles, installsIn } from '../query.ts';
import { isOpenBase } from '../state/image-state.ts';
import { mayMakeSource } from './early-builds.ts';

export interface EarlyInstall {
  readonly install: Install;
  readonly directory: string;
  /** What brings the manifest, too late or to another place; absent where nothing does. */
  readonly manifest?: Located;
  /** Where that puts it; absent where it is this place, only too late. */
  readonly elsewhere?: string;
  /** A later install of the same folder finds it. */
  readonly again: boolean;
  /** It installs nothing, and the build goes on: `npm install`, Yarn 1. */
  readonly idle: boolean;
}

/** Of Node.js, where the manifest certainly is neither in the folder nor above it. */
export function* earlyInstalls(build: Build): Iterable<EarlyInstall> {
  const installs = [...installsIn(build)];
  for (const install of installs) {
    const { command, directory, node, adds, manifest } = install;
    const { step, invocation, runs } = command;
    const { instruction, stage } = step;
    if (!node || directory === undefined || manifest !== 'absent' || adds.length > 0 || runs !== 'always') continue;
    if (invocation?.operation !== 'install' || invocation.global || !stage.reachable || isOpenBase(stage.base))
      continue;
    if (instruction.keyword !== 'RUN' || instruction.onbuild || bindsFiles(step)) continue;
    if (!isAbsentUpTo(directory, install) || mayMakeSource(command.step.stage, command)) continue;
    const found = manifestFor(install, directory);
    if (found === undefined && copiesBefore(stage, command)) continue;
    const again = installs.some(
      (other) =>
        other.directory === directory &&
        other.command.step.stage === stage &&
        other.command.span.line > command.span.line,
    );
    const idle = install.manager === 'yarn' || (install.manager === 'npm' && invocation.subcommand !== 'ci');
    yield { install, directory, ...found, again, idle };
  }
}

/** What a repository or an archive holds is not known. */
const copiesBefore = preceded(
  () => false,
  ({ instruction: { keyword } }) => keyword === 'COPY' || keyword === 'ADD',
);

/** npm looks in the folders above, too. */
function isAbsentUpTo(directory: string, { command: { step } }: Install): boolean {
  for (let at = directory; ; at = directoryName(at)) {
    for (const { rootfs } of [step.before, step.after])
      if (rootfs.stat(join(at, 'package.json')).presence !== 'absent') return false;
    if (at === '/') return true;
  }
}

function manifestFor(
  { command: { step } }: Install,
  directory: string,
): Pick<EarlyInstall, 'manifest' | 'elsewhere'> | undefined {
  const { stage, span, before } = step;
  const { change } = stage.result.rootfs.stat(join(directory, 'package.json'));
  const isCopied = change?.step.instruction.keyword === 'COPY' || change?.step.instruction.keyword === 'ADD';
  if (change !== undefined && isCopied && change.step.stage === stage && change.step.span.line > span.line)
    return { manifest: change };
  const other = before.rootfs
    .under('/')
    .find(({ path, content }) => baseName(path) === 'package.json' && content?.kind === 'context');
  return other === undefined ? undefined : { manifest: other, elsewhere: directoryName(other.path) };
}
