/** Findings of a Dockerfile inside a compose or bake file, shown at their place in that file. */
import type { LintResult, ReportedFinding } from '../../engine/lint.ts';
import type { Span } from '../../syntax/index.ts';
import type { InlinePlace } from '../read.ts';

/**
 * The result as one of the file around the Dockerfile. What hangs on a variable that only the builder's environment
 * knows is left out; so are fixes, which know nothing of the indentation around them.
 */
export function inlineResult(result: LintResult, place: InlinePlace): LintResult {
  const moved = mover(place);
  const uncertain = new Set(place.dockerfile.uncertain);
  const findings = (all: readonly ReportedFinding[]): readonly ReportedFinding[] =>
    all
      .filter(({ line, endLine }) => ![...uncertain].some((each) => line <= each && each <= endLine))
      .map(({ fix: _, ...finding }) => ({
        ...finding,
        ...moved(finding),
        evidence: finding.evidence.map((step) =>
          step.elsewhere === undefined ? { ...step, at: moved(step.at) } : step,
        ),
      }));
  const { container } = place;
  return { ...result, text: container, findings: findings(result.findings), suppressed: findings(result.suppressed) };
}

/** From places of the Dockerfile to those of the file. Where it does not stand there line by line, its first line is the place. */
function mover({ container, dockerfile }: InlinePlace): (at: Span) => Span {
  const { text, written, line: first } = dockerfile;
  const around = container.split(/\r?\n/);
  const own = text.split('\n');
  const raw = written.split('\n');
  const verbatim = raw.every((line, at) => {
    const whole = around[first - 1 + at] ?? '';
    return line === '' || (whole.endsWith(line) && whole.slice(0, -line.length).trim() === '');
  });
  if (!verbatim) {
    const whole = around[first - 1] ?? '';
    const column = whole.length - whole.trimStart().length + 1;
    const span = { line: first, column, endLine: first, endColumn: Math.max(column + 1, whole.length + 1) };
    return () => span;
  }
  /** A column on a line whose variables are replaced is not known: its start, or its end. */
  const columnOf = (line: number, column: number, isEnd: boolean): number => {
    const whole = around[first + line - 2] ?? '';
    if (raw[line - 1] === '') return 1;
    const indent = whole.length - (raw[line - 1] ?? '').length;
    if (raw[line - 1] === own[line - 1]) return indent + column;
    return isEnd ? whole.length + 1 : indent + 1;
  };
  /** What lies behind the last line is told at its end: the lines below are no longer the Dockerfile's. */
  const last = Math.max(1, written.trimEnd().split('\n').length);
  const placeOf = (line: number, column: number, isEnd: boolean): readonly [number, number] =>
    line <= last
      ? [first + line - 1, columnOf(line, column, isEnd)]
      : [first + last - 1, (around[first + last - 2] ?? '').length + 1];
  return (at) => {
    const [line, column] = placeOf(at.line, at.column, false);
    const [endLine, endColumn] = placeOf(at.endLine, at.endColumn, true);
    return { line, column, endLine, endColumn };
  };
}
