/** Members of a pnpm workspace whose node_modules are links into that of the root. */
import { hoistsToTheRoot, keepsPackagesElsewhere, pnpmNamesMembers, pnpmTakesMember } from '../../knowledge/index.ts';
import type { Build, Install } from '../build.ts';
import { copiedFolders, manifestFolder } from '../context/manifest-folders.ts';
import { textAt } from '../files/context-text.ts';
import { join, relativeTo } from '../files/path.ts';

/** Their folders, by the manifests that have come to the install in `directory`; none where the settings are not known or hoist. */
export function linkedMembers(install: Install, directory: string, build: Build): readonly string[] {
  if (install.manager !== 'pnpm' || isToldToHoist(install)) return [];
  const { rootfs } = install.command.step.before;
  const path = join(directory, 'pnpm-workspace.yaml');
  const workspace = textAt(path, rootfs, build);
  const namesOnly = isBeforeSettings(install) && rootfs.stat(path).presence === 'present';
  if (workspace === undefined ? !namesOnly : !pnpmNamesMembers(workspace) || linksOtherwise(workspace)) return [];
  const settings = join(directory, '.npmrc');
  const absent = rootfs.stat(settings).presence === 'absent';
  const text = absent ? '' : textAt(settings, rootfs, build);
  if (text === undefined || linksOtherwise(text)) return [];
  const taken = (folder: string): boolean => pnpmTakesMember(workspace ?? '', relativeTo(directory, folder) ?? '');
  const folders = rootfs
    .under(directory)
    .flatMap((change) => [...manifestFolder(change), ...copiedFolders(change, build).filter(taken)]);
  return [...new Set(folders)].filter((folder) => folder !== directory);
}

const linksOtherwise = (settings: string): boolean => hoistsToTheRoot(settings) || keepsPackagesElsewhere(settings);

/** Up to pnpm 9 pnpm-workspace.yaml names members and nothing else: settings stand in .npmrc (pnpm 10, release notes). */
const isBeforeSettings = ({ command }: Install): boolean =>
  /^[1-9]\./.test(command.step.before.managers.get('pnpm') ?? '');

/** A flag of the call or a variable asks for packages in the root: `--shamefully-hoist`, `npm_config_node_linker`. */
const isToldToHoist = ({ command }: Install): boolean =>
  command.arguments.some((word) => word === undefined || /hoist|node-linker|^--config(?:=|$)/.test(word)) ||
  [...command.step.before.env.keys(), ...command.step.before.args.keys()].some((name) =>
    /^p?npm_config_.*(?:hoist|node_linker)/i.test(name),
  );
