/** What is known of rules, as data and as text. */
import { bareCode, linterOf, lookUp, pageOf } from '../docs/codes.ts';
import { describeRule, type RuleDescription } from '../docs/describe-rule.ts';
import { rulePage } from '../docs/rule-page.ts';
import type { ReportedFinding } from '../engine/lint.ts';
import { ruleNames as namesOf } from '../engine/rule-names.ts';
import type { NamedRule } from '../outline/index.ts';
import { fullRule, type PluginRule } from '../rule.ts';
import { allRules, findingsOfExample, shownOf } from './examples.ts';

export interface Explanation {
  /** As settings and comments name it: `root-user`, `hadolint/DL3008`. */
  readonly name: string;
  /** The rule itself, or those that answer to a code of another linter. */
  readonly rules: readonly RuleExplanation[];
  /** Pages on which other linters tell of the code. */
  readonly pages: readonly string[];
}

export interface RuleExplanation extends RuleDescription {
  /** What it says of its bad example. */
  readonly findings: readonly ReportedFinding[];
  /** All of it as a page in Markdown. */
  readonly markdown: string;
}

export interface ExplainOptions {
  /** Rules beside dflint's own. */
  readonly plugins?: readonly PluginRule[];
  /** The day by which the examples are judged, as 2027-01-31. */
  readonly today?: string;
}

/** Of a rule by its id, or of a code such as `DL3008`; undefined for a name that nothing has. */
export function explain(name: string, { plugins = [], today }: ExplainOptions = {}): Explanation | undefined {
  const found = lookUp(name, [...allRules, ...plugins.map(fullRule)]);
  if (found === undefined) return undefined;
  return {
    name: found.name,
    pages: found.codes.flatMap((code) => pageOf(code) ?? []),
    rules: found.rules.map((rule) => {
      const described = describeRule(rule);
      const page = rulePage(described, shownOf(rule, today));
      return { ...described, findings: findingsOfExample(rule, today), markdown: page };
    }),
  };
}

/** All rules of dflint, sorted by id. */
export const describeRules = (): readonly RuleDescription[] => allRules.map(describeRule);

export interface KnownNames {
  /** Ids of rules and codes of other linters, sorted: what may stand in settings and behind `ignore=`. */
  readonly names: readonly string[];
  /** The full name of one in any case, with or without its linter; undefined for one that nothing has. */
  resolve(name: string): string | undefined;
  /** What is most likely meant by a name that nothing has. */
  nearest(name: string): string | undefined;
}

export function ruleNames(plugins: readonly PluginRule[] = []): KnownNames {
  const rules = [...allRules, ...plugins.map(fullRule)];
  const names = [...new Set(rules.flatMap(({ id, replaces = [] }) => [id, ...replaces]))].sort();
  return { names, ...namesOf(rules) };
}

/** What comments may name: rules first, then the codes that they answer to. */
export function namedRules(plugins: readonly PluginRule[]): readonly NamedRule[] {
  const rules = [...allRules, ...plugins.map(fullRule)];
  const says = new Map<string, NamedRule>();
  for (const { id, says: what } of rules) says.set(id, { id, says: what });
  for (const { says: what, replaces = [] } of rules)
    for (const code of replaces) {
      const id = bareCode(code);
      if (!says.has(id)) says.set(id, { id, says: what, linter: linterOf(code) });
    }
  return [...says.values()];
}
