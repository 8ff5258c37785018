/** Build scripts of package.json that run in a stage before its source comes in. */
import {
  buildCall,
  compilesSource,
  describeContextPath,
  firstTool,
  makesNoContent,
  manifestScript,
  onlyForDevelopment,
  scriptCalls,
} from '../../knowledge/index.ts';
import type { Build, Command, Content, Located, Step } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { join, relativeTo } from '../files/path.ts';
import { firstOfStage, preceded } from '../per-stage.ts';
import { bindsFiles, isUnread, surelyEndsTheBuild } from '../query.ts';
import { calledScript } from '../run/called-project.ts';
import { isOpenBase } from '../state/image-state.ts';
import { installScripts } from './install-scripts.ts';

export interface EarlyBuild extends Located {
  readonly script: string;
  /** The install that runs the script by itself: `npm ci`, as written. */
  readonly install?: string;
  /** Where it runs, absolute. */
  readonly folder: string;
  /** The instruction that brings the source, too late; an install may stop where none comes in. */
  readonly source?: Located;
}

/** The first of each stage, where manifests, lockfiles and packages are all that can be in the folder. */
export const earlyBuilds = firstOfStage(
  (command, build) => earlyBuild(command, build) ?? buildOfInstall(command, build),
);

function earlyBuild(command: Command, build: Build): EarlyBuild | undefined {
  const { step } = command;
  if (isOpenBase(step.stage.base)) return undefined;
  const { script, folder } = calledScript(command, build) ?? {};
  if (script === undefined || folder === undefined || folder === '/' || !/^build(?::|$)/.test(script)) return undefined;
  if (!surelyEndsTheBuild(command) || bindsFiles(step)) return undefined;
  const { rootfs } = step.before;
  const manifest = textAt(join(folder, 'package.json'), rootfs, build);
  const text = manifest === undefined ? undefined : manifestScript(manifest, script);
  if (text === undefined ? script !== 'build' : text === null || !compilesSource(text)) return undefined;
  if (rootfs.stat(join(folder, 'package.json')).presence !== 'present') return undefined;
  if (!rootfs.trees(folder).every(({ content }) => isForInstalls(content)) || mayMakeSource(step.stage, command))
    return undefined;
  const source = sourceAfter(step, folder);
  if (source !== undefined) return { span: command.span, script, folder, source };
  // Tools that only call others may find nothing to do.
  const isBuild = typeof text === 'string' && builds(script, manifest ?? '') && !/\b(?:turbo|nx|lerna)\b/.test(text);
  return isBuild ? { span: command.span, script, folder } : undefined;
}

/** A build in `prepare` or `postinstall`, which runs with the install. */
function buildOfInstall(command: Command, build: Build): EarlyBuild | undefined {
  const { span, step, invocation } = command;
  if (isOpenBase(step.stage.base) || bindsFiles(step) || mayMakeSource(step.stage, command)) return undefined;
  for (const { name, text, folder, manifest, install } of installScripts(command, build)) {
    const tool = install.development === 'no' ? firstTool(text) : undefined;
    const isMissing = tool !== undefined && onlyForDevelopment(manifest).has(tool.package);
    if (folder === '/' || isMissing || !builds(name, manifest)) continue;
    if (!step.before.rootfs.trees(folder).every(({ content }) => isForInstalls(content))) continue;
    const source = sourceAfter(step, folder);
    const call = `${install.manager} ${invocation?.subcommand ?? ''}`.trim();
    return { span, script: name, install: call, folder, ...(source === undefined ? {} : { source }) };
  }
  return undefined;
}

/** Whether a script builds the project, or makes a client of its Prisma schema, once what stands before has succeeded. */
const builds = (script: string, manifest: string): boolean =>
  scriptCalls(manifest, script)?.some(({ words, decides, hook }) => {
    const [tool, task] = words[0] === 'npx' ? words.slice(1) : words;
    if (hook || !decides) return false;
    if (tool === 'prisma') return task === 'generate' && !words.some((word) => word.startsWith('--schema'));
    return compilesSource(words.join(' ')) && buildCall(words) !== undefined;
  }) ?? false;

/** Packages, and files that only installs and tools read. */
function isForInstalls(content: Content | undefined): boolean {
  switch (content?.kind) {
    case 'dependencies':
    case 'directory':
    case 'text':
      return true;
    case 'context':
      return content.entry !== 'directory' && forInstalls.has(describeContextPath(content.path));
    case 'context-glob':
      return forInstalls.has(describeContextPath(content.pattern));
    default:
      return false;
  }
}

const forInstalls: ReadonlySet<string> = new Set(['manifest', 'lockfile', 'manager-config', 'tool-config']);

/** Something before a command may have fetched or written a project. */
export const mayMakeSource = preceded(
  ({ name, invocation }) =>
    !makesNoContent(name) && (invocation === undefined || /^(?:exec|run|other)$/.test(invocation.operation)),
  isUnread,
);

/** The first instruction below that brings source into the folder. */
function sourceAfter({ stage, span }: Step, folder: string): Located | undefined {
  const inputs = stage.steps.at(-1)?.cacheInputs ?? [];
  return inputs.find(
    ({ step, holds, mounted, destination }) =>
      step.stage === stage &&
      step.span.line > span.line &&
      holds === 'source' &&
      mounted !== true &&
      (relativeTo(folder, destination) !== undefined || relativeTo(destination, folder) !== undefined),
  )?.step;
}
