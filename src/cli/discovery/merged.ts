/** Results in the order of their paths, one for each file. */
import { byPlace } from '../../engine/reported.ts';
import type { LintedFile } from '../lint-inputs.ts';

/** Several Dockerfiles inside one compose file are told of as one file. */
export function mergedResults(linted: readonly LintedFile[]): readonly LintedFile[] {
  const sorted = linted.toSorted(({ result: one }, { result: other }) =>
    one.path < other.path ? -1 : one.path > other.path ? 1 : 0,
  );
  const merged: LintedFile[] = [];
  for (const each of sorted) {
    const before = merged.at(-1);
    if (before === undefined || before.result.path !== each.result.path || !each.isInline) {
      merged.push(each);
      continue;
    }
    const { result } = before;
    merged[merged.length - 1] = {
      ...before,
      result: {
        ...result,
        findings: [...result.findings, ...each.result.findings].sort(byPlace),
        suppressed: [...result.suppressed, ...each.result.suppressed].sort(byPlace),
      },
    };
  }
  return merged;
}
