/** Mends one file, in memory. */
import { join } from 'node:path';
import type { LintResult, ReportedFinding } from '../engine/lint.ts';
import { type Mendable, mend } from '../fix/mend.ts';
import type { WantedFixes } from './options.ts';

/** What fixes made of a file: plain data. */
export interface MendedFile {
  readonly text: string;
  /** Absolute; absent for standard input. */
  readonly location?: string;
  readonly before: string;
  /** How many findings are gone. */
  readonly fixed: number;
  /** Absolute paths and texts of files that do not exist yet. */
  readonly created: readonly (readonly [string, string])[];
}

export interface MendableFile {
  readonly result: LintResult;
  readonly location: string | undefined;
  /** The folder of the build context, where it is known. */
  readonly root: string | undefined;
  readonly relint: (text: string) => LintResult;
  /** What is not shown is not mended either. */
  readonly isShown: (finding: ReportedFinding) => boolean;
  /** Of those that are, the ones that a baseline hides. */
  readonly known?: (now: Mendable) => ReadonlySet<ReportedFinding>;
}

/** Undefined when there is nothing to mend. */
export function mendFile(
  { result, location, root, relint, isShown, known }: MendableFile,
  wanted: WantedFixes,
): MendedFile | undefined {
  const { text, fixed, created } = mend(
    { text: result.text, findings: result.findings.filter(isShown) },
    (other) => relint(other).findings.filter(isShown),
    ({ safety }) => safety === 'safe' || wanted === 'all',
    known,
  );
  const files = root === undefined ? [] : [...created].map(([path, made]) => [join(root, path), made] as const);
  if (text === result.text && files.length === 0) return undefined;
  return {
    text,
    ...(location === undefined ? {} : { location }),
    before: result.text,
    fixed: fixed.length,
    created: files,
  };
}
