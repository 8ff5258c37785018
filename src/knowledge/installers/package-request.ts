/** What a package manager is told to install by name. */
export interface PackageRequest {
  /** The program that gets it: `apt-get`, `pip`, `npm`, `go`. */
  readonly manager: string;
  /** Words that name a package and no version, as written. */
  readonly unpinned: readonly string[];
  /** A file in the working directory or above it has the versions, if there is one. */
  readonly unless?: 'go.mod';
}

/** Branches and tags that move on, as projects name them. */
export const isMovingName = (reference: string): boolean =>
  /^(?:main|master|develop|dev|trunk|HEAD|latest)$/.test(reference);
