/** What tells findings apart from run to run, wherever their lines have moved. */
import { createHash } from 'node:crypto';
import type { LintResult, ReportedFinding } from '../engine/lint.ts';
import { createSource } from '../syntax/index.ts';
import { lineText } from './frame.ts';

/**
 * For each finding of a file, in order, 64 hexadecimal digits: the rule, the path and the line it stands on, blanks
 * aside; equal ones are told apart by their order. No two of a file are the same.
 */
export function fingerprints({ text, findings }: Pick<LintResult, 'text' | 'findings'>, path: string): string[] {
  const source = createSource(text);
  const seen = new Map<string, number>();
  return findings.map(({ rule, line }: ReportedFinding) => {
    const words = lineText(source, line).replace(/\s+/g, ' ').trim();
    const key = JSON.stringify([rule, path, words]);
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    return hashOf(`${key}${before}`);
  });
}

/** 64 hexadecimal digits. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
