/** Whose files chown and chgrp make them, by their words (POSIX, GNU coreutils, busybox). */

export interface OwnerCall {
  /** As written, `user`, `user:group`, `:group`; of chgrp with a colon before it. Undefined where not known. */
  readonly owner: string | undefined;
  /** As written; undefined where not known. */
  readonly paths: readonly (string | undefined)[];
  readonly recursive: boolean;
}

/** The call of a command; undefined for other commands and for those that take the owner of another file. */
export function ownerCall(name: string | undefined, words: readonly (string | undefined)[]): OwnerCall | undefined {
  if (name !== 'chown' && name !== 'chgrp') return undefined;
  const flags = words.filter((word) => word?.startsWith('-') === true);
  // With --from only some of the files change.
  if (flags.some((flag) => /^--(?:reference|from)/.test(flag ?? ''))) return undefined;
  const [owner, ...paths] = words.filter((word) => word?.startsWith('-') !== true);
  const recursive = flags.some((flag) => flag === '--recursive' || /^-[a-zA-Z]*R/.test(flag ?? ''));
  return { owner: owner !== undefined && name === 'chgrp' ? `:${owner}` : owner, paths, recursive };
}
