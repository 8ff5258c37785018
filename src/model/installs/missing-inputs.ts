/** Installs that read files of the project, patches of packages and scripts, where these are not there yet. */
import { patchFolder, pnpmPatches } from '../../knowledge/index.ts';
import type { Build, Command, Located, Step } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { directoryName, join } from '../files/path.ts';
import { firstOfStage } from '../per-stage.ts';
import { bindsFiles, endsTheBuild } from '../query.ts';
import { isOpenBase } from '../state/image-state.ts';
import { mayMakeSource } from './early-builds.ts';
import { installScripts } from './install-scripts.ts';

export interface MissingInput extends Located {
  /** Absolute, a file or a folder. */
  readonly path: string;
  /** The install ends with an error; otherwise packages stay as their authors made them. */
  readonly stops: boolean;
  /** What brings it, too late. */
  readonly source?: Located;
}

/** Only where it is certain that nothing has brought them. */
export const missingInputs = firstOfStage<MissingInput>((command, build) => {
  const { step, span } = command;
  if (command.install === undefined || isOpenBase(step.stage.base) || mayMakeSource(command.step.stage, command))
    return undefined;
  if (bindsFiles(step)) return undefined;
  const file = fileOfPnpm(command, build) ?? startedFile(command, build);
  const path = file ?? folderOfScript(command, build);
  if (path === undefined) return undefined;
  const source = broughtBelow(path, step);
  return { span, path, stops: file !== undefined, ...(source === undefined ? {} : { source }) };
});

function fileOfPnpm(command: Command, build: Build): string | undefined {
  const { install, invocation, step, runs } = command;
  const { directory } = install ?? {};
  if (install?.manager !== 'pnpm' || directory === undefined || runs !== 'always' || !endsTheBuild(command))
    return undefined;
  if (invocation?.operation !== 'install' || invocation.global) return undefined;
  const { rootfs } = step.before;
  const manifest = textAt(join(directory, 'package.json'), rootfs, build);
  const workspace = textAt(join(directory, 'pnpm-workspace.yaml'), rootfs, build);
  if (manifest === undefined) return undefined;
  return pnpmPatches(manifest, workspace)
    .map((file) => join(directory, file))
    .find((path) => rootfs.stat(path).presence === 'absent');
}

/** What `node` starts, in a script that runs with the install. */
function startedFile(command: Command, build: Build): string | undefined {
  const { rootfs } = command.step.before;
  for (const { text, folder } of installScripts(command, build)) {
    const named = /^node (?:\.\/)?((?:[\w.-]+\/)*\w[\w.-]*)$/.exec(text)?.[1];
    if (named === undefined || named === '.') continue;
    const path = join(folder, named);
    const places = [path, `${path}.js`, `${path}.json`, `${path}.node`, `${path}/index.js`];
    if (places.every((place) => rootfs.stat(place).presence === 'absent')) return path;
  }
  return undefined;
}

/** The project has the folder, beside its manifest in the context. */
function folderOfScript(command: Command, build: Build): string | undefined {
  const { rootfs } = command.step.before;
  for (const { text, folder } of installScripts(command, build)) {
    const named = patchFolder(text);
    const { content } = rootfs.stat(join(folder, 'package.json')).change ?? {};
    if (named === undefined || content?.kind !== 'context' || content.entry === 'directory') continue;
    const beside = content.path.includes('/') ? directoryName(content.path) : '';
    if (build.context.stat(join(beside, named)) !== 'directory') continue;
    if (rootfs.stat(join(folder, named)).presence === 'absent') return join(folder, named);
  }
  return undefined;
}

const broughtBelow = (path: string, { stage, span }: Step): Located | undefined =>
  stage.steps.find(({ span: other, after }) => other.line > span.line && after.rootfs.stat(path).presence !== 'absent');
