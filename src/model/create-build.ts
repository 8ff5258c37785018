/** Instructions to Build: stages, what they are based on, what flows between them, what ships. */
import type { BuildContext } from '../context/context.ts';
import { type BuildEvidence, noEvidence } from '../context/evidence/evidence.ts';
import { type Dockerfile, type FromInstruction, type Instruction, readShellComment } from '../syntax/index.ts';
import type { Build, Value } from './build.ts';
import { copiesUpTo, noteCopies } from './files/copied-trees.ts';
import { type Interpretation, interpretStage, type OpenStage } from './interpret.ts';
import { keptStages } from './kept-stages.ts';
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

/**
 * Works out the build that a Dockerfile describes. Total: a broken file gives a Build with fewer things in it. Stages of
 * `previous` that nothing has changed are those of it; the result says the same.
 */
export function createBuild(file: Dockerfile, options: BuildOptions, previous?: Build): Build {
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
  const shell = readShellComment(file.instructions.slice(0, firstFrom + 1).flatMap(({ comments }) => comments));
  const { context } = options;
  const ground = { context, escape: file.escape, shell, given, contexts, preamble };
  const kept = keptStages(previous, ground);
  const stages: OpenStage[] = [];
  const bodies = stageBodies(file.instructions.slice(Math.max(firstFrom, 0)));
  for (const { from, body } of bodies) {
    const known = kept.next(from, body, stages.length === bodies.length - 1);
    if (known !== undefined) {
      stages.push(known);
      continue;
    }
    let sequence = stages.length * mostChanges;
    const world: Interpretation = {
      ...ground,
      globals,
      secrets,
      nextSequence: () => sequence++,
      copies: copiesUpTo(stages.at(-1)),
      copySource(word, current, lookup) {
        const source = copySource(evaluate(word, lookup, file.escape), word, current, stages, contexts);
        if (source.kind === 'stage') sources.add(source.stage);
        return source;
      },
    };
    const stage = openStage(from, stages, world);
    const sources = kept.add(stage, body);
    stages.push(stage);
    interpretStage(stage, body, world);
    noteCopies(stage, world.copies);
  }
  const last = stages.at(-1);
  if (last?.final === false) Object.assign(last, { final: true });
  const { edges, dangling, outside } = stageReferences(stages, globals, file.escape, contexts);
  const shipsBecause = chooseTargets(stages, wishes, (name) => stageCalled(name, stages));
  const targets = [...shipsBecause.keys()];
  const reachable = reachableFrom(targets, edges);
  const start = { span: { line: 1, column: 1, endLine: 1, endColumn: 1 } };
  const build: Build = {
    file,
    path: options.path ?? '',
    context,
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
  if (!kept.finish(build, reachable)) return createBuild(file, options);
  for (const stage of reachable) if (!stage.reachable) Object.assign(stage, { reachable: true });
  return build;
}

/** More file changes than a stage can hold: each stage has numbers of its own for them, whatever the others make. */
const mostChanges = 2 ** 22;

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
