/** One line each, for editors, grep and problem matchers: `path:line:column: severity rule message`. */
import type { ReportedFinding } from '../engine/lint.ts';
import type { Format } from './format.ts';
import { harmlessPath, harmlessProse } from './harmless.ts';

export const compact: Format = ({ results }) =>
  results.flatMap(({ path, findings }) => findings.map((finding) => `${compactLine(path, finding)}\n`)).join('');

export const compactLine = (path: string, { line, column, severity, rule, message }: ReportedFinding): string =>
  `${harmlessPath(path)}:${line}:${column}: ${severity} ${rule} ${harmlessProse(message)}`;
