/** The package manager that package.json declares for a folder, as corepack and pnpm look for it. */
import { declaredManager, type PackageManager } from '../../knowledge/index.ts';
import type { Build, Command } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { directoryName, join } from '../files/path.ts';
import { bindsFiles } from '../query.ts';

export interface DeclaredManager {
  readonly manager: PackageManager | 'none';
  readonly version?: string;
}

/** `none`: certainly no manifest in the folder or above it declares one; undefined where that is not known. */
export function declaredAbove(
  { step }: Command,
  folder: string | undefined,
  build: Build,
): DeclaredManager | undefined {
  const { before, after } = step;
  if (folder === undefined || bindsFiles(step)) return undefined;
  for (let at = folder; ; at = directoryName(at)) {
    for (const rootfs of [before.rootfs, after.rootfs]) {
      const path = join(at, 'package.json');
      if (rootfs.stat(path).presence === 'absent') continue;
      const text = textAt(path, rootfs, build);
      const declared = text === undefined ? undefined : declaredManager(text);
      if (text === undefined || declared !== undefined) return declared;
    }
    if (at === '/') return { manager: 'none' };
  }
}
