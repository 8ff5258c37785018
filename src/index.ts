/** The API: lint a text, get findings. */
export { rules } from '../rules/index.ts';
export {
  type BuildContext,
  createContext,
  type FileTree,
  findContext,
  memoryTree,
  unknownContext,
} from './context/index.ts';
export { type LintInput, type LintResult, lint, type ReportedFinding } from './engine/lint.ts';
export type { Selection, Setting } from './engine/selection.ts';
export { jsonReport } from './report/json.ts';
export { textReport, textSummary } from './report/text.ts';
export type { Category, Confidence, Edit, Evidence, Finding, ForeignCode, Preset, Rule, Severity } from './rule.ts';
export { parseDockerfile, type Span } from './syntax/index.ts';
