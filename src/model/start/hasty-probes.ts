/** Health checks that run every few seconds. */
import { readDuration } from '../../syntax/index.ts';
import type { Build, Located } from '../build.ts';
import { ownSteps } from '../state/word-values.ts';

export interface HastyProbe extends Located {
  /** As written. */
  readonly interval: string;
}

const fewest = 5000;

/** `--start-interval` may be short: it ends with the start. */
export function* hastyProbes(build: Build): Iterable<HastyProbe> {
  for (const stage of build.stages)
    for (const { instruction } of ownSteps(stage)) {
      if (instruction.keyword !== 'HEALTHCHECK' || instruction.command === undefined) continue;
      const value = instruction.flags.find(({ name }) => name === 'interval')?.value;
      const length = value === undefined ? undefined : readDuration(value.raw);
      if (value !== undefined && length !== undefined && length > 0 && length < fewest)
        yield { span: value.span, interval: value.raw };
    }
}
