/** Rules as SARIF describes them. */
import { pageOf } from '../docs/codes.ts';
import type { LintResult, ReportedFinding } from '../engine/lint.ts';
import type { Confidence, Rule, Severity } from '../rule.ts';

export const levels = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<Severity, string>;

/** What GitHub calls how often a rule is right. */
const precisions = { certain: 'very-high', likely: 'high', possible: 'medium' } as const satisfies Record<
  Confidence,
  string
>;

/** What GitHub calls the weight of what is no vulnerability with a score. */
const problems = { error: 'error', warning: 'warning', info: 'recommendation' } as const satisfies Record<
  Severity,
  string
>;

/** A `reportingDescriptor`. */
export interface Descriptor {
  readonly id: string;
  readonly [property: string]: unknown;
}

/** Those that have findings, sorted by id. */
export function descriptorsOf(results: readonly LintResult[], rules: readonly Rule[]): readonly Descriptor[] {
  const firsts = new Map<string, ReportedFinding>();
  for (const { findings } of results)
    for (const finding of findings) if (!firsts.has(finding.rule)) firsts.set(finding.rule, finding);
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  return [...firsts]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([id, finding]) => {
      const rule = known.get(id);
      return rule === undefined ? foreignDescriptor(finding) : ownDescriptor(rule);
    });
}

function ownDescriptor(rule: Rule): Descriptor {
  const { id, says, because, instead, bad, good, replaces = [] } = rule;
  return {
    id,
    shortDescription: { text: says },
    fullDescription: { text: `${says}. ${because}` },
    help: {
      text: `${because}\n\nInstead: ${instead}\n\nBad:\n\n${example(bad)}\nGood:\n\n${example(good)}`,
      markdown: `${because}\n\n**Instead:** ${instead}\n\n**Bad**\n\n${fenced(bad)}\n**Good**\n\n${fenced(good)}`,
    },
    defaultConfiguration: { level: levels[rule.severity] },
    properties: {
      ...weight(rule),
      tags: [rule.category, ...replaces],
      since: rule.since,
      preset: rule.preset ?? 'recommended',
    },
  };
}

/** What another program finds, such as ShellCheck, is described by its findings alone. */
const foreignDescriptor = (finding: ReportedFinding): Descriptor => ({
  id: finding.rule,
  ...helpUri(finding.rule),
  shortDescription: { text: finding.rule },
  fullDescription: { text: finding.rule },
  help: { text: finding.instead, markdown: finding.instead },
  properties: { ...weight(finding), tags: [finding.category] },
});

/** A page on the web; the rules of dflint itself have their help in the report. */
function helpUri(code: string): { readonly helpUri?: string } {
  const page = pageOf(code);
  return page === undefined ? {} : { helpUri: page };
}

const weight = ({ category, severity, confidence }: Pick<Rule, 'category' | 'severity' | 'confidence'>) => ({
  category,
  confidence,
  precision: precisions[confidence],
  'problem.severity': problems[severity],
});

const fenced = (text: string): string => `\`\`\`dockerfile\n${example(text)}\`\`\`\n`;

/** Without the marks that tests read. */
const example = (text: string): string => text.replace(/^[ \t]*#[ \t]*(?:want|note)\b.*\n/gm, '');
