/** Which rules a name stands for: an id of ours, or a code of another linter, with or without the linter's name. */
import type { ForeignCode, Rule } from '../rule.ts';

/** What a name stands for. */
export interface Named {
  /** As it is written: `root-user`, `hadolint/DL3008`. */
  readonly name: string;
  readonly rules: readonly Rule[];
  /** Linters whose codes it is. None for a rule of ours. */
  readonly codes: readonly ForeignCode[];
}

const shellcheckCode = /^(?:shellcheck\/)?SC(\d{4})$/i;

/** Undefined for a name that nothing has. Rules stand in the order in which they are given. */
export function lookUp(name: string, rules: readonly Rule[]): Named | undefined {
  const wanted = name.trim().toLowerCase();
  const own = rules.find(({ id }) => id === wanted);
  if (own !== undefined) return { name: own.id, rules: [own], codes: [] };
  const [, number] = shellcheckCode.exec(wanted) ?? [];
  const isMeant = (code: ForeignCode): boolean =>
    number === undefined
      ? code.toLowerCase() === wanted || bareCode(code).toLowerCase() === wanted
      : code === `shellcheck/SC${number}`;
  const found = new Set(rules.flatMap(({ replaces = [] }) => replaces.filter(isMeant)));
  if (number !== undefined) found.add(`shellcheck/SC${Number(number)}`);
  const codes = [...found].sort();
  const [first] = codes;
  if (first === undefined) return undefined;
  return {
    name: codes.length === 1 ? first : bareCode(first),
    codes,
    rules: rules.filter(({ replaces = [] }) => replaces.some((code) => found.has(code))),
  };
}

/** `DL3008` of `hadolint/DL3008`. */
export const bareCode = (code: string): string => code.slice(code.indexOf('/') + 1);

/** `hadolint` of `hadolint/DL3008`. */
export const linterOf = (code: string): string => code.slice(0, code.indexOf('/'));

/** Where other linters tell of a code; undefined where no page is known. */
export function pageOf(code: string): string | undefined {
  const bare = bareCode(code);
  switch (linterOf(code)) {
    case 'hadolint':
      return `https://github.com/hadolint/hadolint/wiki/${bare}`;
    case 'shellcheck':
      return `https://www.shellcheck.net/wiki/${bare}`;
    case 'buildkit':
      return `https://docs.docker.com/reference/build-checks/${bare.replace(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '-').toLowerCase()}/`;
    default:
      return undefined;
  }
}
