/** Programs of packages that are called by their name alone where PATH does not lead to `node_modules/.bin`. */
import { namedForDevelopment, packageOfTool, packageWord, productionPackages } from '../../knowledge/index.ts';
import type { Build, Command, Located, Rootfs, Stage, Step } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { join } from '../files/path.ts';
import { commandsBefore } from '../per-stage.ts';
import { chainOf, surelyEndsTheBuild } from '../query.ts';
import { remembered } from '../remembered.ts';
import { hasPlainBase } from '../stages/never-created.ts';
import { launchOf } from './launch.ts';

export interface ToolOffPath extends Located {
  readonly program: string;
  /** Absolute, where npm puts its programs. */
  readonly folder: string;
  /** Absent where a RUN calls it. */
  readonly target?: Stage;
  /** What adds its package to the project, where the manifest does not name it. */
  readonly addedBy?: Command;
}

/** Only where the manifest names the package or a command adds it to the project, and nothing else may bring the program. */
export function* toolsOffPath(build: Build): Iterable<ToolOffPath> {
  for (const stage of build.stages) {
    if (!stage.reachable || !hasPlainBase(stage)) continue;
    for (const command of stage.steps.flatMap(({ commands }) => commands)) {
      const { name, step, span, invocation, shell } = command;
      if (name === undefined || invocation !== undefined || shell.effective[0]?.text !== name) continue;
      if (!surelyEndsTheBuild(command) || setsPath(step)) continue;
      const place = binFolder(name, command.workdir, step.before.rootfs, build) ?? placeOfAdded(name, stage, command);
      if (place === undefined || !isPathPlain(step.before.env) || mayBring(name, stage)) continue;
      yield { span, program: name, ...place };
    }
  }
  for (const target of build.targets) {
    const launch = launchOf(target);
    const [command] = launch?.commands ?? [];
    const [name] = command?.words ?? [];
    if (command === undefined || name === undefined || launch?.entrypoint === 'script' || command.runs !== 'always')
      continue;
    const place = binFolder(name, command.workdir, target.result.rootfs, build) ?? placeOfAdded(name, target);
    if (place === undefined || !hasPlainBase(target) || command.sets.has('PATH')) continue;
    if (!isPathPlain(target.result.env) || mayBring(name, target)) continue;
    yield { span: command.span, program: name, ...place, target };
  }
}

type Place = Pick<ToolOffPath, 'folder' | 'addedBy'>;

/** Where the program lies once the packages of the manifest in a folder are installed. */
function binFolder(program: string, folder: string | undefined, rootfs: Rootfs, build: Build): Place | undefined {
  const brings = packageOfTool(program);
  const manifest =
    folder === undefined || brings === undefined ? undefined : textAt(join(folder, 'package.json'), rootfs, build);
  if (folder === undefined || brings === undefined || manifest === undefined) return undefined;
  const named = productionPackages(manifest).has(brings) || namedForDevelopment(manifest).has(brings);
  return named ? { folder: binOf(folder) } : undefined;
}

const binOf = (folder: string): string => join(folder, 'node_modules/.bin');

/** Where the program lies once a command that is no global install has added its package, one before `below`. */
function placeOfAdded(program: string, stage: Stage, below?: Command): Place | undefined {
  const brings = packageOfTool(program);
  if (brings === undefined) return undefined;
  const added = additionsIn(stage).get(brings);
  const addedBy = added?.find((each) => below === undefined || commandsBefore(below).includes(each));
  const directory = addedBy?.install?.directory;
  return addedBy === undefined || directory === undefined ? undefined : { folder: binOf(directory), addedBy };
}

/** Commands of a stage and those that it is based on that add packages to a project, by the name of the package. */
const additionsIn: (stage: Stage) => ReadonlyMap<string, readonly Command[]> = remembered(
  (stage) => stage,
  (stage) => {
    const found = new Map<string, Command[]>();
    for (const command of chainOf(stage).flatMap(({ steps }) => steps.flatMap(({ commands }) => commands)))
      for (const each of addsToProject(command) ? (command.invocation?.packages ?? []) : []) {
        const name = packageWord(each)?.name;
        if (name !== undefined) found.set(name, [...(found.get(name) ?? []), command]);
      }
    return found;
  },
);

/** Yarn adds to the project what `yarn add -g` names. */
const addsToProject = ({ invocation }: Command): boolean =>
  invocation?.operation === 'add' && !invocation.global && !invocation.uncertain;

function isPathPlain(env: Stage['result']['env']): boolean {
  const path = env.get('PATH');
  return path === undefined || (path.text !== undefined && !/node_modules|[$]/.test(path.text));
}

/** The script changes PATH, or reads another one that may. */
const setsPath: (step: Step) => boolean = remembered(
  (step) => step,
  ({ commands }) =>
    commands.some(
      ({ name, shell }) =>
        name === 'source' || name === '.' || shell.assignments.some((assignment) => assignment.name === 'PATH'),
    ),
);

const managers = /^(?:npm|yarn|pnpm|corepack|bun)(?:@|$)/;

/** Destinations that a program may come to with others; one that is not known may be any of these. */
const programFolders: ReadonlySet<string | undefined> = new Set([
  undefined,
  '',
  ...'/usr /usr/local /bin /sbin /usr/bin /usr/sbin /usr/local/bin /usr/local/sbin /usr/local/lib'.split(' '),
]);

/** Another command names the program or its package, installs programs for all, or a COPY puts files where programs lie. */
function mayBring(program: string, stage: Stage): boolean {
  const known = broughtIn(stage);
  const brings = known.get(program) ?? isBrought(program, stage);
  known.set(program, brings);
  return brings;
}

/** By program. */
const broughtIn: (stage: Stage) => Map<string, boolean> = remembered(
  (stage) => stage,
  () => new Map(),
);

function isBrought(program: string, stage: Stage): boolean {
  const brings = packageOfTool(program) ?? program;
  const names = (word: string | undefined): boolean =>
    word === undefined ||
    word === program ||
    word === brings ||
    word.startsWith(`${brings}@`) ||
    word.endsWith(`/${program}`);
  return chainOf(stage).some(({ steps }) =>
    steps.some(({ instruction, commands }) => {
      if (instruction.keyword === 'COPY' || instruction.keyword === 'ADD')
        return programFolders.has(instruction.destination.text?.replace(/\/$/, ''));
      return commands.some(
        (other) =>
          other.name !== program &&
          ((other.arguments.some(names) && !addsToProject(other)) ||
            (other.invocation?.global === true && !other.invocation.packages.every((each) => managers.test(each)))),
      );
    }),
  );
}
