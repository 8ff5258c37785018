/** Members of a workspace that a command asks for and that no package.json of the context is of. */
import { memberNamed, packageName, pnpmGlobs, workspaceGlobs } from '../../knowledge/index.ts';
import { nearest } from '../../syntax/index.ts';
import type { Build, Command } from '../build.ts';
import { foldersWithManifest } from '../context/manifest-folders.ts';
import { join, normalise } from '../files/path.ts';
import { perStageAlone } from '../per-stage.ts';
import { originOf } from '../query.ts';
import { remembered } from '../remembered.ts';

export interface UnknownMember {
  readonly command: Command;
  /** As it is written. */
  readonly selector: string;
  /** `nothing`: pnpm does nothing, and succeeds; `stops`: the RUN fails. */
  readonly outcome: 'nothing' | 'stops';
  /** A member that is called nearly so. */
  readonly near?: string;
}

/** Each selector once a stage, where it is the only one of its command. */
export const unknownMembers: (build: Build) => readonly UnknownMember[] = perStageAlone<UnknownMember>(function* (
  { steps, reachable },
  build,
) {
  const told = new Set<string>();
  for (const { commands } of reachable ? steps : [])
    for (const command of commands) {
      const [selector, ...more] = command.invocation?.workspaces ?? [];
      if (selector === undefined || more.length > 0 || told.has(selector)) continue;
      const outcome = outcomeOf(command, selector);
      const members =
        outcome === undefined || !isOfContext(command) ? undefined : membersOf({ context: build.context, build });
      if (outcome === undefined || members === undefined || !isMissing(selector, command, members)) continue;
      told.add(selector);
      const near = nearest(selector, members.names);
      yield { command, selector, outcome, ...(near === undefined ? {} : { near }) };
    }
});

/** Undefined where the words are not known, or may be those of the program that is called. */
function outcomeOf(
  { invocation: call, arguments: words, runs, shell }: Command,
  selector: string,
): UnknownMember['outcome'] | undefined {
  if (
    call === undefined ||
    call.uncertain ||
    shell.effective.some(({ text }) => text === undefined) ||
    runs !== 'always' ||
    !/^(?:pnpm|npm)$/.test(call.manager)
  )
    return undefined;
  const target = call.script ?? (call.operation === 'exec' ? call.packages[0] : undefined);
  const at = words.findIndex((word) => word === selector || word?.endsWith(`=${selector}`) === true);
  if (at === -1 || (call.manager === 'pnpm' && target !== undefined && words.indexOf(target) < at)) return undefined;
  return call.manager === 'npm' || words.includes('--fail-if-no-match') ? 'stops' : 'nothing';
}

/** Whether the workspace is that of the context: its root manifest, or what names its members, is copied from there. */
function isOfContext({ workdir, step, invocation }: Command): boolean {
  if (workdir === undefined || invocation?.directory !== undefined) return false;
  const file = invocation?.manager === 'pnpm' ? 'pnpm-workspace.yaml' : 'package.json';
  const { presence, change } = step.before.rootfs.stat(join(workdir, file));
  return presence === 'present' && change !== undefined && originOf(change).content?.kind === 'context';
}

interface Members {
  readonly names: readonly string[];
  /** Relative to the context root. */
  readonly folders: readonly string[];
}

/** Every package.json of the context; undefined where one cannot be read. */
const membersOf: (of: { readonly context: Build['context']; readonly build: Build }) => Members | undefined =
  remembered(
    ({ context }) => context,
    ({ context, build }) => {
      const folders = context.root === undefined ? undefined : foldersWithManifest('', build);
      if (folders === undefined || liesDeep(context)) return undefined;
      const names: string[] = [];
      for (const folder of ['', ...folders]) {
        const manifest = join(folder, 'package.json');
        const text = context.read(manifest);
        if (text === undefined && context.stat(manifest) !== 'absent') return undefined;
        const name = text === undefined ? undefined : packageName(text);
        if (name !== undefined) names.push(name);
      }
      // A workspace without names, or with one project, says little of what it is called like.
      return names.length > 1 ? { names, folders } : undefined;
    },
  );

/** Whether members may lie deeper than is looked: `apps/**`, `services/a/b/*`. */
function liesDeep(context: Build['context']): boolean {
  const workspace = context.read('pnpm-workspace.yaml');
  const globs = pnpmGlobs(workspace ?? '');
  const isUnread = workspace !== undefined && /^packages:/m.test(workspace) && globs.length === 0;
  const all = [...globs, ...workspaceGlobs(context.read('package.json') ?? '')];
  return isUnread || all.some((glob) => glob.includes('**') || glob.replace(/^[./]+|\/$/g, '').split('/').length > 3);
}

function isMissing(selector: string, { invocation }: Command, { names, folders }: Members): boolean {
  const plain = selector.replace(/^(?:\.{3}\^?)?|(?:\^?\.{3})?$/g, '');
  const member = invocation === undefined ? undefined : memberNamed(invocation.manager, plain);
  if (member === undefined) return false;
  const { name, path } = member;
  const place = path === undefined ? undefined : normalise(`/${path}`);
  if (place === '/' || path?.startsWith('..') === true || path?.startsWith('/') === true) return false;
  if (place !== undefined && folders.some((folder) => `/${folder}/`.includes(`${place}/`))) return false;
  return name === undefined || !names.some((each) => each === name || each.endsWith(`/${name}`));
}
