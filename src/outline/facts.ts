/** What is known of a place: of a stage, a variable, or an instruction that brings files in. */
import {
  type Build,
  type RootfsEntry,
  rebuild,
  type ShippedImage,
  type ShipReason,
  type Span,
  type Stage,
  type StageEdge,
  type StageRerun,
  type Step,
  shippedImage,
  type Value,
} from '../model/index.ts';
import type { Name } from './name.ts';
import { holds, nameAt, type Position } from './names.ts';

export type Facts = (StageFacts | VariableFacts | CopyFacts) & {
  /** What the facts are about, where they were asked for. */
  readonly span: Span;
};

export interface StageFacts {
  readonly about: 'stage';
  readonly stage: Stage;
  /** What it holds, as if it shipped. */
  readonly image: ShippedImage;
  /** Why it ships; absent when it does not. */
  readonly ships?: ShipReason;
  /** FROM, COPY and mounts of other stages that take from it. */
  readonly users: readonly StageEdge[];
}

export interface VariableFacts {
  readonly about: 'variable';
  readonly name: Name;
  /** What it is worth here, and the ARG, ENV or image that says so; absent where nothing in reach sets it. */
  readonly value?: Value;
}

export interface CopyFacts {
  readonly about: 'copy';
  readonly step: Step;
  /** What stands in the file system by this step. */
  readonly brings: readonly RootfsEntry[];
  /** The steps that run again, or may, when what it brings has changed; itself included. */
  readonly reruns: readonly StageRerun[];
}

/** Undefined where nothing is to be told. */
export function factsAt(build: Build, at: Position): Facts | undefined {
  const found = nameAt(build, at);
  if (found !== undefined) {
    const { name, place } = found;
    if (name.stage !== undefined) return { ...stageFacts(build, name.stage), span: place.span };
    const { value } = place;
    return { about: 'variable', name, span: place.span, ...(value === undefined ? {} : { value }) };
  }
  for (const stage of build.stages) {
    if (holds(stage.from.keywordSpan, at)) return { ...stageFacts(build, stage), span: stage.from.keywordSpan };
    const step = stage.steps.find(({ instruction, span }) => instruction.onbuild !== true && holds(span, at));
    if (step === undefined) continue;
    const { keyword, keywordSpan } = step.instruction;
    return keyword === 'COPY' || keyword === 'ADD' ? { ...copyFacts(build, step), span: keywordSpan } : undefined;
  }
  return undefined;
}

export function stageFacts(build: Build, stage: Stage): StageFacts {
  const ships = build.shipsBecause.get(stage);
  return {
    about: 'stage',
    stage,
    image: shippedImage(build, stage),
    users: build.edges.filter(({ from }) => from === stage),
    ...(ships === undefined ? {} : { ships }),
  };
}

export function copyFacts(build: Build, step: Step): CopyFacts {
  const { rootfs } = step.after;
  const changes = step.stage.layers.find((layer) => layer.step === step)?.changes ?? [];
  const brings = new Map<string, RootfsEntry>();
  for (const { path } of changes)
    for (const entry of rootfs.entries(path)) if (entry.change.step === step) brings.set(entry.path, entry);
  const stages = rebuild(build, { paths: [], buildArguments: [], secrets: [], steps: new Set([step]) });
  const reruns = stages
    .map((each) => ({ ...each, steps: each.steps.filter(({ runs }) => runs !== 'no') }))
    .filter(({ steps, built }) => steps.length > 0 && (built || step.stage.reachable === false));
  return { about: 'copy', step, brings: [...brings.values()], reruns };
}
