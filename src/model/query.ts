/** The questions that rules ask of a Build. */

import { isDatabaseAddress } from '../knowledge/index.ts';
import type { Instruction, Located, ShellCommand, Span } from '../syntax/index.ts';
import type {
  Build,
  Command,
  DependencyTree,
  FileChange,
  Install,
  Layer,
  Secret,
  Stage,
  StageEdge,
  Step,
  Ternary,
} from './build.ts';
import { remembered } from './remembered.ts';

/** A stage and the stages it is based on, the first base first. */
export const chainOf: (stage: Stage) => readonly Stage[] = remembered(
  (stage) => stage,
  (stage) => {
    const chain = [stage];
    for (let { base } = stage; base.kind === 'stage'; base = base.stage.base) chain.push(base.stage);
    return chain.reverse();
  },
);

/** Whether a stage is another one, or based on it. */
export function isBasedOn(stage: Stage, base: Stage): boolean {
  // A stage stands behind those it is based on.
  let at = stage;
  while (at.index > base.index && at.base.kind === 'stage') at = at.base.stage;
  return at === base;
}

/** The stages that are judged; of several that may ship, each is judged with those that it needs. */
export const judgedStages = (build: Build): Iterable<Stage> => build.scope ?? build.stages;

export const isJudged = (build: Build, stage: Stage): boolean => build.scope?.has(stage) !== false;

/** The first ship target that is based on a stage, or is it. */
export const targetOver = (build: Build, stage: Stage): Stage | undefined => targetsOver(build).get(stage);

const targetsOver: (build: Build) => ReadonlyMap<Stage, Stage> = remembered(
  (build) => build.targets,
  (build) => {
    const found = new Map<Stage, Stage>();
    for (const target of build.targets)
      for (let at: Stage | undefined = target; at !== undefined && !found.has(at); at = baseStage(at))
        found.set(at, target);
    return found;
  },
);

const baseStage = ({ base }: Stage): Stage | undefined => (base.kind === 'stage' ? base.stage : undefined);

/** A stage that ships, as messages speak of it. */
export const shipName = ({ name, final, index }: Stage): string =>
  name !== undefined ? `stage ${name.raw}` : final ? 'the final stage' : `stage ${index}`;

/** The stage that a `--from` or `from=` of another one names, when it is one of this file; `word`: as it is written there. */
export const stageNamedBy = (word: Located | undefined, stage: Stage, build: Build): Stage | undefined =>
  word &&
  edgesAt(build.edges)
    .get(word.span)
    ?.find((edge) => edge.to === stage)?.from;

/** By the place of the word that makes them: a trigger of ONBUILD makes one in each stage that it runs in. */
const edgesAt = remembered(
  (edges: readonly StageEdge[]) => edges,
  (edges) => {
    const places = new Map<Span, StageEdge[]>();
    for (const edge of edges) {
      const known = places.get(edge.span);
      if (known === undefined) places.set(edge.span, [edge]);
      else known.push(edge);
    }
    return places;
  },
);

/** The step of an instruction; of a trigger that several stages run, the first. */
export const stepOf = (build: Build, instruction: Instruction): Step | undefined => stepsIn(build).get(instruction);

const stepsIn: (build: Build) => ReadonlyMap<Instruction, Step> = remembered(
  (build) => build.stages,
  ({ stages }) =>
    new Map(stages.flatMap(({ steps }) => steps.map((step) => [step.instruction, step] as const)).reverse()),
);

/** What the layer of a step holds; nothing where it makes none. */
export const changesOf = (step: Step): readonly FileChange[] => layersByStep(step.stage.layers).get(step) ?? [];

const layersByStep = remembered(
  (layers: readonly Layer[]) => layers,
  (layers) => new Map(layers.map(({ step, changes }) => [step, changes])),
);

/** The position of a step in its stage. */
export const numberOf = (step: Step): number => numbersOf(step.stage.steps).get(step) ?? -1;

const numbersOf = remembered(
  (steps: readonly Step[]) => steps,
  (steps) => new Map(steps.map((step, number) => [step, number])),
);

