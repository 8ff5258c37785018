/** A rule as data, for every place that tells of rules. */
import { ignoreRules, selectionFor } from '../engine/ignore-rules.ts';
import { severityOf } from '../engine/selection.ts';
import { syntaxError } from '../engine/syntax-error.ts';
import type { Category, Confidence, ForeignCode, OwnPreset, Preset, Rule, Severity } from '../rule.ts';
import './all-examples.ts';
import { type Example, plainExample } from './example.ts';
import { type OptionDescription, optionsOf } from './options.ts';

export interface RuleDescription {
  readonly id: string;
  readonly says: string;
  readonly because: string;
  readonly instead: string;
  readonly category: Category;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly since: string;
  /** The smallest preset that has it, the foreign ones aside; absent: none has, it is switched on by its name. */
  readonly preset?: OwnPreset;
  /** The severity in each preset that has it. */
  readonly presets: Readonly<Partial<Record<Preset, Severity>>>;
  /** False for what is told whatever settings say; a comment hides it all the same. */
  readonly switchable: boolean;
  /** Codes of other linters that it covers. */
  readonly replaces: readonly ForeignCode[];
  readonly options: readonly OptionDescription[];
  readonly bad: Example;
  readonly good: Example;
}

const presetNames: readonly Preset[] = ['recommended', 'strict', 'hadolint', 'buildkit', 'all'];

export function describeRule(rule: Rule): RuleDescription {
  const { id, says, because, instead, category, severity, confidence, since } = rule;
  const rated = presetNames.flatMap((name): readonly (readonly [Preset, Severity])[] => {
    const found = ratingIn(rule, name);
    return found === undefined ? [] : [[name, found]];
  });
  const preset = (['recommended', 'strict', 'all'] as const).find((name) => ratingIn(rule, name) !== undefined);
  return {
    id,
    says,
    because,
    instead,
    category,
    severity,
    confidence,
    since,
    ...(preset === undefined ? {} : { preset }),
    presets: Object.fromEntries(rated),
    switchable: id !== syntaxError.id,
    replaces: rule.replaces ?? [],
    options: optionsOf(rule.options),
    bad: plainExample(rule.bad),
    good: plainExample(rule.good),
  };
}

/** What cannot be read is told under any preset, and what is wrong with ignore comments has its own selection. */
function ratingIn(rule: Rule, preset: Preset): Severity | undefined {
  if (rule.id === syntaxError.id) return rule.severity;
  const selection = { presets: [preset] };
  return severityOf(rule, {}, ignoreRules.includes(rule) ? selectionFor(rule, selection) : selection);
}

/** What a table says of the preset: nothing where nearly everyone has the rule. */
export const onlyIn = (preset: OwnPreset | undefined): string =>
  preset === undefined ? 'by name' : preset === 'recommended' ? '' : preset;
