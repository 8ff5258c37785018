/** Members of a workspace that are installed where their workspace is not. */
import { namesMembers, workspacePackages } from '../../knowledge/index.ts';
import type { Build, Install } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { directoryName, join } from '../files/path.ts';
import { bindsFiles, installsIn } from '../query.ts';

export interface StrandedMember {
  readonly install: Install;
  /** The packages that its manifest takes from the workspace. */
  readonly packages: readonly string[];
}

/** Only where the manifest can be read and no root of a workspace can stand at its folder or above it. */
export function* strandedMembers(build: Build): Iterable<StrandedMember> {
  for (const install of installsIn(build)) {
    const { command, directory, manager, development, lockfile } = install;
    const { invocation, step, runs, shell } = command;
    if (!install.node || manager === 'npm' || directory === undefined || !step.stage.reachable) continue;
    if (invocation?.operation !== 'install' || runs !== 'always' || shell.failure === 'absorbed') continue;
    if (bindsFiles(step)) continue;
    const manifest = textAt(join(directory, 'package.json'), step.before.rootfs, build);
    // Without a lockfile they resolve what they leave out, too (measured: pnpm 9.15, yarn 1.22 with --prod).
    const all = development === 'yes' || lockfile === 'absent';
    const packages = manifest === undefined ? [] : workspacePackages(manifest, all);
    if (packages.length > 0 && !mayHaveRoot(install, directory, build)) yield { install, packages };
  }
}

function mayHaveRoot({ command, manager }: Install, directory: string, build: Build): boolean {
  const { before, after } = command.step;
  for (let at = directory; ; at = directoryName(at)) {
    for (const rootfs of [before.rootfs, after.rootfs]) {
      if (rootfs.stat(join(at, 'pnpm-workspace.yaml')).presence !== 'absent') return true;
      const path = join(at, 'package.json');
      if (manager === 'pnpm' || rootfs.stat(path).presence === 'absent') continue;
      const text = textAt(path, rootfs, build);
      if (text === undefined || namesMembers(text) !== false) return true;
    }
    if (at === '/') return false;
  }
}