/** Every command of every RUN, in the order of the file. */
export const commandsIn: (build: Build) => readonly Command[] = remembered(
  (build) => build.stages,
  ({ stages }) => stages.flatMap(({ steps }) => steps.flatMap(({ commands }) => commands)),
);

/** Every install of dependencies from a manifest, in the order of the file. */
export const installsIn: (build: Build) => readonly Install[] = remembered(
  (build) => build.stages,
  (build) => commandsIn(build).flatMap(({ install }) => install ?? []),
);

/** The installs of one stage, in order. */
export function* installsOf({ steps }: Stage): Iterable<Install> {
  for (const { commands } of steps) for (const { install } of commands) if (install !== undefined) yield install;
}

/** The installs of the stages that are judged, in the order of the file. */
export const judgedInstalls: (build: Build) => readonly Install[] = remembered(judgedStages, (build) =>
  [...judgedStages(build)].flatMap((stage) => [...installsOf(stage)]),
);

/** The change with which a file came into the build, followed back through copies and moves. */
export function originOf(change: FileChange): FileChange {
  let origin = change;
  while (origin.source !== undefined) origin = origin.source;
  return origin;
}

export interface ShippedTree {
  readonly target: Stage;
  readonly path: string;
  /** The change of the target's own chain that brings the tree in. */
  readonly change: FileChange;
  readonly tree: DependencyTree;
  readonly development: Ternary;
}

/** The dependency trees in the final file system of each ship target. */
export const shippedTrees: (build: Build) => readonly ShippedTree[] = remembered(
  (build) => build.targets,
  (build) => [...findTrees(build)],
);

function* findTrees(build: Build): Iterable<ShippedTree> {
  for (const target of build.targets) {
    const byPath = new Map<string, FileChange[]>();
    for (const change of target.result.rootfs.under('/')) {
      if (change.content?.kind !== 'dependencies') continue;
      const known = byPath.get(change.path);
      if (known === undefined) byPath.set(change.path, [change]);
      else known.push(change);
    }
    for (const [path, changes] of byPath) {
      const shipped = changes.findLast((change) => treeOf(change)?.development === 'yes') ?? changes.at(-1);
      const tree = shipped === undefined ? undefined : treeOf(shipped);
      if (shipped !== undefined && tree !== undefined)
        yield { target, path, change: shipped, tree, development: developmentOf(changes) };
    }
  }
}

const treeOf = (change: FileChange): DependencyTree | undefined =>
  change.content?.kind === 'dependencies' ? change.content.tree : undefined;

/**
 * Whether development packages are there when several commands may have made the tree. Arms chosen by
 * which lockfile exists each are what some project runs; arms chosen by a variable leave it unknown.
 */
function developmentOf(changes: readonly FileChange[]): Ternary {
  const answers = new Set(changes.map((change) => treeOf(change)?.development ?? 'unknown'));
  const [only] = answers;
  if (answers.size === 1 && only !== undefined) return only;
  const all = changes.every((change) => change.runs === 'always' || choosesByFile(treeOf(change)?.install));
  return answers.has('yes') && all ? 'yes' : 'unknown';
}

const choosesByFile = (install: Install | undefined): boolean =>
  install?.guards.every(
    (guard) =>
      guard.kind === 'status' &&
      (guard.expected ||
        guard.tests.every((test) =>
          test.words.some((word) => word.text === '-f' || word.text === '-e' || word.text === '-s'),
        )),
  ) ?? false;

/** Where the value of a secret ends. */
export interface SecretExposure {
  readonly secret: Secret;
  /**
   * `config`: ENV or LABEL of a ship target, for `docker inspect` to read; `history`: ARG of a ship target, for
   * `docker history` to read; `build`: a stage that does not ship, or a global ARG that only FROM sees.
   */
  readonly ends: 'config' | 'history' | 'build';
  readonly target?: Stage;
  /** The first step that uses it; of a global ARG the FROM that does. */
  readonly use?: Located;
}

const fromWith = (name: string, stages: readonly Stage[]): Located | undefined =>
  stages.find(({ from }) => from.image.references.includes(name))?.from;

