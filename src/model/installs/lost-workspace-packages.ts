/** Packages of the members of a pnpm workspace that do not come along with the node_modules of its root. */
import { hoistsToTheRoot, pnpmNamesMembers, productionPackages } from '../../knowledge/index.ts';
import type { Build, FileChange, Install, Stage, Step } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { baseName, directoryName, isGlob, join, normalise, relativeTo } from '../files/path.ts';
import { chainOf } from '../query.ts';
import { evaluate, variablesOf } from '../state/environment.ts';

export interface LostPackages {
  readonly target: Stage;
  /** The copy of the root's node_modules. */
  readonly change: FileChange;
  readonly install: Install;
  /** The folders of the members, as they stand in the stage of the install. */
  readonly members: readonly string[];
}

/** Ship targets that take the node_modules of a pnpm workspace root which names no package for production, and of no member. */
export function* lostWorkspacePackages(build: Build): Iterable<LostPackages> {
  for (const target of build.targets) {
    const trees = target.result.rootfs.under('/').filter(({ content }) => content?.kind === 'dependencies');
    const [change] = trees;
    if (change?.content?.kind !== 'dependencies' || trees.length > 1 || change.step.instruction.keyword !== 'COPY')
      continue;
    const { install } = change.content.tree;
    const { directory } = install;
    if (install.manager !== 'pnpm' || directory === undefined || isToldToHoist(install)) continue;
    if (change.source?.path !== join(directory, 'node_modules')) continue;
    const members = membersOf(install, directory, build);
    const steps = chainOf(target).flatMap((stage) => stage.steps);
    if (members.length === 0 || steps.some((step) => mayBring(step, members, build))) continue;
    yield { target, change, install, members };
  }
}

/** A flag of the call or a variable asks for packages in the root: `--shamefully-hoist`, `npm_config_node_linker`. */
const isToldToHoist = ({ command }: Install): boolean =>
  command.arguments.some((word) => word === undefined || /hoist|node-linker|--config/.test(word)) ||
  [...command.step.before.env.keys(), ...command.step.before.args.keys()].some((name) =>
    /^p?npm_config_.*(?:hoist|node_linker)/i.test(name),
  );

/** Folders of a workspace whose manifests have come to its install; none where the root has packages of its own. */
function membersOf({ command }: Install, directory: string, build: Build): readonly string[] {
  const { rootfs } = command.step.before;
  const manifest = textAt(join(directory, 'package.json'), rootfs, build);
  const workspace = textAt(join(directory, 'pnpm-workspace.yaml'), rootfs, build);
  if (manifest === undefined || workspace === undefined || productionPackages(manifest).size > 0) return [];
  if (!pnpmNamesMembers(workspace) || hoistsToTheRoot(workspace)) return [];
  const settings = join(directory, '.npmrc');
  const absent = rootfs.stat(settings).presence === 'absent';
  if (!absent && hoistsToTheRoot(textAt(settings, rootfs, build) ?? 'shamefully-hoist=true')) return [];
  return rootfs
    .under(directory)
    .filter(({ path, content }) => baseName(path) === 'package.json' && content?.kind === 'context')
    .map(({ path }) => directoryName(path))
    .filter((folder) => folder !== directory);
}

/** Whether a COPY --from takes the node_modules of a member, or may. */
function mayBring(step: Step, members: readonly string[], build: Build): boolean {
  const { instruction, before } = step;
  if (instruction.keyword === 'RUN') return step.commands.some(({ invocation }) => invocation !== undefined);
  if (instruction.keyword !== 'COPY' || instruction.from === undefined) return false;
  return instruction.sources.some((word) => {
    const text = evaluate(word, variablesOf(before, false), build.file.escape);
    if (text === undefined || isGlob(text)) return true;
    const source = normalise(`/${text}`);
    return members.some(
      (member) =>
        relativeTo(source, member) !== undefined ||
        (relativeTo(member, source) ?? '').split('/').includes('node_modules'),
    );
  });
}
