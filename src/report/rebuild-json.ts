/** Which steps run again, as JSON. */
import type { StageRerun } from '../model/index.ts';
import { harmlessJson } from './harmless.ts';
import type { RebuildReport } from './rebuild-schema.ts';

/** One JSON document of the shape of `rebuildSchema`, with a line feed at its end. */
export function rebuildJson(path: string, stages: readonly StageRerun[]): string {
  const report: RebuildReport = {
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
  };
  return `${harmlessJson(JSON.stringify(report, undefined, 2))}\n`;
}
