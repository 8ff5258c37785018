/** How the results of a run are held until they are reported. */
import type { LintResult } from '../engine/lint.ts';

/** Of so many files the results are held as compressed bytes: to read one takes 0.1 ms. */
const manyFiles = 1000;

export async function heldOf(files: number): Promise<(result: LintResult) => LintResult> {
  if (files < manyFiles) return (result) => result;
  const { packed, unpacked } = await import('./packed-result.ts');
  return (result) => unpacked(packed(result));
}
