/** What counts: from the command line, else the configuration that applies to the file. */
import type { ReportedFinding } from '../engine/lint.ts';
import type { Confidence, Severity } from '../rule.ts';

export interface Limits {
  readonly failOn: Severity | 'never';
  readonly minConfidence: Confidence;
}

const confidences: readonly Confidence[] = ['possible', 'likely', 'certain'];

/** Whether a finding is as sure as is asked for. */
export const isSure = ({ confidence }: ReportedFinding, { minConfidence }: Pick<Limits, 'minConfidence'>): boolean =>
  confidences.indexOf(confidence) >= confidences.indexOf(minConfidence);
