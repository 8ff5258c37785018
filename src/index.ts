/** The API, for editors, pages and assistants: pure, it reads no file, no clock and no environment. */

// A Dockerfile: what is found in it, its fixes, what ships, what runs again, its names.
export type { Brought, BroughtFile } from './api/brought.ts';
// The project around it, and its configuration.
export {
  type Config,
  type ConfigFault,
  type ConfigOptions,
  combineConfigs,
  type FileSettings,
  readConfig,
} from './api/config.ts';
export {
  type DockerfileResult,
  type DockerfileSource,
  type FixedText,
  lint,
  type OpenDockerfile,
  openDockerfile,
} from './api/dockerfile.ts';
export { type FileList, openProject, type Project, type ProjectOptions } from './api/project.ts';
// Rules: what there are, what they are about, and rules of one's own.
export {
  describeRules,
  type ExplainOptions,
  type Explanation,
  explain,
  type KnownNames,
  type RuleExplanation,
  ruleNames,
} from './api/rules.ts';
export type { DockerfileSymbols, Mention, NameUse, StageSymbol, VariableSymbol } from './api/symbols.ts';
export type { FileTree } from './context/index.ts';
export type { RuleDescription } from './docs/describe-rule.ts';
export type { Failure, LintResult, ReportedFinding } from './engine/lint.ts';
export type { Selection, Setting } from './engine/selection.ts';
export * from './model/index.ts';
export type { Candidate, Completion, Fold, OutlineSymbol, Position, Renamed } from './outline/index.ts';
export type * from './report/answers.ts';
// Reports as the command line prints them.
export { graphDot, graphMermaid } from './report/graph-diagram.ts';
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
  type OptionIssue,
  type OptionsSchema,
  type PluginRule,
  type Preset,
  type Rule,
  type Severity,
} from './rule.ts';
export { expandedVariables, parseDockerfile, type Span } from './syntax/index.ts';
