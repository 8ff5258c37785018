/** Ship targets that start a program of PHP, Ruby, Elixir, Deno or Bun in an image that has none of it. */
import { lacksRuntime, mayBringRuntime } from '../../knowledge/index.ts';
import type { Build, Stage } from '../build.ts';
import { isUntouched } from '../files/base-files.ts';
import { chainOf } from '../query.ts';
import { type LaunchedCommand, launchOf } from './launch.ts';
import { mayHaveCopied, programPlaces } from './program-places.ts';

export interface MissingRuntime {
  readonly target: Stage;
  /** The stage whose FROM names the image without it. */
  readonly root: Stage;
  readonly command: LaunchedCommand;
  readonly program: string;
}

/** Only where the base is known and nothing in the file can have brought the program. */
export function* missingRuntimes(build: Build): Iterable<MissingRuntime> {
  for (const target of build.targets) {
    const chain = chainOf(target);
    const [root] = chain;
    const launch = launchOf(target);
    if (root === undefined || launch === undefined) continue;
    const command = launch.commands.find(({ runs, words }) => runs === 'always' && words.length > 0);
    const [program] = command?.words ?? [];
    if (command === undefined || program === undefined || !isWithout(root, program)) continue;
    const steps = chain.flatMap((stage) => stage.steps);
    const mayBring = steps.some(
      ({ instruction, script, commands }) =>
        (instruction.keyword === 'RUN' && script === undefined && commands.length === 0) ||
        commands.some(({ name, arguments: rest }) => mayBringRuntime(program, [name, ...rest])),
    );
    if (mayBring) continue;
    const places = programPlaces(program, target);
    if (places.some((path) => !isUntouched(target.result.rootfs.stat(path)))) continue;
    if (!steps.some((step) => places.some((path) => mayHaveCopied(step, path))))
      yield { target, root, command, program };
  }
}

const isWithout = ({ base }: Stage, program: string): boolean =>
  base.kind === 'image' && base.openTag !== true && lacksRuntime(program, base.reference.familiar, base.reference.tag);
