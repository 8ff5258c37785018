/** Instructions to Build: stages, what they are based on, what flows between them, what ships. */
import type { BuildContext } from '../context/context.ts';
import { type BuildEvidence, noEvidence } from '../context/evidence/evidence.ts';
import { type Dockerfile, type FromInstruction, type Instruction, readShellComment } from '../syntax/index.ts';
import type { Build, Value } from './build.ts';
import { type Interpretation, interpretStage, type OpenStage } from './interpret.ts';
import { chooseTargets, shippingCalls } from './stages/ship-targets.ts';
import {
  copySource,
  isNamedContext,
  namedContexts,
  reachableFrom,
  stageCalled,
  stageNamed,
  stageReferences,
} from './stages/stage-references.ts';
import { argumentsOf, evaluate, globalVariables } from './state/environment.ts';
import { baseOf, emptyState, isMadeOf } from './state/image-state.ts';
import { type GivenArguments, givenArguments } from './state/passed-arguments.ts';
import { createSecretRegister } from './state/secrets.ts';

export interface BuildOptions {
  readonly context: BuildContext;
  /** Path of the file; its name may tell what it is for. */
  readonly path?: string;
  /** Names or numbers of the stages to ship, those that name no stage left out; default as in `Build.targets`. */
  readonly targets?: readonly string[];
  /** Build arguments, as --build-arg gives them. */
  readonly buildArguments?: ReadonlyMap<string, string>;
  /** What files of the project say of how the file is built. */
  readonly evidence?: BuildEvidence;
  /** The day, as 2027-01-31, by which dates are judged. */
  readonly today?: string;
}

/** Works out the build that a Dockerfile describes. Total: a broken file gives a Build with fewer things in it. */
export function createBuild(file: Dockerfile, options: BuildOptions): Build {
  const firstFrom = file.instructions.findIndex((instruction) => instruction.keyword === 'FROM');
  const preamble = firstFrom === -1 ? [] : file.instructions.slice(0, firstFrom);
  const secrets = createSecretRegister(
    file.instructions.flatMap((each) => (each.keyword === 'RUN' ? each.mounts : [])),
  );
  const evidence = options.evidence ?? noEvidence;
  const wishes = { asked: options.targets ?? [], evidence };
  const calls = shippingCalls(wishes, finalStageId(file));
  const given = givenArguments(options.buildArguments ?? new Map(), calls);
  const contexts = namedContexts(calls);
  const globals = globalArguments(preamble, given, file.escape, secrets);
  const stages: OpenStage[] = [];
  let sequence = 0;
  const world: Interpretation = {
    context: options.context,
    escape: file.escape,
    globals,
    shell: readShellComment(file.instructions.slice(0, firstFrom + 1).flatMap(({ comments }) => comments)),
    given,
    secrets,
    nextSequence: () => sequence++,
    contexts,
    copySource: (from, current, lookup) =>
      copySource(evaluate(from, lookup, file.escape), from, current, stages, contexts),
  };
  for (const { from, body } of stageBodies(file.instructions.slice(Math.max(firstFrom, 0)))) {
    const stage = openStage(from, stages, world);
    stages.push(stage);
    interpretStage(stage, body, world);
  }
  const last = stages.at(-1);
  if (last !== undefined) Object.assign(last, { final: true });
  const { edges, dangling, outside } = stageReferences(stages, globals, file.escape, contexts);
  const shipsBecause = chooseTargets(stages, wishes, (name) => stageCalled(name, stages));
  const targets = [...shipsBecause.keys()];
  for (const stage of reachableFrom(targets, edges)) Object.assign(stage, { reachable: true });
  const start = { span: { line: 1, column: 1, endLine: 1, endColumn: 1 } };
  return {
    file,
    path: options.path ?? '',
    context: options.context,
    stages,
    edges,
    targets,
    shipsBecause,
    evidence,
    danglingReferences: dangling,
    outsideReferences: outside,
    globalArguments: globals,
    secrets: secrets.all,
    start,
    ...(options.today === undefined ? {} : { today: options.today }),
  };
}

function globalArguments(
  preamble: readonly Instruction[],
  given: GivenArguments,
  escape: '\\' | '`',
  secrets: ReturnType<typeof createSecretRegister>,
): ReadonlyMap<string, Value> {
  const globals = new Map<string, Value>();
  for (const instruction of preamble) {
    if (instruction.keyword !== 'ARG') continue;
    const state = { ...emptyState, args: globals };
    const values = argumentsOf(instruction, state, { given, globals }, globalVariables(globals), escape);
    for (const [name, value] of secrets.declareAll(values, instruction)) globals.set(name, value);
  }
  return globals;
}

interface StageBody {
  readonly from: FromInstruction;
  readonly body: readonly Instruction[];
}

function stageBodies(instructions: readonly Instruction[]): readonly StageBody[] {
  const bodies: { from: FromInstruction; body: Instruction[] }[] = [];
  for (const instruction of instructions)
    if (instruction.keyword === 'FROM') bodies.push({ from: instruction, body: [] });
    else bodies.at(-1)?.body.push(instruction);
  return bodies;
}

function openStage(from: FromInstruction, earlier: readonly OpenStage[], world: Interpretation): OpenStage {
  const index = earlier.length;
  const lookup = globalVariables(world.globals);
  const base = baseOf(from, lookup, world.escape, {
    isNamedContext: (name) => isNamedContext(name, world.contexts),
    named: (name) => stageNamed(name, earlier),
    fitting: (parts) => earlier.filter((stage) => stage.name !== undefined && isMadeOf(stage.id, parts)),
  });
  return {
    index,
    from,
    span: from.span,
    id: stageId(from, index),
    base,
    final: false,
    reachable: false,
    steps: [],
    layers: [],
    result: emptyState,
    ...(from.name === undefined ? {} : { name: from.name }),
  };
}

const stageId = ({ name }: FromInstruction, index: number): string =>
  name === undefined ? `stage-${index}` : (name.text ?? name.raw).toLowerCase();

function finalStageId(file: Dockerfile): string | undefined {
  const froms = file.instructions.filter((each) => each.keyword === 'FROM');
  const last = froms.at(-1);
  return last === undefined ? undefined : stageId(last, froms.length - 1);
}
