/** What can be written in comments that speak to linters: `# dflint ignore=…`, `# check=skip=…`. */
import { type Candidate, type Found, found, type NamedRule } from './candidate.ts';

/** `line`: a comment line up to the cursor. */
export function inComment(line: string, rules: readonly NamedRule[]): Found | undefined {
  const [, linter = '', list] =
    /^\s*#\s*(dflint|hadolint|tally)\s+(?:(?:global|stage)\s+)?ignore\s*=\s*(.*)/i.exec(line) ?? [];
  if (list !== undefined) {
    const written = /(?<![\w/*-])[\w/*-]*$/.exec(list)?.[0] ?? '';
    const before = list.slice(0, list.length - written.length);
    if (/\b(?:reason|until)\s*=/i.test(list)) return undefined;
    if (before.trimEnd() !== '' && !before.trimEnd().endsWith(','))
      return found(
        written,
        fields.filter(({ text }) => text.startsWith(written)),
      );
    const named = new Set(before.split(/[\s,]+/));
    const own = rules.filter((rule) => isFor(linter.toLowerCase(), rule) && !named.has(rule.id));
    return found(written, own.map(ruleCandidate));
  }
  const checks = /^\s*#\s*check\s*=(?:[^;]*;)*\s*skip\s*=\s*(?:\w+\s*,\s*)*(\w*)$/i.exec(line)?.[1];
  if (checks !== undefined) {
    const own = rules.filter(({ linter: of }) => of === 'buildkit');
    return found(checks, [...own.map(ruleCandidate), { kind: 'rule', text: 'all', detail: 'every check' }]);
  }
  const word = /^\s*#\s*(\w*)$/.exec(line)?.[1];
  if (word === undefined) return undefined;
  return found(
    word,
    comments.filter(({ text }) => text.startsWith(word.toLowerCase())),
  );
}

const isFor = (linter: string, rule: NamedRule): boolean =>
  linter === 'hadolint'
    ? rule.linter === 'hadolint' || rule.linter === 'shellcheck'
    : linter === 'dflint' || rule.linter === linter;

const ruleCandidate = ({ id, says, linter }: NamedRule): Candidate => ({
  kind: 'rule',
  text: id,
  detail: says,
  ...(linter === undefined ? {} : { late: true }),
});

const fields: readonly Candidate[] = [
  { kind: 'keyword', text: 'reason=', detail: 'why it is right here' },
  { kind: 'keyword', text: 'until=', detail: 'the last day on which it holds, as 2027-01-31' },
];

const comments: readonly Candidate[] = [
  { kind: 'keyword', text: 'dflint ignore=', detail: 'hide findings of the next instruction' },
  { kind: 'keyword', text: 'dflint stage ignore=', detail: 'hide findings of this stage' },
  { kind: 'keyword', text: 'dflint global ignore=', detail: 'hide findings of this file' },
];
