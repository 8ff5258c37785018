/** Which steps run again, for people: stage by stage, each step with its verdict and the reason. */
import type { StageRerun, StepRerun } from '../model/index.ts';
import type { Source } from '../syntax/index.ts';
import { lineStart } from './frame.ts';
import { harmless, harmlessProse } from './harmless.ts';
import { plainStyle, type Style } from './style.ts';
import { shortened } from './width.ts';

export interface RebuildTextOptions {
  readonly style?: Style;
  /** Columns of the terminal. Default 80. */
  readonly columns?: number;
}

const verdicts: Readonly<Record<StepRerun['runs'], string>> = { yes: 'runs', perhaps: 'may run', no: 'cached' };
const verdictWidth = 'may run'.length;

/** A block a stage that is built; stages that are not are named at the end. */
export function rebuildText(stages: readonly StageRerun[], source: Source, options: RebuildTextOptions = {}): string {
  const { style = plainStyle, columns = 80 } = options;
  const blocks = stages
    .filter(({ built }) => built)
    .map((stage) => stageBlock(stage, source, style, Math.max(40, columns)));
  const unbuilt = stages.filter(({ built }) => !built).map(({ stage }) => nameOf(stage));
  if (unbuilt.length > 0) blocks.push(style.faint(`not built: ${unbuilt.join(', ')}\n`));
  return blocks.join('\n');
}

const nameOf = (stage: StageRerun['stage']): string =>
  stage.name === undefined ? `stage ${stage.index}` : harmless(stage.name.raw);

function stageBlock({ stage, steps }: StageRerun, source: Source, style: Style, columns: number): string {
  const lines = [`${style.strong(nameOf(stage))}${style.faint(`  line ${stage.from.span.line}`)}`];
  const width = String(steps.at(-1)?.step.span.line ?? 0).length;
  for (const { step, runs, reason } of steps) {
    const { line } = step.span;
    const verdict = verdicts[runs].padEnd(verdictWidth);
    const paint = runs === 'yes' ? style.warning : runs === 'perhaps' ? style.info : style.faint;
    const lead = `  ${verdict}  ${String(line).padStart(width)}  `;
    const text = shortened(lineStart(source, line, columns * 2), columns - lead.length);
    lines.push(
      `  ${paint(verdict)}  ${style.faint(String(line).padStart(width))}  ${runs === 'no' ? style.faint(text) : text}`,
    );
    if (reason !== undefined) lines.push(style.faint(`${' '.repeat(lead.length)}${harmlessProse(reason)}`));
  }
  if (steps.length === 0) lines.push(style.faint('  no step makes a layer'));
  return `${lines.join('\n')}\n`;
}
