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
  const count = (severity: string): number =>
    results.reduce((sum, { findings }) => sum + findings.filter((finding) => finding.severity === severity).length, 0);
  return {
    files: results.length,
    errors: count('error'),
    warnings: count('warning'),
    infos: count('info'),
    suppressed: results.reduce((sum, { suppressed }) => sum + suppressed.length, 0),
  };
}
