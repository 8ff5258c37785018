/** What names one member of a workspace on the command line. */
import type { PackageManager } from './invocation.ts';

export interface MemberSelector {
  /** Of its manifest. */
  readonly name?: string;
  /** Relative to where the call works. */
  readonly path?: string;
}

/**
 * `npm -w api`, `yarn workspace api`, `pnpm --filter ./packages/api`; undefined for what may select several or none.
 *
 * Sources: docs.npmjs.com/cli/using-npm/workspaces (a name or a path), classic.yarnpkg.com/docs/cli/workspace (a name),
 * pnpm.io/filtering and bun.sh/docs/pm/filter (a name or pattern; a path begins with a dot).
 */
export function memberNamed(manager: PackageManager, selector: string): MemberSelector | undefined {
  if (!/^(?:@[\w.-]+\/)?[\w./-]+$/.test(selector) || selector.includes('...')) return undefined;
  const isPath = /^\.{0,2}\//.test(selector) || selector === '.';
  if (manager === 'npm') return isPath ? { path: selector } : { name: selector, path: selector };
  if (manager === 'yarn') return { name: selector };
  return isPath ? { path: selector } : { name: selector };
}
