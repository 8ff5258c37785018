/** Scripts of package.json that call a program of a package in a stage where nothing has installed packages. */
import {
  firstTool,
  handlesFilesOnly,
  manifestScript,
  namedForDevelopment,
  productionPackages,
} from '../../knowledge/index.ts';
import type { Build, Command, FileChange, Located, Stage } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { directoryName, join, relativeTo } from '../files/path.ts';
import { firstOfStage } from '../per-stage.ts';
import { chainOf, surelyEndsTheBuild } from '../query.ts';
import { remembered } from '../remembered.ts';
import { calledScript } from '../run/called-project.ts';
import { isOpenBase } from '../state/image-state.ts';

export interface MissingInstall extends Located {
  readonly script: string;
  readonly program: string;
  readonly package: string;
  /** Where the packages would have to be. */
  readonly folder: string;
}

/** The first such call of each stage that a ship target needs. */
export const missingInstalls = firstOfStage(missingFor);

function missingFor(command: Command, build: Build): MissingInstall | undefined {
  const { invocation, step } = command;
  if (isOpenBase(step.stage.base)) return undefined;
  if (invocation?.manager === 'bun' || !surelyEndsTheBuild(command)) return undefined;
  // Its own pre script may install them.
  if (command.within?.some(({ install }) => install !== undefined) === true) return undefined;
  const { script, folder } = calledScript(command, build) ?? {};
  if (script === undefined || folder === undefined) return undefined;
  const manifest = textAt(join(folder, 'package.json'), step.before.rootfs, build);
  const tool = manifest === undefined ? undefined : firstTool(manifestScript(manifest, script) ?? '');
  if (manifest === undefined || tool === undefined) return undefined;
  if (!productionPackages(manifest).has(tool.package) && !namedForDevelopment(manifest).has(tool.package))
    return undefined;
  if (step.before.env.has('NODE_PATH') || mayHaveInstalled(command) || mayHavePackages(command, folder, build))
    return undefined;
  return { span: command.span, script, ...tool, folder: join(folder, 'node_modules') };
}

/** What else neither installs packages nor runs anything of the project. */
const bringsNoPackages = /^(?:sed|env|update-ca-certificates|curl|wget|tar|find|node)$/;

/** Something before it is not known to leave packages alone. */
function mayHaveInstalled({ step, shell }: Command): boolean {
  for (const stage of chainOf(step.stage)) {
    const first = firstThatMayInstall(stage);
    if (first === undefined) continue;
    if (first.step.stage !== step.stage || first.step.span.line < step.span.line) return true;
    return first.step === step && first.shell.index < shell.index;
  }
  return false;
}

const firstThatMayInstall: (stage: Stage) => Command | undefined = remembered(
  (stage) => stage.steps,
  ({ steps }) => {
    for (const { commands } of steps) {
      const inOrder = commands.toSorted((one, other) => one.shell.index - other.shell.index);
      const found = inOrder.find(mayInstall);
      if (found !== undefined) return found;
    }
    return undefined;
  },
);

/** Whether a command of a stage, its bases left aside, is not known to leave packages alone. */
export const mayInstallAnything = (stage: Stage): boolean => firstThatMayInstall(stage) !== undefined;

const mayInstall = ({ name, invocation }: Command): boolean =>
  !handlesFilesOnly(name) &&
  !(name !== undefined && bringsNoPackages.test(name)) &&
  !(invocation !== undefined && /^(?:config-set|config-delete|set-version|cache-clean)$/.test(invocation.operation));

/** Packages stand in the folder or above it, or may come with what is copied. */
function mayHavePackages({ step }: Command, workdir: string, build: Build): boolean {
  const { rootfs } = step.before;
  if (
    step.instruction.keyword === 'RUN' &&
    step.instruction.mounts.some(({ type }) => type === 'bind' || type === 'cache')
  )
    return true;
  if (rootfs.stat(join(workdir, '.pnp.cjs')).presence !== 'absent') return true;
  for (let folder = workdir; ; folder = directoryName(folder)) {
    const path = join(folder, 'node_modules');
    if (rootfs.stat(path).presence === 'present') return true;
    if (rootfs.trees(folder).some((change) => mayBring(change, path, build))) return true;
    if (folder === '/') return false;
  }
}

/** Whether a change may bring packages to `path`: of directories, only one of the context whose `.dockerignore` keeps packages out brings none. */
export function mayBring({ content, path: at }: FileChange, path: string, build: Build): boolean {
  const inside = relativeTo(at, path);
  if (inside === undefined || content?.kind === 'directory' || content?.kind === 'text') return false;
  if (content?.kind !== 'context') return true;
  if (content.entry === 'file') return false;
  return build.context.ignores(content.path === '' ? inside : join(content.path, inside)) !== true;
}
