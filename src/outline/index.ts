/** What editors and the like ask of a Dockerfile: names, symbols, folds, completions, facts of a place. */
export type { Candidate, NamedRule } from './candidate.ts';
export { type Completion, completionsAt } from './completion.ts';
export {
  type CopyFacts,
  copyFacts,
  type Facts,
  factsAt,
  type StageFacts,
  stageFacts,
  type VariableFacts,
} from './facts.ts';
export { code, factsText } from './facts-text.ts';
export type { Name, NamePlace } from './name.ts';
export { holds, type NameAt, nameAt, namesIn, type Position } from './names.ts';
export { type Renameable, type Renamed, rename, renameable } from './rename.ts';
export { type Fold, foldsIn, type OutlineSymbol, outlineSymbols, stageSpan } from './symbols.ts';
