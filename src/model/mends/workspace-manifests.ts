/** Manifests of the members of a workspace, which an install of its root reads. */
import { manifestTakesMember, pnpmTakesMember } from '../../knowledge/index.ts';
import type { Build } from '../build.ts';
import { foldersWithManifest } from '../context/manifest-folders.ts';
import { join } from '../files/path.ts';
import { runsScripts } from './source-behind.ts';

/** More COPY lines are no Dockerfile that anybody would write by hand. */
const most = 15;

/**
 * The folders of members, from the root of the workspace, in order; none where it has none. Undefined where they cannot
 * be told, or where the install needs more of them than their manifests: scripts, and programs that they bring.
 */
export function workspaceMembers(
  folder: string,
  manifest: string | undefined,
  build: Build,
): readonly string[] | undefined {
  const { context } = build;
  const settings = context.stat(join(folder, 'pnpm-workspace.yaml'));
  const workspace = settings === 'file' ? context.read(join(folder, 'pnpm-workspace.yaml')) : undefined;
  if (settings === 'file' && workspace === undefined) return undefined;
  const isNpm = manifest === undefined ? undefined : /"workspaces"\s*:/.test(manifest);
  const isPnpm = workspace !== undefined && /^packages\s*:/m.test(workspace);
  if (isNpm === undefined) return isPnpm ? undefined : [];
  if (!isNpm && !isPnpm) return [];
  if (manifest !== undefined && runsScripts(manifest)) return undefined;
  const folders = foldersWithManifest(folder, build);
  const members = folders?.filter(
    (member) => manifestTakesMember(manifest ?? '', member) || (isPnpm && pnpmTakesMember(workspace, member)),
  );
  if (members === undefined || members.length === 0 || members.length > most) return undefined;
  const isQuiet = (member: string): boolean => {
    const text = context.read(join(folder, `${member}/package.json`));
    return text !== undefined && !runsScripts(text.replace(/"workspace:/g, '"')) && !/"bin"\s*:/.test(text);
  };
  return members.every(isQuiet) ? members : undefined;
}
