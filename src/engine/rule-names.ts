/** The names that users give rules: ids of ours, and codes of other linters, with or without the linter's name. */
import type { Rule } from '../rule.ts';
import { nearest } from '../syntax/index.ts';

export interface RuleNames {
  /**
   * The name as settings and findings have it: a rule's id, or a code with its linter (`hadolint/DL3008`).
   * Undefined for a name that nothing has.
   */
  resolve(name: string): string | undefined;
  /** The known name that is nearest to one that nothing has. */
  nearest(name: string): string | undefined;
}

type Named = Pick<Rule, 'id' | 'replaces'>;

/** ShellCheck's codes are many and its own; each is accepted. */
const shellcheckCode = /^(?:shellcheck\/)?SC(\d{4})$/i;

export function ruleNames(rules: readonly Named[]): RuleNames {
  const known = new Map<string, string>();
  for (const { id, replaces = [] } of rules) {
    known.set(id, id);
    for (const code of replaces) {
      known.set(code.toLowerCase(), code);
      const bare = code.slice(code.indexOf('/') + 1).toLowerCase();
      if (!known.has(bare)) known.set(bare, code);
    }
  }
  return {
    resolve(name) {
      const [, number] = shellcheckCode.exec(name) ?? [];
      return number === undefined ? known.get(name.toLowerCase()) : `shellcheck/SC${number}`;
    },
    nearest(name) {
      const found = nearest(name.toLowerCase(), known.keys());
      return found === undefined ? undefined : known.get(found);
    },
  };
}
