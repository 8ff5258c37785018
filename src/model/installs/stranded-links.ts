/** Links of a workspace's node_modules to members that stay behind: where they ship, they lead nowhere. */
import { manifestScript, packageName, productionPackages } from '../../knowledge/index.ts';
import type { Build, FileChange, Install, Stage } from '../build.ts';
import { directoryName, join, relativeTo } from '../files/path.ts';
import { chainOf, changesOf, shippedTrees } from '../query.ts';
import { purposeOf } from '../start/start.ts';
import { workspaceMembers } from './workspace-members.ts';

export interface StrandedLink {
  readonly target: Stage;
  /** The copy of the node_modules. */
  readonly change: FileChange;
  readonly install: Install;
  /** The package that the link stands for. */
  readonly name: string;
  /** Where the link leads, in what ships. */
  readonly leadsTo: string;
  /** The member that ships and names the package, as a path of the workspace. */
  readonly neededBy: string;
}

/** The first of each copy, where the manifests can be read, nothing bundles the member that ships, and no call makes links anew. */
export function* strandedLinks(build: Build): Iterable<StrandedLink> {
  for (const { target, path, change, tree } of shippedTrees(build)) {
    const { directory, node, command } = tree.install;
    if (!node || directory === undefined || change.source?.path !== join(directory, 'node_modules')) continue;
    if (purposeOf(target, build.path) !== 'runtime' || command.invocation?.operation === 'deploy') continue;
    const steps = chainOf(target).flatMap((stage) => stage.steps);
    if (steps.some(({ commands }) => commands.some(({ invocation }) => invocation !== undefined))) continue;
    const members = workspaceMembers(tree.install, change.source.step.stage.result.rootfs, build);
    const root = directoryName(path);
    const missing = members.filter(({ folder }) => target.result.rootfs.stat(join(root, folder)).presence === 'absent');
    const names = new Map(missing.map((member) => [packageName(member.manifest) ?? '', member.folder]));
    for (const { folder, manifest } of members) {
      if (
        isBundled(manifest) ||
        !steps.some((step) => changesOf(step).some((one) => isOf(one, join(directory, folder))))
      )
        continue;
      const name = [...productionPackages(manifest).keys()].find((each) => names.has(each));
      if (name === undefined) continue;
      const leadsTo = join(root, names.get(name) ?? '');
      yield { target, change, install: tree.install, name, leadsTo, neededBy: folder };
      break;
    }
  }
}

/** It comes from the folder of a member, and is no part of its packages. */
const isOf = ({ source }: FileChange, folder: string): boolean =>
  source !== undefined &&
  (source.path === folder || (relativeTo(folder, source.path) ?? 'node_modules').split('/')[0] !== 'node_modules');

/** What it is built with may put the other member into its own output. */
export const isBundled = (manifest: string): boolean =>
  productionPackages(manifest).has('next') ||
  /\b(?:esbuild|tsup|tsdown|webpack|rspack|rollup|rolldown|vite|ncc|parcel|bun|nest|nx|next|nuxt|astro|remix|unbuild|react-scripts|ng)\b/.test(
    manifestScript(manifest, 'build') ?? '',
  );