/** Each ARG and ENV that brings a secret in, with the worst place where it ends. */
export function* secretExposures(build: Build): Iterable<SecretExposure> {
  yield* databaseAddresses(build);
  for (const secret of build.secrets) {
    const use = secret.uses[0];
    const target = secret.stage === undefined ? undefined : targetOver(build, secret.stage);
    const common = { secret, ...(use === undefined ? {} : { use }) };
    if (target === undefined) {
      const redeclared = build.secrets.some((other) => other.name === secret.name && other.stage !== undefined);
      const base = secret.stage === undefined ? fromWith(secret.name, build.stages) : undefined;
      if (secret.stage !== undefined || !redeclared)
        yield { ...common, ends: 'build', ...(base === undefined ? {} : { use: base }) };
    } else {
      const { env, labels } = target.result;
      const inConfig = [...env.values(), ...labels.values()].some((value) => value.secrets.includes(secret));
      yield { ...common, ends: inConfig ? 'config' : 'history', target };
    }
  }
}

/** `ENV DATABASE_URL=$DATABASE_URL` with an argument that somebody gives: by its value alone it is a secret. */
function* databaseAddresses(build: Build): Iterable<SecretExposure> {
  for (const target of build.targets)
    for (const [name, { via, text, isTooLong, secrets, span }] of target.result.env) {
      if (via !== 'ENV' || text !== undefined || isTooLong || secrets.length > 0 || !isDatabaseAddress(name)) continue;
      const secret = { name, via, span, value: 'none', uses: [], alsoMounted: false, stage: target } as const;
      yield { secret, ends: 'config', target };
    }
}

/** Whether the build ends where this command fails: nothing decides whether it runs, and nothing takes its failure. */
export const endsTheBuild = ({ shell }: Pick<Command, 'shell'>): boolean =>
  shell.failure !== 'absorbed' &&
  shell.guards.every((guard) => guard.kind === 'status' && guard.expected === true && guard.outcome === 'success');

/** Whether something else runs after the failure of a command, and the build goes on: `npm run build || true`. */
export const isForgiven = ({ step, shell }: Command): boolean =>
  shell.failure !== 'ends the script' && forgivenIn(step).has(shell);

const forgivenIn: (step: Step) => ReadonlySet<ShellCommand> = remembered(
  (step) => step,
  ({ commands }) =>
    new Set(
      commands.flatMap(({ shell }) =>
        shell.guards.flatMap((guard) => (guard.kind === 'status' && guard.outcome === 'failure' ? guard.tests : [])),
      ),
    ),
);

/** Whether a script ends where this command of it fails: nothing asks for its status, or `set -e` does. */
export const endsScript = ({ failure }: ShellCommand, errexit: boolean | undefined): boolean =>
  failure === 'ends the script' || (failure === 'open' && errexit === true);

/** Whether a command runs in every build, which ends where it fails. */
export const surelyEndsTheBuild = (command: Command): boolean => {
  const { runs, shell, step } = command;
  return runs === 'always' && endsScript(shell, step.script?.errexit) && endsTheBuild(command) && !isForgiven(command);
};

/** The words of a command, its name first; undefined is one that is not known. */
export const wordsOf = ({
  name,
  arguments: words,
}: Pick<Command, 'name' | 'arguments'>): readonly (string | undefined)[] => [name, ...words];

/** A RUN that sees files of the build context or of another stage. */
export const bindsFiles = ({ instruction }: Step): boolean =>
  instruction.keyword === 'RUN' && instruction.mounts.some(({ type }) => type === 'bind');

/** All that an instruction says, with its heredocs: to look for a name in, not to be read. */
export const wholeText = ({ logical, heredocs }: Instruction): string =>
  [logical.text, ...heredocs.map(({ body }) => body.text)].join('\n');

/** A RUN of which it is not known what it does. */
export const isUnread = ({ instruction, commands }: Step): boolean =>
  instruction.keyword === 'RUN' && commands.length === 0;

/** Whether a word is one of the JSON array of a RUN, and not of a script in there. */
export const isArrayWord = (instruction: Instruction, { span: { line, column } }: Located): boolean =>
  instruction.keyword === 'RUN' &&
  instruction.form === 'exec' &&
  instruction.exec.some(({ span }) => span.line === line && span.column === column);
