/** Scripts of package.json that an install runs: those of its own manifest, and those of the members of its workspace. */
import { manifestScript, manifestTakesMember, pnpmTakesMember } from '../../knowledge/index.ts';
import type { Build, Command, Install } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { baseName, directoryName, join, relativeTo } from '../files/path.ts';
import { surelyEndsTheBuild } from '../query.ts';
import { rewritesManifest } from '../start/missing-package-scripts.ts';

export interface InstallScript {
  readonly command: Command;
  readonly install: Install;
  /** Its name: `prepare`. */
  readonly name: string;
  readonly text: string;
  /** Where it runs, absolute. */
  readonly folder: string;
  /** The text of the package.json there. */
  readonly manifest: string;
}

/** Only those that run in every build, of manifests which can be read and stay as they are, and whose failure ends the build. */
export function* installScripts(command: Command, build: Build): Iterable<InstallScript> {
  const { install, step } = command;
  const { directory, scripts = [] } = install ?? {};
  if (install === undefined || directory === undefined || scripts.length === 0) return;
  if (!surelyEndsTheBuild(command) || rewritesManifest(step.stage, command)) return;
  const manifest = textAt(join(directory, 'package.json'), step.before.rootfs, build);
  if (manifest === undefined) return;
  for (const folder of membersOf(install, directory, manifest, build)) {
    const text = textAt(join(folder, 'package.json'), step.before.rootfs, build);
    const names = install.manager === 'yarn' ? scripts.filter((name) => name !== 'prepare') : scripts;
    if (text !== undefined) yield* scriptsIn(text, names, { command, install, folder });
  }
  yield* scriptsIn(manifest, scripts, { command, install, folder: directory });
}

function* scriptsIn(
  manifest: string,
  names: readonly string[],
  of: Pick<InstallScript, 'command' | 'install' | 'folder'>,
): Iterable<InstallScript> {
  for (const name of names) {
    const text = manifestScript(manifest, name);
    if (typeof text === 'string') yield { ...of, name, text, manifest };
  }
}

/** The folders of the members whose manifests have come in; none where the call is limited to some. */
function membersOf(
  { command, manager }: Install,
  directory: string,
  manifest: string,
  build: Build,
): readonly string[] {
  if (command.invocation === undefined || command.invocation.workspaces.length > 0) return [];
  const { rootfs } = command.step.before;
  const workspace = manager === 'pnpm' ? textAt(join(directory, 'pnpm-workspace.yaml'), rootfs, build) : undefined;
  const takes = (folder: string): boolean =>
    manager === 'pnpm'
      ? workspace !== undefined && pnpmTakesMember(workspace, folder)
      : manifestTakesMember(manifest, folder);
  return rootfs
    .under(directory)
    .filter(({ path, content }) => baseName(path) === 'package.json' && content?.kind === 'context')
    .map(({ path }) => directoryName(path))
    .filter((folder) => folder !== directory && takes(relativeTo(directory, folder) ?? ''));
}
