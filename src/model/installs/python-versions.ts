/** Packages of Python for another version of it than the one that is there. */
import {
  type ImagePython,
  imagePython,
  isPythonManager,
  mayBringPython,
  pythonOfFolder,
} from '../../knowledge/index.ts';
import type { Build, Command, Install, Located, Stage, Step } from '../build.ts';
import { textAt as fileText } from '../files/context-text.ts';
import { copiesOf } from '../files/copy-destinations.ts';
import { join, resolve } from '../files/path.ts';
import { perStageAlone } from '../per-stage.ts';
import { chainOf, isBasedOn, judgedStages, shippedTrees, stageNamedBy, wordsOf } from '../query.ts';
import { remembered } from '../remembered.ts';
import { textAt } from '../state/word-values.ts';

export interface PythonMismatch extends Located {
  /**
   * `absent`: a folder is taken from a stage that does not have it; `unread`: packages go to a folder of another version;
   * `foreign`: an environment that another version has made.
   */
  readonly is: 'absent' | 'unread' | 'foreign';
  /** The folder that holds the packages, absolute. */
  readonly folder: string;
  /** What the folder is for: `3.12`. */
  readonly packages: string;
  /** What is there: `3.13`. */
  readonly python: string;
  /** The stage whose FROM names the image with that Python. */
  readonly root: Stage;
  /** What installed the packages, where that is known. */
  readonly installedBy?: Command;
}

interface StagePython extends ImagePython {
  /** The stage whose FROM names the image. */
  readonly root: Stage;
}

/** One for each COPY, where the Python of each stage that it speaks of is known by the image. */
export function* pythonMismatches(build: Build): Iterable<PythonMismatch> {
  const told = new Set<Step>();
  const shipping = new Set(build.targets.flatMap(chainOf));
  for (const found of [
    ...absentFolders(build, judgedStages(build)),
    ...unreadFolders(build, shipping),
    ...movedTrees(build),
  ]) {
    if (told.has(found.step)) continue;
    told.add(found.step);
    yield found.mismatch;
  }
}

interface Found {
  readonly step: Step;
  readonly mismatch: PythonMismatch;
}

/** COPY --from that takes the folder of a version that its stage does not have. */
const absentFolders = perStageAlone<Found>(function* (stage, build) {
  for (const { step, instruction } of copiesOf(stage)) {
    const source = stageNamedBy(instruction.from, stage, build);
    for (const word of source === undefined ? [] : instruction.sources) {
      const folder = resolve('/', textAt(word, step, build) ?? '');
      const packages = pythonOfFolder(folder);
      const has = packages === undefined ? undefined : pythonIn(source, packages);
      if (packages === undefined || has === undefined || has.version === packages) continue;
      if (!isLeftToInstaller(source, folder)) continue;
      yield {
        step,
        mismatch: { span: word.span, is: 'absent', folder, packages, python: has.version, root: has.root },
      };
    }
  }
});

/** COPY --from into the folder of a version that the stage does not have. */
const unreadFolders = perStageAlone<Found>(function* (stage, build) {
  for (const { step, instruction } of copiesOf(stage)) {
    if (stageNamedBy(instruction.from, stage, build) === undefined) continue;
    const { span } = instruction.destination;
    const folder = resolve(step.before.workdir ?? '/', textAt(instruction.destination, step, build) ?? '');
    const packages = pythonOfFolder(folder);
    const has = packages === undefined ? undefined : pythonIn(stage, packages);
    if (packages === undefined || has === undefined || has.version === packages || readsElsewhere(stage)) continue;
    yield { step, mismatch: { span, is: 'unread', folder, packages, python: has.version, root: has.root } };
  }
});

/** Environments that a COPY brings from a stage with another Python into an image that ships. */
function* movedTrees(build: Build): Iterable<Found> {
  for (const { target, path: folder, change, tree } of shippedTrees(build)) {
    const { command, manager } = tree.install;
    const installer = command.step.stage;
    if (!isPythonManager(manager) || isBasedOn(target, installer) || pythonOfFolder(folder) !== undefined) continue;
    if (choosesPython(command) || readsElsewhere(target)) continue;
    const made = pythonIn(installer);
    const has = made === undefined ? undefined : pythonIn(target, made.version);
    if (made === undefined || has === undefined || made.version === has.version) continue;
    if (manager === 'uv' && !isAskedFor(made.version, tree.install, build)) continue;
    const { span, step } = change;
    const { version: packages } = made;
    yield {
      step,
      mismatch: { span, is: 'foreign', folder, packages, python: has.version, root: has.root, installedBy: command },
    };
  }
}

/** The Python of a stage; undefined where something may bring another one, `version` for example. */
export function pythonIn(stage: Stage | undefined, version?: string): StagePython | undefined {
  if (stage === undefined) return undefined;
  const chain = chainOf(stage);
  const [root] = chain;
  const base = root?.base;
  if (root === undefined || base?.kind !== 'image' || base.openTag === true) return undefined;
  const python = imagePython(base.reference.familiar, base.reference.tag);
  if (python === undefined || chain.some(bringsPython)) return undefined;
  if (version !== undefined && chain.some((each) => names(each, `python${version}`))) return undefined;
  return { ...python, root };
}

const bringsPython: (stage: Stage) => boolean = remembered(
  (stage) => stage,
  ({ steps }) =>
    steps.some(
      (step) =>
        bringsLibraries(step) ||
        step.commands.some((command) => wordsOf(command).some((word) => word !== undefined && mayBringPython(word))),
    ),
);

/** A COPY that brings the programs and libraries of another image as a whole, its Python among them. */
function bringsLibraries({ instruction }: Step): boolean {
  if (instruction.keyword !== 'COPY' || instruction.from === undefined) return false;
  return instruction.sources.some(
    ({ text }) => text === undefined || /^\/?(?:usr\/?)?(?:local\/?)?(?:lib\/?)?$/.test(text),
  );
}

const names = ({ steps }: Stage, program: string): boolean =>
  steps.some(({ commands }) =>
    commands.some((command) => wordsOf(command).some((word) => word?.includes(program) === true)),
  );

/** Whether nothing but installs of the stage itself fills a folder and those above it. */
const isLeftToInstaller = (stage: Stage | undefined, folder: string): boolean =>
  stage?.result.rootfs
    .trees(folder)
    .every(
      ({ content }) => content?.kind === 'dependencies' && isBasedOn(stage, content.tree.install.command.step.stage),
    ) === true;

/** PYTHONPATH leads to folders of any name, and so does --target. */
const readsElsewhere = ({ result }: Stage): boolean =>
  ['PYTHONPATH', 'PYTHONHOME'].some((name) => result.env.has(name));

/** The install says which Python it is for, or that all goes into one folder. */
export function choosesPython(command: Command): boolean {
  const { env } = command.step.before;
  return (
    env.has('UV_PYTHON') ||
    wordsOf(command).some(
      (word) =>
        word === undefined || /^(?:-t|--target|-p|--python|--python-version|--managed-python)(?:=|$)/.test(word),
    )
  );
}

/** uv downloads the version that a file of the project names, where the image has another one. */
function isAskedFor(version: string, { directory, command }: Install, build: Build): boolean {
  if (directory === undefined) return false;
  const named = fileText(join(directory, '.python-version'), command.step.before.rootfs, build)?.trim();
  return named === undefined || named === version || named.startsWith(`${version}.`);
}
