/** What was measured of dflint's errors. `npm run labels` prints the labels anew; the other figures are of readings by people. */

export interface Measured {
  readonly labels: {
    /** Dockerfiles with labels. */
    readonly files: number;
    readonly checks: readonly {
      readonly check: string;
      readonly found: number;
      readonly missed: number;
      /** Said where the label says no. */
      readonly wrong: number;
      /** Of those found, on the line that the label names. */
      readonly rightLine: number;
    }[];
  };
  /** By rule, or by a round of reading over many rules. */
  readonly read: readonly {
    readonly rule: string;
    readonly right: number;
    readonly arguable: number;
    readonly wrong: number;
  }[];
  readonly compared: {
    /** Dockerfiles over which other linters were run, too. */
    readonly files: number;
    /** Of them, real ones. */
    readonly corpus: number;
    /** Differences without a reason in `fixtures/parity-differences.json`. */
    readonly unexplained: number;
  };
  /** Cases of `npm run oracle`. */
  readonly builds: number;
}

export const measured: Measured = {
  labels: {
    files: 120,
    checks: [
      { check: 'unnamed-stage', found: 5, missed: 0, wrong: 0, rightLine: 5 },
      { check: 'source-copied-before-install', found: 45, missed: 2, wrong: 0, rightLine: 45 },
      { check: 'dev-dependencies-shipped', found: 28, missed: 0, wrong: 0, rightLine: 28 },
      { check: 'root-user', found: 40, missed: 0, wrong: 0, rightLine: 39 },
      { check: 'leaked-npmrc, secret-in-build-arg', found: 4, missed: 1, wrong: 0, rightLine: 4 },
    ],
  },
  read: [
    { rule: 'unnamed-stage', right: 10, arguable: 0, wrong: 0 },
    { rule: 'source-copied-before-install', right: 61, arguable: 2, wrong: 1 },
    { rule: 'dev-dependencies-shipped', right: 62, arguable: 4, wrong: 0 },
    { rule: 'root-user', right: 60, arguable: 8, wrong: 0 },
    { rule: 'secret-in-build-arg', right: 24, arguable: 1, wrong: 0 },
    { rule: 'unlocked-install', right: 56, arguable: 6, wrong: 0 },
    { rule: 'install-without-lockfile', right: 4, arguable: 0, wrong: 0 },
    { rule: 'package-manager-as-command', right: 52, arguable: 0, wrong: 0 },
    { rule: 'other rules for Node.js, first reading', right: 57, arguable: 7, wrong: 8 },
    { rule: 'the same, second reading', right: 70, arguable: 16, wrong: 5 },
    { rule: 'the same, third reading', right: 28, arguable: 8, wrong: 0 },
    { rule: 'rules for other languages, systems and layers', right: 332, arguable: 16, wrong: 0 },
  ],
  compared: { files: 3619, corpus: 609, unexplained: 0 },
  builds: 123,
};
