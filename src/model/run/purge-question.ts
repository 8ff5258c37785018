/**
 * pnpm's question whether it may remove the packages of a workspace, which a build without a terminal does not answer.
 *
 * Source: measured with pnpm 8.15, 9.15 and 10.34 in workspaces of three projects, of one, and without members, over a
 * full install: `install --prod` (with `--filter`, `-r`, `--offline`, `--force`) and `prune --prod`, with and without CI.
 */
import {
  installsDevelopment,
  majorsOf,
  pnpmTakesMember,
  pruneStripsMembers,
  type Situation,
} from '../../knowledge/index.ts';
import type { DependencyTree, UnansweredPurge } from '../build.ts';
import { projectFolders } from '../context/manifest-folders.ts';
import { join, relativeTo } from '../files/path.ts';
import { wordsOf } from '../query.ts';
import type { ManagerCall } from './node-installs.ts';
import { type Project, textOf } from './project.ts';

/** Undefined too where it is not known whether it asks. */
export function purgeQuestion(
  call: ManagerCall,
  project: Project,
  situation: Situation,
  before: DependencyTree | undefined,
): UnansweredPurge | undefined {
  const { command, invocation, running } = call;
  if (invocation.manager !== 'pnpm' || before?.development !== 'yes' || before.install.manager !== 'pnpm')
    return undefined;
  if (running.runs !== 'always' || running.shell.piped !== undefined || running.shell.redirects.some(isInput))
    return undefined;
  if (installsDevelopment(invocation, situation) !== 'no' || !isMultiple(project, call)) return undefined;
  const isTold = wordsOf(command).some(
    (word) => word === undefined || /^(?:-f$|--force$|--config\.confirm-?modules-?purge\b)/i.test(word),
  );
  const isSet = ['CI', 'npm_config_confirm_modules_purge', 'pnpm_config_confirm_modules_purge'].some(
    (name) => running.lookup(name) !== null,
  );
  if (isTold || isSet || project.config.some((text) => /^confirm-modules-purge\b/m.test(text))) return undefined;
  const { least = 0, most = 0 } = majorsOf(situation.version) ?? {};
  if (least < 8) return undefined;
  return { command, outcome: least >= 10 ? 'stops' : most <= 9 ? 'goes on' : 'either' };
}

/** Whether `pnpm prune` takes the links of the members away, as it is told, or free, to make node_modules anew. */
export const stripsMembers = (call: ManagerCall, project: Project, { version }: Situation): boolean =>
  call.invocation.manager === 'pnpm' &&
  call.member === undefined &&
  call.running.runs === 'always' &&
  pruneStripsMembers(version) &&
  isMultiple(project, call);

const isInput = ({ operator }: { readonly operator: string }): boolean => operator.startsWith('<');

/** A workspace of which a member stands beside the root. */
function isMultiple({ directory }: Project, { world }: ManagerCall): boolean {
  if (directory === undefined) return false;
  const workspace = textOf(world.stat(join(directory, 'pnpm-workspace.yaml')), world);
  if (workspace === undefined || /^confirmModulesPurge:/m.test(workspace)) return false;
  return projectFolders(world.under(directory), world.around).some((path) => {
    const folder = relativeTo(directory, path) ?? '';
    const isThere = world.stat(join(path, 'package.json')).presence === 'present';
    return folder !== '' && isThere && pnpmTakesMember(workspace, folder);
  });
}
