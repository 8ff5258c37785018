/** Labels that a stage sets more than once. */
import type { Build, Located } from '../build.ts';
import { ownSteps, textAt } from '../state/word-values.ts';

export interface RepeatedLabel extends Located {
  readonly key: string;
  /** The next place that sets it, which counts. */
  readonly by: Located;
  /** The same value stands there. */
  readonly same: boolean;
}

/** Those of a base are there to be replaced. Keys that are not known are left out. */
export function* repeatedLabels(build: Build): Iterable<RepeatedLabel> {
  for (const stage of build.stages) {
    const latest = new Map<string, { readonly at: Located; readonly raw: string | undefined }>();
    for (const step of ownSteps(stage)) {
      const { instruction } = step;
      if (instruction.keyword !== 'LABEL') continue;
      for (const { name, value } of instruction.pairs) {
        const key = textAt(name, step, build);
        if (key === undefined) continue;
        const raw = value?.text ?? value?.raw;
        const earlier = latest.get(key);
        if (earlier !== undefined)
          yield { span: earlier.at.span, key, by: { span: name.span }, same: earlier.raw === raw };
        latest.set(key, { at: name, raw });
      }
    }
  }
}
