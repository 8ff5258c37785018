/** Ship targets that start Node.js, or a program that needs it, without having it. */

import { mayBringNode, needsNode, nodeRuntime } from '../../knowledge/index.ts';
import type { Build, Stage, Step } from '../build.ts';
import { isUntouched } from '../files/base-files.ts';
import { baseName, resolve } from '../files/path.ts';
import { chainOf } from '../query.ts';
import { type LaunchedCommand, launchOf } from './launch.ts';
import { mayHaveCopied, programPlaces } from './program-places.ts';

export interface MissingNode {
  readonly target: Stage;
  /** The stage whose FROM names the image without it. */
  readonly root: Stage;
  readonly command: LaunchedCommand;
  readonly program: string;
  /**
   * `absent`: it cannot be found; `elsewhere`: it is there, in no folder of PATH; `doubled`: the image's ENTRYPOINT is
   * Node.js and takes the program for a script, or a whole call that stands in one word.
   */
  readonly fault: 'absent' | 'elsewhere' | 'doubled';
}

/** The commands whose first word Node.js, the ENTRYPOINT of their image, takes for a script. */
export const takenForScripts = (build: Build): ReadonlySet<LaunchedCommand> =>
  new Set([...missingNodes(build)].flatMap(({ fault, command }) => (fault === 'doubled' ? [command] : [])));

/** Whether Node.js, the ENTRYPOINT of its image, takes the first word of what a target starts for a script. */
export const startIsTakenForScript = (build: Build, target: Stage): boolean =>
  launchOf(target)?.commands.some((command) => takenForScripts(build).has(command)) === true;

/** Only where the base is known and nothing in the file can have brought the program. */
export function* missingNodes(build: Build): Iterable<MissingNode> {
  for (const target of build.targets) {
    const chain = chainOf(target);
    const [root] = chain;
    const runtime = root === undefined ? undefined : runtimeOf(root);
    const launch = launchOf(target);
    if (root === undefined || runtime === undefined || launch === undefined) continue;
    const steps = chain.flatMap((stage) => stage.steps);
    if (steps.some(bringsPrograms)) continue;
    const doubled = runtime.startsNode && launch.entrypoint === 'base';
    const command = launch.commands.find(({ runs, words }) => runs === 'always' && words.length > 0);
    const program = command?.words[doubled ? 1 : 0];
    if (command === undefined || program === undefined) continue;
    if (!needsNode(doubled ? (program.split(' ')[0] ?? '') : program)) continue;
    const needed = program.includes('node_modules/') ? 'node' : program;
    if (doubled ? program.includes('node_modules/') : has(runtime.programs, needed)) continue;
    const places = placesOf(needed, target, doubled);
    if (places.some((path) => (!doubled && runtime.programs.has(path)) || maybeThere(path, target, doubled))) continue;
    if (!doubled && steps.some((step) => places.some((path) => mayHaveCopied(step, path)))) continue;
    const isElsewhere = runtime.startsNode && /^node(?:js)?$/.test(program);
    yield { target, root, command, program, fault: doubled ? 'doubled' : isElsewhere ? 'elsewhere' : 'absent' };
  }
}

const has = (programs: ReadonlySet<string>, program: string): boolean =>
  programs.has(program) || (!program.startsWith('/nodejs/') && programs.has(baseName(program)));

function runtimeOf({ base }: Stage): ReturnType<typeof nodeRuntime> {
  if (base.kind === 'scratch') return { programs: new Set(), startsNode: false };
  return base.kind === 'image' && base.facts?.os === 'linux' ? nodeRuntime(base.reference.familiar) : undefined;
}

const bringsPrograms = ({ commands, script, instruction }: Step): boolean =>
  (instruction.keyword === 'RUN' && script === undefined && commands.length === 0) ||
  commands.some(({ name, arguments: rest }) => mayBringNode([name, ...rest]));

/** Node.js as ENTRYPOINT looks for a script of that name where it works; what may be made there is hardly called so. */
function maybeThere(path: string, { result }: Stage, doubled: boolean): boolean {
  const stat = result.rootfs.stat(path);
  return doubled ? stat.presence === 'present' : !isUntouched(stat);
}

/** Where the program would stand: in each folder of PATH, or at the path itself; Node.js looks where it works. */
const placesOf = (program: string, target: Stage, doubled: boolean): readonly string[] =>
  doubled
    ? ['', '.js'].map((ending) => resolve(target.result.workdir ?? '/', program + ending))
    : programPlaces(program, target);
