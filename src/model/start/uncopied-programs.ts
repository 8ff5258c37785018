/** Programs that packages of Python bring, where an image has the packages of another stage and not their programs. */
import {
  handlesFilesOnly,
  imagePython,
  isPythonManager,
  moduleOfProgram,
  pythonOfFolder,
} from '../../knowledge/index.ts';
import type { Build, Located, Stage, Step } from '../build.ts';
import { isUntouched } from '../files/base-files.ts';
import { copiesOf } from '../files/copy-destinations.ts';
import { join, resolve } from '../files/path.ts';
import { chainOf, shippedTrees, stageNamedBy, wordsOf } from '../query.ts';
import { textAt } from '../state/word-values.ts';
import { type LaunchedCommand, launchOf } from './launch.ts';
import { mayHaveCopied, programPlaces } from './program-places.ts';

export interface UncopiedProgram {
  readonly target: Stage;
  readonly command: LaunchedCommand;
  readonly program: string;
  /** What `python -m` takes in its place. */
  readonly module: string;
  /** What brings the packages. */
  readonly broughtBy: Located;
  /** Where the program lies in the image, which PATH does not lead to; absent where it stays behind. */
  readonly liesIn?: string;
}

/** Where the image comes with Python, and no command of the target may install anything. */
export function* uncopiedPrograms(build: Build): Iterable<UncopiedProgram> {
  for (const target of build.targets) {
    const launch = launchOf(target);
    const command = launch?.commands.find(({ runs, decides }) => runs === 'always' && decides);
    const program = command?.words[0];
    if (command === undefined || program === undefined || launch?.entrypoint === 'script') continue;
    const module = moduleOfProgram(program);
    if (module === undefined || command.sets.has('PATH') || !isPlain(target, program)) continue;
    const places = programPlaces(program, target);
    const steps = chainOf(target).flatMap((stage) => stage.steps);
    if (places.some((path) => !isUntouched(target.result.rootfs.stat(path)))) continue;
    if (steps.some((step) => places.some((path) => mayHaveCopied(step, path)))) continue;
    const packages = packagesOf(target, build);
    if (packages !== undefined) yield { target, command, program, module, ...packages };
  }
}

/** On an image of Python alone, whose commands bring no package. */
function isPlain(target: Stage, program: string): boolean {
  const chain = chainOf(target);
  const base = chain[0]?.base;
  if (base?.kind !== 'image' || base.openTag === true) return false;
  if (imagePython(base.reference.familiar, base.reference.tag) === undefined) return false;
  return chain.every(({ steps }) => steps.every((step) => bringsNoProgram(step, program)));
}

const bringsNoProgram = ({ instruction, commands }: Step, program: string): boolean =>
  instruction.keyword !== 'RUN' ||
  (commands.length > 0 &&
    commands.every(
      (command) =>
        handlesFilesOnly(command.name) &&
        wordsOf(command).every((word) => word !== undefined && !word.includes(program)),
    ));

type Packages = Pick<UncopiedProgram, 'broughtBy' | 'liesIn'>;

/** The packages of another stage: of a version's own folder, programs are never a part; of environments they are. */
function packagesOf(target: Stage, build: Build): Packages | undefined {
  for (const stage of chainOf(target))
    for (const { step, instruction } of copiesOf(stage)) {
      if (instruction.from === undefined || stageNamedBy(instruction.from, stage, build) === undefined) continue;
      const to = resolve(step.before.workdir ?? '/', textAt(instruction.destination, step, build) ?? '');
      if (pythonOfFolder(to) !== undefined) return { broughtBy: instruction };
    }
  const tree = shippedTrees(build).find((each) => each.target === target && isPythonManager(each.tree.install.manager));
  if (tree === undefined) return undefined;
  const { path, change } = tree;
  return { broughtBy: change, ...(pythonOfFolder(path) === undefined ? { liesIn: join(path, 'bin') } : {}) };
}
