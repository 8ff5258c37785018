/** Findings as diagnostics. */
import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver';
import type { ReportedFinding } from '../engine/lint.ts';
import { unreachableStages } from '../model/index.ts';
import { stageSpan } from '../outline/index.ts';
import { harmlessProse } from '../report/harmless.ts';
import type { EditedText, Host, JudgedText } from './host.ts';
import { rangeOf } from './places.ts';

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
} as const;

/** The rule that tells of stages that nothing needs. */
const unreachable = 'unreachable-stage';

export interface Understood {
  /** The editor shows other places of a diagnostic. */
  readonly relatedInformation: boolean;
  readonly tags: boolean;
  readonly codeDescription: boolean;
}

/** One for each finding; behind them, what fades the lines of the stages that are never built. */
export function diagnosticsOf(
  text: Pick<EditedText, 'uri'>,
  judged: JudgedText,
  host: Pick<Host, 'locate' | 'pageOf'>,
  understood: Understood,
): readonly Diagnostic[] {
  const { findings } = judged.result;
  const own = findings.map((finding) => diagnosticOf(finding, text, host, understood));
  return understood.tags ? [...own, ...fadedStages(judged)] : own;
}

export function diagnosticOf(
  finding: ReportedFinding,
  { uri }: Pick<EditedText, 'uri'>,
  host: Pick<Host, 'locate' | 'pageOf'>,
  understood: Understood,
): Diagnostic {
  const page = host.pageOf(finding.rule);
  const related = finding.evidence.map(({ at, message, elsewhere }) => ({
    location: { uri: elsewhere === undefined ? uri : host.locate({ uri }, elsewhere.path), range: rangeOf(at) },
    message: harmlessProse(message),
  }));
  return {
    range: rangeOf(finding),
    severity: severities[finding.severity],
    code: finding.rule,
    source: 'dflint',
    message: harmlessProse(finding.message),
    ...(page !== undefined && understood.codeDescription ? { codeDescription: { href: page } } : {}),
    ...(finding.rule === unreachable && understood.tags ? { tags: [DiagnosticTag.Unnecessary] } : {}),
    ...(related.length > 0 && understood.relatedInformation ? { relatedInformation: related } : {}),
  };
}

/** Not those of which a comment says that they are meant. */
function fadedStages({ build, result }: JudgedText): readonly Diagnostic[] {
  if (build === undefined) return [];
  const meant = new Set(result.suppressed.filter(({ rule }) => rule === unreachable).map(({ line }) => line));
  return [...unreachableStages(build)]
    .filter(({ stage }) => !meant.has(stage.from.span.line))
    .map(({ stage }) => ({
      range: rangeOf(stageSpan(stage)),
      severity: DiagnosticSeverity.Hint,
      source: 'dflint',
      message: 'Nothing that ships needs this stage: it is not built.',
      tags: [DiagnosticTag.Unnecessary],
    }));
}
