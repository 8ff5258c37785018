/** The stages of a build as JSON. */
import type { StageNode, StageSource } from '../model/index.ts';
import type { GraphReport } from './answers.ts';
import { harmlessJson } from './harmless.ts';

/** One JSON document of the shape of `graphSchema`, with a line feed at its end. */
export const graphJson = (path: string, nodes: readonly StageNode[]): string =>
  `${harmlessJson(JSON.stringify(graphReport(path, nodes), undefined, 2))}\n`;

export const graphReport = (path: string, nodes: readonly StageNode[]): GraphReport => ({
  version: 1,
  path,
  stages: nodes.map(({ stage, ships, inputs }) => ({
    ...(stage.name === undefined ? {} : { name: stage.name.text ?? stage.name.raw }),
    line: stage.from.span.line,
    ships,
    needed: stage.reachable,
    inputs: inputs.map(({ via, from, paths, span }) => ({
      via,
      from: sourceOf(from),
      paths: [...paths],
      line: span.line,
    })),
  })),
});

function sourceOf(from: StageSource): GraphReport['stages'][number]['inputs'][number]['from'] {
  if (from.kind === 'stage') return { stage: from.stage.index };
  return from.kind === 'image' ? { image: from.name } : { kind: from.kind };
}
