/** What FROM, `--from` and `from=` refer to: an earlier stage by name or number, a named context, an image. */
import type { BuildCall } from '../../context/evidence/evidence.ts';
import { baseImage } from '../../knowledge/index.ts';
import type { Word } from '../../syntax/index.ts';
import { parseImageReference } from '../../syntax/index.ts';
import type { Base, DanglingReference, OutsideReference, Stage, StageEdge, Value } from '../build.ts';
import { remembered } from '../remembered.ts';
import { evaluate, globalVariables } from '../state/environment.ts';

/** Names of contexts that the build's caller gives, lower-cased, `:latest` left out. */
export type NamedContexts = ReadonlySet<string>;

const comparable = (name: string): string => name.toLowerCase().replace(/:latest$/, '');

export const namedContexts = (calls: readonly BuildCall[]): NamedContexts =>
  new Set(calls.flatMap((call) => call.namedContexts.map(({ name }) => comparable(name))));

/** BuildKit looks for a named context before it looks for a stage or an image. */
export const isNamedContext = (name: string, contexts: NamedContexts): boolean =>
  contexts.size > 0 && contexts.has(comparable(name));

/** Stage names compare without case; the last stage of that name counts, of those in front of the one numbered `before`. */
export function stageNamed<Named extends Stage>(
  name: string,
  stages: readonly Named[],
  before = stages.length,
): Named | undefined {
  const id = name.toLowerCase();
  return stages.findLast((stage) => stage.name !== undefined && stage.id === id && stage.index < before);
}

/** The stage that `--target` names: by name, else by number. */
export const stageCalled = (name: string, stages: readonly Stage[]): Stage | undefined =>
  stageNamed(name, stages) ?? (/^\d+$/.test(name) ? stages[Number(name)] : undefined);

/** What the `--from` of a stage names; `text` is its value. */
export function copySource(
  text: string | undefined,
  from: Word,
  current: Stage,
  stages: readonly Stage[],
  contexts: NamedContexts,
): Base {
  if (text === undefined || text === '') return { kind: 'unresolved', text: from.raw };
  if (isNamedContext(text, contexts)) return { kind: 'unresolved', text };
  const number = /^\d+$/.test(text) ? Number(text) : undefined;
  const stage = number === undefined ? stageNamed(text, stages, current.index) : stages[number];
  if (stage !== undefined && stage.index < current.index) return { kind: 'stage', stage };
  const reference = /^\d+$/.test(text) ? undefined : parseImageReference(text);
  if (reference === undefined) return { kind: 'unresolved', text };
  const facts = baseImage(reference.familiar, reference.tag);
  return { kind: 'image', reference, text, ...(facts === undefined ? {} : { facts }) };
}

export interface StageReferences {
  readonly edges: readonly StageEdge[];
  /** Numbers that name no earlier stage. */
  readonly dangling: readonly DanglingReference[];
  readonly outside: readonly OutsideReference[];
}

/** Every reference of every stage, in the order of the file. */
export function stageReferences(
  stages: readonly Stage[],
  globals: ReadonlyMap<string, Value>,
  escape: '\\' | '`',
  contexts: NamedContexts,
): StageReferences {
  const edges: StageEdge[] = [];
  const dangling: DanglingReference[] = [];
  const outside: OutsideReference[] = [];
  const lookup = globalVariables(globals);
  for (const stage of stages) {
    const { base, from } = stage;
    if (base.kind === 'stage')
      edges.push({ from: base.stage, to: stage, via: 'base', byNumber: false, span: from.image.span });
    else if (base.kind !== 'scratch')
      outside.push(outsideReference(base.text, from.image, stage, 'base', stages, contexts));
    for (const [word, via] of stage.steps.flatMap(({ instruction }) => fromWords(instruction))) {
      const text = evaluate(word, lookup, escape);
      if (text === undefined || text === '') continue;
      const number = /^\d+$/.test(text) ? Number(text) : undefined;
      const named = number === undefined ? stageNamed(text, stages, stage.index) : stages[number];
      if (named !== undefined && named.index < stage.index && !isNamedContext(text, contexts))
        edges.push({ from: named, to: stage, via, byNumber: number !== undefined, span: word.span });
      else if (number !== undefined)
        dangling.push({ number, stage, via, span: word.span, reason: reasonOf(named, stage) });
      else outside.push(outsideReference(text, word, stage, via, stages, contexts));
    }
  }
  return { edges, dangling, outside };
}

const reasonOf = (named: Stage | undefined, stage: Stage): DanglingReference['reason'] =>
  named === stage ? 'itself' : named === undefined ? 'absent' : 'later';

function outsideReference(
  name: string,
  { span }: Word,
  stage: Stage,
  via: OutsideReference['via'],
  stages: readonly Stage[],
  contexts: NamedContexts,
): OutsideReference {
  const namesake = stageNamed(name, stages);
  return {
    span,
    stage,
    via,
    name,
    namedContext: isNamedContext(name, contexts),
    ...(namesake === undefined ? {} : { namesake }),
  };
}

function fromWords(instruction: Stage['steps'][number]['instruction']): readonly (readonly [Word, 'copy' | 'mount'])[] {
  if (instruction.keyword === 'COPY' || instruction.keyword === 'ADD')
    return instruction.from === undefined ? [] : [[instruction.from, 'copy']];
  if (instruction.keyword !== 'RUN') return [];
  return instruction.mounts.flatMap(({ from }) => (from === undefined ? [] : [[from, 'mount'] as const]));
}

/** The targets, and the stages that they need. */
export function reachableFrom(targets: readonly Stage[], edges: readonly StageEdge[]): ReadonlySet<Stage> {
  const found = new Set(targets);
  const needs = needsOf(edges);
  for (const stage of found) for (const needed of needs.get(stage) ?? []) found.add(needed);
  return found;
}

/** The stages that each one uses. */
const needsOf: (edges: readonly StageEdge[]) => ReadonlyMap<Stage, readonly Stage[]> = remembered(
  (edges) => edges,
  (edges) => {
    const needs = new Map<Stage, Stage[]>();
    for (const { from, to } of edges) {
      const known = needs.get(to);
      if (known === undefined) needs.set(to, [from]);
      else known.push(from);
    }
    return needs;
  },
);
