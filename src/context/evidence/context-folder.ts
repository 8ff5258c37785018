/** The build context that the project's files agree on. */
import type { FileTree } from '../file-tree.ts';
import type { BuildEvidence } from './evidence.ts';

/** The folder that every build of what ships takes, else every build; undefined when they differ or none says. */
export function contextFolder({ calls }: BuildEvidence, tree: FileTree): string | undefined {
  const serious = calls.filter(({ purpose }) => purpose !== 'development' && purpose !== 'test');
  const folders = new Set((serious.length > 0 ? serious : calls).map(({ context }) => context));
  const [folder] = folders;
  return folders.size === 1 && folder !== undefined && tree.kind(folder) === 'directory' ? folder : undefined;
}
