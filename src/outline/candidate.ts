/** What a completion is made of. */

export interface Candidate {
  readonly kind: 'stage' | 'variable' | 'flag' | 'value' | 'rule' | 'keyword';
  /** What is put in. */
  readonly text: string;
  /** One line beside it. */
  readonly detail: string;
  /** Comes behind the others: codes of other linters behind rules. */
  readonly late?: true;
}

/** A rule or code that a comment can ignore. */
export interface NamedRule {
  /** `root-user`, `DL3002`. */
  readonly id: string;
  readonly says: string;
  /** Whose it is; absent for one of dflint's own. */
  readonly linter?: string;
}

export interface Found {
  /** How many characters before the cursor are part of it. */
  readonly written: number;
  readonly candidates: readonly Candidate[];
}

export const found = (written: string, candidates: readonly Candidate[]): Found => ({
  written: written.length,
  candidates,
});
