/** Instructions to Build: stages, what they are based on, what flows between them, what ships. */
import type { BuildContext } from '../context/context.ts';
import { baseImage } from '../knowledge/index.ts';
import type { Dockerfile, FromInstruction, Instruction, Word } from '../syntax/index.ts';
import { parseImageReference } from '../syntax/index.ts';
import type { Base, Build, DanglingReference, Stage, StageEdge, Value } from './build.ts';
import { argumentsAfter, evaluate, globalVariables, type Lookup } from './environment.ts';
import { baseOf, emptyState } from './image-state.ts';
import { type Interpretation, interpretStage, type OpenStage } from './interpret.ts';
import { createSecretRegister } from './secrets.ts';

export interface BuildOptions {
  readonly context: BuildContext;
  /** Path of the file; its name may tell what it is for. */
  readonly path?: string;
  /** Names or numbers of the stages to ship; those that name no stage are left out. Default: the final stage. */
  readonly targets?: readonly string[];
  /** Build arguments, as --build-arg gives them. */
  readonly buildArguments?: ReadonlyMap<string, string>;
}

/** Works out the build that a Dockerfile describes. Total: a broken file gives a Build with fewer things in it. */
export function createBuild(file: Dockerfile, options: BuildOptions): Build {
  const firstFrom = file.instructions.findIndex((instruction) => instruction.keyword === 'FROM');
  const preamble = firstFrom === -1 ? [] : file.instructions.slice(0, firstFrom);
  const secrets = createSecretRegister(
    file.instructions.flatMap((each) => (each.keyword === 'RUN' ? each.mounts : [])),
  );
  const given = options.buildArguments ?? new Map<string, string>();
  const globals = globalArguments(preamble, given, file.escape, secrets);
  const stages: OpenStage[] = [];
  const edges: StageEdge[] = [];
  const danglingReferences: DanglingReference[] = [];
  let sequence = 0;
  const world: Interpretation = {
    context: options.context,
    escape: file.escape,
    globals,
    given,
    secrets,
    nextSequence: () => sequence++,
    copySource: (from, current, lookup) => copySource(from, current, lookup, file.escape, stages),
  };
  for (const { from, body } of stageBodies(file.instructions.slice(Math.max(firstFrom, 0)))) {
    const stage = openStage(from, stages, world);
    stages.push(stage);
    interpretStage(stage, body, world);
  }
  const last = stages.at(-1);
  if (last !== undefined) Object.assign(last, { final: true });
  for (const stage of stages) collectReferences(stage, stages, globals, file.escape, edges, danglingReferences);
  const targets = targetStages(stages, options.targets);
  for (const stage of reachableFrom(targets, edges)) Object.assign(stage, { reachable: true });
  const start = { span: { line: 1, column: 1, endLine: 1, endColumn: 1 } };
  return {
    file,
    path: options.path ?? '',
    context: options.context,
    stages,
    edges,
    targets,
    danglingReferences,
    secrets: secrets.all,
    start,
  };
}

function globalArguments(
  preamble: readonly Instruction[],
  given: ReadonlyMap<string, string>,
  escape: '\\' | '`',
  secrets: ReturnType<typeof createSecretRegister>,
): ReadonlyMap<string, Value> {
  const globals = new Map<string, Value>();
  for (const instruction of preamble) {
    if (instruction.keyword !== 'ARG') continue;
    const state = { ...emptyState, args: globals };
    const values = argumentsAfter(instruction, state, { given, globals }, globalVariables(globals), escape);
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
    named: (name) => stageNamed(name, earlier),
    fitting: (pattern) => earlier.filter((stage) => stage.name !== undefined && pattern.test(stage.id)),
  });
  return {
    index,
    from,
    span: from.span,
    id: from.name === undefined ? `stage-${index}` : (from.name.text ?? from.name.raw).toLowerCase(),
    base,
    final: false,
    reachable: false,
    steps: [],
    layers: [],
    result: emptyState,
    ...(from.name === undefined ? {} : { name: from.name }),
  };
}

/** Stage names compare without case; the last stage of that name counts. */
const stageNamed = <Named extends Stage>(name: string, stages: readonly Named[]): Named | undefined =>
  stages.findLast((stage) => stage.name !== undefined && stage.id === name.toLowerCase());

/** What `--from` names: an earlier stage by name or number, else an image. */
function copySource(from: Word, current: Stage, lookup: Lookup, escape: '\\' | '`', stages: readonly Stage[]): Base {
  const text = evaluate(from, lookup, escape);
  if (text === undefined || text === '') return { kind: 'unresolved', text: from.raw };
  const earlier = stages.filter((stage) => stage.index < current.index);
  const stage = /^\d+$/.test(text) ? earlier[Number(text)] : stageNamed(text, earlier);
  if (stage !== undefined) return { kind: 'stage', stage };
  const reference = /^\d+$/.test(text) ? undefined : parseImageReference(text);
  if (reference === undefined) return { kind: 'unresolved', text };
  const facts = baseImage(reference.familiar, reference.tag);
  return { kind: 'image', reference, text, ...(facts === undefined ? {} : { facts }) };
}

function collectReferences(
  stage: Stage,
  stages: readonly Stage[],
  globals: ReadonlyMap<string, Value>,
  escape: '\\' | '`',
  edges: StageEdge[],
  dangling: DanglingReference[],
): void {
  if (stage.base.kind === 'stage')
    edges.push({ from: stage.base.stage, to: stage, via: 'base', byNumber: false, span: stage.from.image.span });
  for (const step of stage.steps) {
    const { instruction } = step;
    const words: readonly (readonly [Word | undefined, 'copy' | 'mount'])[] =
      instruction.keyword === 'COPY' || instruction.keyword === 'ADD'
        ? [[instruction.from, 'copy']]
        : instruction.keyword === 'RUN'
          ? instruction.mounts.map((mount) => [mount.from, 'mount'] as const)
          : [];
    for (const [word, via] of words) {
      const text = word === undefined ? undefined : evaluate(word, globalVariables(globals), escape);
      if (word === undefined || text === undefined) continue;
      const number = /^\d+$/.test(text) ? Number(text) : undefined;
      const named = number === undefined ? stageNamed(text, stages.slice(0, stage.index)) : stages[number];
      if (named !== undefined && named.index < stage.index)
        edges.push({ from: named, to: stage, via, byNumber: number !== undefined, span: word.span });
      else if (number !== undefined)
        dangling.push({
          number,
          stage,
          span: word.span,
          reason: named === stage ? 'itself' : named === undefined ? 'absent' : 'later',
        });
    }
  }
}

function targetStages(stages: readonly Stage[], wanted: readonly string[] | undefined): readonly Stage[] {
  const last = stages.at(-1);
  if (wanted === undefined || wanted.length === 0) return last === undefined ? [] : [last];
  const found = wanted.map(
    (name) => stageNamed(name, stages) ?? (/^\d+$/.test(name) ? stages[Number(name)] : undefined),
  );
  return found.filter((stage) => stage !== undefined);
}

function reachableFrom(targets: readonly Stage[], edges: readonly StageEdge[]): ReadonlySet<Stage> {
  const found = new Set(targets);
  for (const stage of found) for (const edge of edges) if (edge.to === stage) found.add(edge.from);
  return found;
}
