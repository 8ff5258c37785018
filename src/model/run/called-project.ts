/** The project whose script a call of a package manager runs, however the call names it. */
import type { Invocation, ScriptCall } from '../../knowledge/index.ts';
import { memberNamed, packageName, runsInMembers, scriptCalls, wordsForScript } from '../../knowledge/index.ts';
import type { Build, Command, Rootfs } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { baseName, directoryName, join, relativeTo, resolve } from '../files/path.ts';

/** The folder of its manifest, absolute: `npm --prefix web run build`, `npm run build -w web`; undefined when not known. */
export function calledProject(
  call: Invocation,
  workdir: string | undefined,
  rootfs: Rootfs,
  build: Build,
): string | undefined {
  const { directory, workspaces, manager } = call;
  const told = directory === undefined ? '.' : directory.text;
  if (told === undefined || (workdir === undefined && !told.startsWith('/'))) return undefined;
  const folder = resolve(workdir ?? '/', told);
  const [selector, ...more] = workspaces;
  if (selector === undefined) return folder;
  const member = more.length > 0 ? undefined : memberNamed(manager, selector);
  if (member === undefined) return undefined;
  if (member.path !== undefined) {
    const path = resolve(folder, member.path);
    if (rootfs.stat(join(path, 'package.json')).presence === 'present') return path;
  }
  return member.name === undefined ? undefined : folderOfPackage(member.name, folder, rootfs, build);
}

/** The one folder below whose manifest has this name. */
function folderOfPackage(name: string, below: string, rootfs: Rootfs, build: Build): string | undefined {
  const folders = new Set<string>();
  for (const { path } of rootfs.entries(below)) {
    if (baseName(path) !== 'package.json' || relativeTo(below, path)?.includes('node_modules/')) continue;
    const manifest = textAt(path, rootfs, build);
    if (manifest !== undefined && packageName(manifest) === name) folders.add(directoryName(path));
  }
  const [only, ...others] = folders;
  return others.length === 0 ? only : undefined;
}

export interface CalledScript {
  readonly script: string;
  /** Absolute. */
  readonly folder: string;
}

/** Of a command that runs a script of package.json; undefined where it runs none, or of more than one project. */
export function calledScript(command: Command, build: Build): CalledScript | undefined {
  const { invocation, workdir, step } = command;
  if (invocation?.operation !== 'run' || invocation.script === undefined || runsInMembers(command.arguments))
    return undefined;
  const folder = calledProject(invocation, workdir, step.before.rootfs, build);
  return folder === undefined ? undefined : { script: invocation.script, folder };
}

/** What the script runs that a command calls; undefined where it calls none, or that is not known. */
export function callsOfScript(command: Command, build: Build): readonly ScriptCall[] | undefined {
  const { script, folder } = calledScript(command, build) ?? {};
  if (script === undefined || folder === undefined) return undefined;
  const manifest = textAt(join(folder, 'package.json'), command.step.before.rootfs, build);
  if (manifest === undefined || command.invocation === undefined) return undefined;
  return scriptCalls(manifest, script, wordsForScript(command.invocation, command.arguments));
}
