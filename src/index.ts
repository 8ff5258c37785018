/** The API: lint a text, get findings; define rules of your own. */
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
export * from './model/index.ts';
export { jsonReport } from './report/json.ts';
export { textReport, textSummary } from './report/text.ts';
export {
  type Category,
  type Confidence,
  definePluginRule as defineRule,
  type Edit,
  type Evidence,
  type Finding,
  type Fix,
  type ForeignCode,
  finding,
  type PluginRule,
  type Preset,
  type Rule,
  type Severity,
} from './rule.ts';
export { parseDockerfile, type Span } from './syntax/index.ts';
