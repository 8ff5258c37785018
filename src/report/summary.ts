/** Counts over all files of a run. */
import type { LintResult } from '../engine/lint.ts';

export interface Summary {
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  /** Findings that comments ignore. */
  readonly suppressed: number;
}

export function summarise(results: readonly Pick<LintResult, 'findings' | 'suppressed'>[]): Summary {
  const counts = { error: 0, warning: 0, info: 0 };
  let ignored = 0;
  for (const { findings, suppressed } of results) {
    for (const { severity } of findings) counts[severity] += 1;
    ignored += suppressed.length;
  }
  const { error, warning, info } = counts;
  return { files: results.length, errors: error, warnings: warning, infos: info, suppressed: ignored };
}
