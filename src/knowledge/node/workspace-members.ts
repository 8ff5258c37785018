/**
 * Which folders a workspace takes as its members, whose packages the lockfile at its root holds.
 *
 * Sources: docs.npmjs.com/cli/using-npm/workspaces, classic.yarnpkg.com/docs/workspaces, pnpm.io/pnpm-workspace_yaml,
 * bun.sh/docs/install/workspaces (globs relative to the root; a leading `!` leaves folders out).
 */

/** Whether the manifest of a workspace's root takes a folder, relative to it; false too where it cannot be read. */
export const manifestTakesMember = (manifest: string, folder: string): boolean =>
  takes(workspaceGlobs(manifest), folder);

/** The same of a pnpm-workspace.yaml. */
export const pnpmTakesMember = (workspace: string, folder: string): boolean => takes(pnpmGlobs(workspace), folder);

/** Of a pnpm-workspace.yaml; none where they are written in another form than a list of lines. */
export function pnpmGlobs(workspace: string): readonly string[] {
  const [, list = ''] = /^packages:[ \t]*\r?\n((?:[ \t]*(?:#.*|-.*)?\r?\n?)*)/m.exec(workspace) ?? [];
  return [...list.matchAll(/^[ \t]*-[ \t]*(["']?)([^"'#\s]+)\1/gm)].map(([, , glob = '']) => glob);
}

/** Of the manifest of a workspace's root; none where it cannot be read. */
export function workspaceGlobs(manifest: string): readonly string[] {
  try {
    const content: unknown = JSON.parse(manifest);
    const workspaces = entryOf(content, 'workspaces');
    const list = Array.isArray(workspaces) ? workspaces : entryOf(workspaces, 'packages');
    return Array.isArray(list) ? list.filter((each) => typeof each === 'string') : [];
  } catch {
    return [];
  }
}

const entryOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && name in value
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;

const takes = (globs: readonly string[], folder: string): boolean =>
  globs.some((glob) => !glob.startsWith('!') && matches(glob, folder)) &&
  !globs.some((glob) => glob.startsWith('!') && matches(glob.slice(1), folder));

/** Part by part: `*` within a name, `**` for any folders. Forms that are not known match nothing. */
function matches(glob: string, folder: string): boolean {
  const parts = glob
    .replace(/^\.?\//, '')
    .replace(/\/$/, '')
    .split('/');
  return !/[{}[\]()?]/.test(glob) && matchesParts(parts, folder.split('/'));
}

function matchesParts(parts: readonly string[], names: readonly string[]): boolean {
  const deep = parts.indexOf('**');
  const head = deep === -1 ? parts : parts.slice(0, deep);
  const tail = deep === -1 ? [] : parts.slice(deep + 1).filter((part) => part !== '**');
  if (deep === -1 ? names.length !== parts.length : names.length < head.length + tail.length) return false;
  return (
    head.every((part, at) => matchesName(part, names[at] ?? '')) &&
    tail.every((part, at) => matchesName(part, names[names.length - tail.length + at] ?? ''))
  );
}

/** One star, as in `*` and `app-*`. */
function matchesName(part: string, name: string): boolean {
  const [before = '', after, ...more] = part.split('*');
  if (after === undefined) return part === name;
  return (
    more.length === 0 && name.length >= before.length + after.length && name.startsWith(before) && name.endsWith(after)
  );
}
