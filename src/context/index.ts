/** The build context: where it is, what is in it, what .dockerignore keeps out. */
export { type BuildContext, type ContextEntry, unknownContext } from './context.ts';
export { type IgnoreFile, readIgnoreFile } from './dockerignore.ts';
export { isBakeName, isComposeName } from './evidence/build-file-names.ts';
export { contextFolder } from './evidence/context-folder.ts';
export type { Data, DataReader } from './evidence/data.ts';
export {
  type BuildCall,
  type BuildEvidence,
  type InlineDockerfile,
  noEvidence,
  type ProjectPlace,
} from './evidence/evidence.ts';
export { type ProjectFiles, projectFiles } from './evidence/find-evidence.ts';
export { type FileTree, memoryTree } from './file-tree.ts';
export { findContext } from './find-context.ts';
export { type CharacterClass, type PathPattern, readPathPattern } from './path-pattern.ts';
export { createContext } from './tree-context.ts';
