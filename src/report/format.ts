/** What a format of findings is given. */
import type { LintResult, ReportedFinding } from '../engine/lint.ts';
import type { Rule } from '../rule.ts';
import type { Style } from './style.ts';

/** A file that could not be read. */
export interface Unreadable {
  /** As it was named; also what is no file, such as shellcheck. */
  readonly path: string;
  readonly message: string;
}

/** A run, as formats show it. */
export interface Report {
  /** Sorted by path; the findings of each by place. */
  readonly results: readonly LintResult[];
  readonly unreadable: readonly Unreadable[];
  /** All there are, for what they say of themselves; for formats that tell of it (`describesRules`). */
  readonly rules: readonly Rule[];
  readonly version: string;
  /** Absolute folder, with `/`, that the paths of programs are relative to: the root of the repository. */
  readonly root: string;
  /** A path of this report relative to `root`, with `/`; absolute outside of it. */
  located(path: string): string;
  /** Whether a finding makes the run fail. */
  fails(result: LintResult, finding: ReportedFinding): boolean;
  readonly style: Style;
  /** Columns of the terminal. */
  readonly columns: number;
  /** No more than the findings: no summary. */
  readonly quiet: boolean;
}

/** The whole output, with a line feed at its end unless it is empty; in parts where all of it is much at once. Pure. */
export type Format = (report: Report) => string | Iterable<string>;
