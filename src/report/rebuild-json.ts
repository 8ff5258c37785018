/** Which steps run again, as JSON. */
import type { StageRerun } from '../model/index.ts';
import type { RebuildReport } from './answers.ts';
import { harmlessJson } from './harmless.ts';

/** One JSON document of the shape of `rebuildSchema`, with a line feed at its end. */
export const rebuildJson = (path: string, stages: readonly StageRerun[]): string =>
  `${harmlessJson(JSON.stringify(rebuildReport(path, stages), undefined, 2))}\n`;

export const rebuildReport = (path: string, stages: readonly StageRerun[]): RebuildReport => ({
  version: 1,
  path,
  stages: stages.map(({ stage, built, steps }) => ({
    ...(stage.name === undefined ? {} : { name: stage.name.text ?? stage.name.raw }),
    line: stage.from.span.line,
    built,
    steps: steps.map(({ step, runs, reason }) => ({
      line: step.span.line,
      instruction: step.instruction.keyword,
      runs,
      ...(reason === undefined ? {} : { reason }),
    })),
  })),
});
