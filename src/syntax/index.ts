/** The public face of the syntax layer. */

export { readDuration } from './arguments/duration.ts';
export { flagsOf, type KnownFlag } from './arguments/flags.ts';
export { keywords } from './arguments/index.ts';
export { mountOptions } from './arguments/mount.ts';
export { type ArrayFault, type BrokenArray, brokenArray } from './broken-array.ts';
export { type ExpandedVariable, expandedVariables } from './expanded-words.ts';
export * from './expansion.ts';
export { isForAnotherFrontend } from './frontend.ts';
export * from './ignore-comment.ts';
export * from './image-reference.ts';
export * from './instruction.ts';
export { type LostDirective, lostDirectives } from './lost-directive.ts';
export { parseDockerfile } from './parse.ts';
export * from './shell/index.ts';
export { type ImageSpans, imageSpans } from './slice.ts';
export * from './source.ts';
export { anyOf, didYouMean, nearest } from './suggest.ts';
export { type TemplateMark, templateMark } from './template-marks.ts';
