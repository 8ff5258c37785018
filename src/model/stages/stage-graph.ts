/** The stages of a build and what flows between them. */

import type { Located, Word } from '../../syntax/index.ts';
import type { Build, Stage, Step } from '../build.ts';
import { stageNamedBy } from '../query.ts';
import { evaluate, variablesOf } from '../state/environment.ts';

export interface StageNode {
  readonly stage: Stage;
  /** It is a ship target. */
  readonly ships: boolean;
  /** What it is made of, in the order of the file. */
  readonly inputs: readonly StageInput[];
}

/** One thing that a stage is based on or takes files from. */
export interface StageInput extends Located {
  readonly via: 'base' | 'copy' | 'mount';
  readonly from: StageSource;
  /** Paths taken, as written; empty for a base. */
  readonly paths: readonly string[];
}

export type StageSource =
  | { readonly kind: 'stage'; readonly stage: Stage }
  /** An image, or a named context that only the build's caller knows. */
  | { readonly kind: 'image'; readonly name: string }
  | { readonly kind: 'scratch' }
  | { readonly kind: 'context' }
  /** A URL of ADD. */
  | { readonly kind: 'remote' };

/** A node for each stage, in the order of the file. */
export function stageGraph(build: Build): readonly StageNode[] {
  return build.stages.map((stage) => ({
    stage,
    ships: build.targets.includes(stage),
    inputs: [baseInput(stage), ...merged(stage.steps.flatMap((step) => stepInputs(step, build)))],
  }));
}

function baseInput({ base, from }: Stage): StageInput {
  const common = { via: 'base', paths: [], span: from.image.span } as const;
  if (base.kind === 'stage') return { ...common, from: { kind: 'stage', stage: base.stage } };
  if (base.kind === 'scratch') return { ...common, from: { kind: 'scratch' } };
  return { ...common, from: { kind: 'image', name: base.text } };
}

function stepInputs(step: Step, build: Build): readonly StageInput[] {
  const { instruction } = step;
  const text = (word: Word): string => evaluate(word, variablesOf(step.before, true), build.file.escape) ?? word.raw;
  if (instruction.keyword === 'COPY' || instruction.keyword === 'ADD') {
    if (instruction.sources.length === 0) return [];
    const paths = instruction.sources.map(text);
    if (instruction.from !== undefined)
      return [{ via: 'copy', from: sourceOf(instruction.from, text, step, build), paths, span: instruction.span }];
    const remote = paths.filter((path) => instruction.keyword === 'ADD' && /^[a-z]+:\/\/|^git@/.test(path));
    const local = paths.filter((path) => !remote.includes(path));
    const inputs: readonly StageInput[] = [
      { via: 'copy', from: { kind: 'remote' }, paths: remote, span: instruction.span },
      { via: 'copy', from: { kind: 'context' }, paths: local, span: instruction.span },
    ];
    return inputs.filter((input) => input.paths.length > 0);
  }
  if (instruction.keyword !== 'RUN') return [];
  return instruction.mounts.flatMap((mount): StageInput[] => {
    if (mount.type !== 'bind' && mount.from === undefined) return [];
    const paths = [mount.source === undefined ? (mount.from === undefined ? '.' : '/') : text(mount.source)];
    const from: StageSource = mount.from === undefined ? { kind: 'context' } : sourceOf(mount.from, text, step, build);
    return [{ via: 'mount', from, paths, span: mount.span }];
  });
}

function sourceOf(word: Word, text: (word: Word) => string, step: Step, build: Build): StageSource {
  const stage = stageNamedBy(word, step.stage, build);
  return stage === undefined ? { kind: 'image', name: text(word) } : { kind: 'stage', stage };
}

/** Several COPY from one place are one input with all their paths; it stands where the first of them does. */
function merged(inputs: readonly StageInput[]): readonly StageInput[] {
  const bySource = new Map<string, StageInput>();
  for (const input of inputs) {
    const key = `${input.via} ${sourceKey(input.from)}`;
    const known = bySource.get(key);
    const paths = [...new Set([...(known?.paths ?? []), ...input.paths])];
    bySource.set(key, { ...(known ?? input), paths });
  }
  return [...bySource.values()];
}

function sourceKey(source: StageSource): string {
  if (source.kind === 'stage') return `stage ${source.stage.index}`;
  return source.kind === 'image' ? `image ${source.name}` : source.kind;
}
