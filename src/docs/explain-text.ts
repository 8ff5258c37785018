/** A rule told on a terminal. */
import type { Style } from '../report/style.ts';
import { wrap } from '../report/width.ts';
import type { Severity } from '../rule.ts';
import { bareCode, linterOf } from './codes.ts';
import type { RuleDescription } from './describe-rule.ts';
import { annotated, type Remark } from './example.ts';
import type { OptionDescription } from './options.ts';

export interface Page {
  readonly style: Style;
  readonly columns: number;
}

/** What a fix of the bad example does. */
export interface OfferedFix {
  readonly says: string;
  readonly safety: 'safe' | 'unsafe';
}

/** What dflint says of the bad example. */
export interface Shown {
  readonly remarks: readonly Remark[];
  readonly fix?: OfferedFix;
  /** Paths of the files that stand beside it. */
  readonly files: readonly string[];
}

export function explainText(rule: RuleDescription, shown: Shown, page: Page): string {
  const { style } = page;
  const weigh = style[rule.severity];
  const sections: readonly (readonly string[])[] = [
    [`${style.strong(rule.id)}  ${weigh(rule.severity)}, ${rule.category}`, ...prose(`${sentence(rule.says)}`, page)],
    titled('Why', prose(rule.because, page), page),
    titled('Instead', prose(rule.instead, page), page),
    titled(
      'Bad',
      [...beside(rule.bad.options, shown.files, page), ...commented(annotated(rule.bad.text, shown.remarks), page)],
      page,
    ),
    titled('Good', commented(annotated(rule.good.text, []), page), page),
    rule.options.length === 0
      ? []
      : titled(
          'Options',
          rule.options.flatMap((option) => optionLines(option, page)),
          page,
        ),
    shown.fix === undefined ? [] : titled('Fix', prose(fixSentence(shown.fix), page), page),
    titled('Presets', prose(presetSentence(rule), page), page),
    rule.replaces.length === 0 ? [] : titled('Covers', prose(coverSentence(rule), page), page),
    titled('Ignore', ignoring(rule, page), page),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => `${line}\n`).join(''))
    .join('\n');
}

export const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

const titled = (title: string, lines: readonly string[], { style }: Page): readonly string[] => [
  style.strong(title),
  ...lines,
];

const prose = (text: string, { columns }: Page): readonly string[] => wrap(text, columns, '  ');

/** Columns that a message beside an arrow needs to be read well; with fewer it stands below. */
const leastRoom = 30;

/** Lines of a Dockerfile; what its comments say of it is broken to fit. */
function commented(lines: readonly string[], page: Page): readonly string[] {
  return lines.flatMap((line) => {
    const [, blank, arrow, message] = /^#( *)(\^+) (.*)$/.exec(line) ?? [];
    if (blank === undefined || arrow === undefined || message === undefined) return [`  ${line}`.trimEnd()];
    const beside = `  #${blank}${arrow} `;
    if (beside.length + leastRoom <= page.columns || beside.length + message.length <= page.columns)
      return wrap(message, page.columns, beside, `  #${' '.repeat(beside.length - 3)}`).map(page.style.warning);
    const below = `  #${' '.repeat(Math.max(1, Math.min(blank.length, page.columns - leastRoom - 3)))}`;
    return [beside.trimEnd(), ...wrap(message, page.columns, below)].map(page.style.warning);
  });
}

const beside = (options: unknown, files: readonly string[], page: Page): readonly string[] => [
  ...(options === undefined ? [] : prose(`(with the options ${JSON.stringify(options)})`, page)),
  ...(files.length === 0 ? [] : prose(`(beside ${files.join(', ')})`, page)),
];

function optionLines({ name, type, default: usual, says }: OptionDescription, page: Page): readonly string[] {
  const standard = usual === undefined ? '' : `; default ${JSON.stringify(usual)}`;
  return [
    ...wrap(`${name}: ${type}${standard}`, page.columns, '  ', '      '),
    ...(says === undefined ? [] : wrap(sentence(says), page.columns, '      ')),
  ];
}

export const fixSentence = ({ says, safety }: OfferedFix): string =>
  safety === 'safe'
    ? `--fix mends it where that is safe: ${says}.`
    : `--unsafe-fixes mends it, which may change what the image does: ${says}.`;

/** `recommended, strict and all: warning; hadolint: error.` */
export function presetSentence({ id, presets }: Pick<RuleDescription, 'id' | 'presets'>): string {
  if (Object.keys(presets).length === 0) return `None has it; --rule ${id}=on switches it on.`;
  const bySeverity = new Map<Severity, string[]>();
  for (const [preset, severity] of Object.entries(presets))
    bySeverity.set(severity, [...(bySeverity.get(severity) ?? []), preset]);
  return `${[...bySeverity].map(([severity, names]) => `${listed(names)}: ${severity}`).join('; ')}.`;
}

/** `hadolint DL3002, DL3004; BuildKit StageNameCasing.` */
function coverSentence({ replaces }: RuleDescription): string {
  const byLinter = new Map<string, string[]>();
  for (const code of replaces) byLinter.set(linterOf(code), [...(byLinter.get(linterOf(code)) ?? []), bareCode(code)]);
  return `${[...byLinter].map(([linter, codes]) => `${linterName(linter)} ${codes.join(', ')}`).join('; ')}.`;
}

const linterNames = new Map([
  ['buildkit', 'BuildKit'],
  ['shellcheck', 'ShellCheck'],
]);

export const linterName = (linter: string): string => linterNames.get(linter) ?? linter;

/** `a, b and c`. */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

function ignoring({ id, switchable }: RuleDescription, page: Page): readonly string[] {
  const rows = [
    ['above the instruction', `# dflint ignore=${id} reason="why"`],
    ['for one run', `dflint --rule ${id}=off`],
    ['in the configuration', `rules: { ${id}: off }`],
  ] as const;
  return (switchable ? rows : rows.slice(0, 1)).flatMap(([where, how]) =>
    wrap(how, page.columns, `  ${where}:`.padEnd(26), ' '.repeat(26)),
  );
}
