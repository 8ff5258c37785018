/** The build context: where it is, what is in it, what .dockerignore keeps out. */
export { type BuildContext, type ContextEntry, unknownContext } from './context.ts';
export { type IgnoreFile, readIgnoreFile } from './dockerignore.ts';
export { type FileTree, memoryTree } from './file-tree.ts';
export { findContext } from './find-context.ts';
export { createContext } from './tree-context.ts';
