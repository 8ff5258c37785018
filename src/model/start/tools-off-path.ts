/** Programs of packages that are called by their name alone where PATH does not lead to `node_modules/.bin`. */
import { namedForDevelopment, packageOfTool, productionPackages } from '../../knowledge/index.ts';
import type { Build, Located, Rootfs, Stage, Step } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { join } from '../files/path.ts';
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
}

/** Only where the manifest names the package, and nothing else may bring the program. */
export function* toolsOffPath(build: Build): Iterable<ToolOffPath> {
  for (const stage of build.stages) {
    if (!stage.reachable || !hasPlainBase(stage)) continue;
    for (const command of stage.steps.flatMap(({ commands }) => commands)) {
      const { name, step, span, invocation, shell } = command;
      if (name === undefined || invocation !== undefined || shell.effective[0]?.text !== name) continue;
      if (!surelyEndsTheBuild(command) || setsPath(step)) continue;
      const folder = binFolder(name, command.workdir, step.before.rootfs, build);
      if (folder === undefined || !isPathPlain(step.before.env) || mayBring(name, stage)) continue;
      yield { span, program: name, folder };
    }
  }
  for (const target of build.targets) {
    const launch = launchOf(target);
    const [command] = launch?.commands ?? [];
    const [name] = command?.words ?? [];
    if (command === undefined || name === undefined || launch?.entrypoint === 'script' || command.runs !== 'always')
      continue;
    const folder = binFolder(name, command.workdir, target.result.rootfs, build);
    if (folder === undefined || !hasPlainBase(target) || command.sets.has('PATH')) continue;
    if (!isPathPlain(target.result.env) || mayBring(name, target)) continue;
    yield { span: command.span, program: name, folder, target };
  }
}

/** Where the program lies once the packages of the manifest in a folder are installed. */
function binFolder(program: string, folder: string | undefined, rootfs: Rootfs, build: Build): string | undefined {
  const brings = packageOfTool(program);
  const manifest =
    folder === undefined || brings === undefined ? undefined : textAt(join(folder, 'package.json'), rootfs, build);
  if (folder === undefined || brings === undefined || manifest === undefined) return undefined;
  const named = productionPackages(manifest).has(brings) || namedForDevelopment(manifest).has(brings);
  return named ? join(folder, 'node_modules/.bin') : undefined;
}

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
          (other.arguments.some(names) ||
            (other.invocation?.global === true && !other.invocation.packages.every((each) => managers.test(each)))),
      );
    }),
  );
}
