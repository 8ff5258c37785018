/** Which findings are shown and how they weigh: presets, and what users say of single rules and foreign codes. */
import type { Finding, ForeignCode, Preset, Rule, Severity } from '../rule.ts';
import { hadolintSeverity } from './hadolint-severities.ts';

/** `on` is the severity that the rule itself gives. */
export type Setting = 'off' | 'on' | Severity;

export interface Selection {
  /** Combined: a finding shows when one of them has it; where several rate it, the last one that has it does. */
  readonly presets: readonly Preset[];
  /** By rule id or foreign code (`hadolint/DL3008`). What is said of a code goes before what is said of its rule. */
  readonly settings?: ReadonlyMap<string, Setting>;
  /** By rule id, not yet validated. */
  readonly options?: ReadonlyMap<string, unknown>;
}

type Judged = Pick<Finding, 'severity' | 'answers' | 'preset'>;
type Judging = Pick<Rule, 'id' | 'severity' | 'replaces' | 'preset'>;

/** Every finding as its rule rates it. */
export const everything: Selection = { presets: ['all'] };

/** How a finding weighs; undefined when it is not shown. */
export function severityOf(rule: Judging, finding: Judged, { presets, settings }: Selection): Severity | undefined {
  const own = finding.severity ?? rule.severity;
  const answers = finding.answers ?? rule.replaces ?? [];
  const rating = presets.map((preset) => ratingIn(preset, rule, finding)).findLast((each) => each !== undefined);
  const said = answers.map((code) => settings?.get(code)).find((setting) => setting !== undefined);
  switch (said ?? settings?.get(rule.id)) {
    case undefined:
      return rating;
    case 'off':
      return undefined;
    case 'on':
      return rating ?? own;
    case 'error':
      return 'error';
    case 'warning':
      return 'warning';
    case 'info':
      return 'info';
  }
}

/** Whether any finding of a rule could be shown. */
export function mayShow(rule: Judging, { presets, settings }: Selection): boolean {
  const names = [rule.id, ...(rule.replaces ?? [])];
  if (names.some((name) => (settings?.get(name) ?? 'off') !== 'off')) return true;
  if (settings?.get(rule.id) === 'off') return false;
  return presets.some((preset) =>
    preset === 'hadolint' || preset === 'buildkit'
      ? rule.replaces?.some((code) => code.startsWith(`${preset}/`)) === true
      : reach[rule.preset ?? 'recommended'] <= reach[preset],
  );
}

/** hadolint brings ShellCheck with it, and rates its codes as that does. */
const isOfShellcheck = (code: string): boolean => code.startsWith('shellcheck/');

/** Whether anything that ShellCheck finds could be shown. */
export const mayShowShellcheck = ({ presets, settings = new Map() }: Selection): boolean =>
  presets.some((preset) => preset !== 'buildkit') ||
  [...settings].some(([name, setting]) => isOfShellcheck(name) && setting !== 'off');

const reach = { recommended: 0, strict: 1, all: 2 } as const;

function ratingIn(preset: Preset, rule: Judging, finding: Judged): Severity | undefined {
  const own = finding.severity ?? rule.severity;
  const answers: readonly ForeignCode[] = finding.answers ?? rule.replaces ?? [];
  switch (preset) {
    case 'recommended':
    case 'strict':
      return reach[finding.preset ?? rule.preset ?? 'recommended'] <= reach[preset] ? own : undefined;
    case 'hadolint':
      return answers
        .map((code) => (isOfShellcheck(code) ? own : hadolintSeverity(code)))
        .find((severity) => severity !== undefined);
    case 'buildkit':
      return answers.some((code) => code.startsWith('buildkit/')) ? 'warning' : undefined;
    case 'all':
      return own;
  }
}
