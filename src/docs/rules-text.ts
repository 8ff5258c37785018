/** The table of rules on a terminal. */
import { wrap } from '../report/width.ts';
import { onlyIn, type RuleDescription } from './describe-rule.ts';
import type { Page } from './explain-text.ts';

/** A row each: id, severity, the preset where it is not recommended, what is wrong. */
export function rulesText(rules: readonly RuleDescription[], { style, columns }: Page): string {
  const rows = [['rule', 'severity', 'only in', 'what is wrong'] as const, ...rules.map(rowOf)];
  const [ids, severities, presets] = ([0, 1, 2] as const).map((column) =>
    Math.max(...rows.map((row) => row[column].length)),
  );
  const lines = rows.flatMap(([id, severity, preset, says], index) => {
    const cells = [id.padEnd(ids ?? 0), severity.padEnd(severities ?? 0), preset.padEnd(presets ?? 0)];
    const lead = `${cells.join('  ')}  `;
    const [first = '', ...others] = wrap(says, columns, lead, ' '.repeat(lead.length));
    const rule = rules[index - 1];
    if (rule === undefined) return [style.faint(first)];
    const coloured = [style.strong(id), cells[0]?.slice(id.length), '  ', style[rule.severity](severity)].join('');
    return [`${coloured}${first.slice(id.padEnd(ids ?? 0).length + 2 + severity.length)}`, ...others];
  });
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

const rowOf = ({ id, severity, preset, says }: RuleDescription) => [id, severity, onlyIn(preset), says] as const;
