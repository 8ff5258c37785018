/** Scripts that are started by their name alone, and lie where nobody looks for programs. */
import type { Build, Located, Stage } from '../build.ts';
import { isUntouched } from '../files/base-files.ts';
import { resolve } from '../files/path.ts';
import { chainOf } from '../query.ts';
import { isOpenBase } from '../state/image-state.ts';
import { type LaunchedCommand, launchOf } from './launch.ts';
import { mayHaveCopied, programPlaces } from './program-places.ts';

export interface ProgramOffPath {
  readonly target: Stage;
  readonly command: LaunchedCommand;
  /** As written. */
  readonly program: string;
  /** Where it lies: as it can be written from the working directory. */
  readonly call: string;
  readonly broughtBy: Located;
}

/** Only where all folders of PATH are known, and nothing puts a file of that name into one of them. */
export function* programsOffPath(build: Build): Iterable<ProgramOffPath> {
  for (const target of build.targets) {
    const launch = launchOf(target);
    const [command] = launch?.commands ?? [];
    const program = command?.words[0];
    if (launch === undefined || command?.workdir === undefined || program === undefined) continue;
    if (command.runs !== 'always' || launch.entrypoint === 'script' || !isScript.test(program)) continue;
    // The entrypoint of the image node hands scripts to node.
    if (launch.entrypoint === 'base' && /\.[cm]?js$/.test(program)) continue;
    if (isOpenBase(target.base) || !isPathKnown(target) || mayBeThere(program, target)) continue;
    for (const [path, call] of [
      [resolve(command.workdir, program), `./${program}`],
      [`/${program}`, `/${program}`],
    ] as const) {
      const { presence, change, fromBase } = target.result.rootfs.stat(path);
      if (presence !== 'present' || change === undefined || fromBase === true) continue;
      yield { target, command, program, call, broughtBy: change };
      break;
    }
  }
}

/** A name that no program of a distribution has; those of official images begin so. */
const isScript = /^(?!docker-)[\w.-]+\.(?:sh|bash|[cm]?js|py|rb|pl)$/;

function isPathKnown({ result }: Stage): boolean {
  const path = result.env.get('PATH');
  return path === undefined || path.text?.split(':').every((folder) => folder.startsWith('/')) === true;
}

const mayBeThere = (program: string, target: Stage): boolean =>
  programPlaces(program, target).some(
    (path) =>
      !isUntouched(target.result.rootfs.stat(path)) ||
      chainOf(target).some(({ steps }) => steps.some((step) => mayHaveCopied(step, path))),
  );
