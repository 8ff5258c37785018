/** The public face of the syntax layer. */
export {
  type ExpandOptions as ExpandWordOptions,
  type Expansion,
  expand,
  expandWord,
  expandWords,
  referenceSpan,
} from './expansion.ts';
export type { Lookup, VariableReference } from './lexer.ts';
export * from './image-reference.ts';
export * from './instruction.ts';
export { parseDockerfile } from './parse.ts';
export { type ImageSpans, imageSpans } from './slice.ts';
export * from './shell/index.ts';
export * from './shell/index.ts';
export * from './source.ts';
