/** Packages that npx and its kin download to run them once, in whatever version there is on that day. */
import { type Invocation, packageWord, readInvocation, scriptCalls } from '../../knowledge/index.ts';
import type { Build, Command, Located, Rootfs, Stage } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { directoryName, join } from '../files/path.ts';
import { bindsFiles, chainOf, judgedStages } from '../query.ts';
import { calledProject } from '../run/called-project.ts';
import { type LaunchedCommand, launchOf } from '../start/launch.ts';
import { manifestText } from '../start/manifest-script.ts';
import { wordOf } from './moving-packages.ts';

export interface FetchedTool extends Located {
  /** As written, variables expanded. */
  readonly tool: string;
  readonly stage: Stage;
  /** Absent where the container runs it each time it starts. */
  readonly command?: Command;
}

/** Only where the package certainly is in no tree of packages and was not installed before. */
export function* fetchedTools(build: Build): Iterable<FetchedTool> {
  for (const stage of judgedStages(build))
    for (const { commands } of stage.steps)
      for (const command of commands) {
        const tool = toolIn(command.invocation, command.arguments);
        if (tool === undefined || !isFetched(tool, callIn(command), build)) continue;
        yield { span: wordOf(command, tool.written).span, tool: tool.written, stage, command };
      }
  for (const target of build.targets) {
    const { rootfs } = target.result;
    let installs = false;
    for (const command of launchOf(target)?.commands ?? [])
      for (const { words, workdir } of [command, ...behindScript(command, target, build)]) {
        const invocation = readInvocation(words);
        const tool = toolIn(invocation, words);
        const call = { stage: target, workdir, systems: [rootfs], installs, before: () => true };
        installs ||= invocation?.operation === 'install';
        if (tool === undefined || !isFetched(tool, call, build)) continue;
        yield { span: command.span, tool: tool.written, stage: target };
      }
  }
}

type Called = Pick<LaunchedCommand, 'words' | 'workdir'>;

/** What a script of package.json calls, in the folder of its project. */
function behindScript({ words, workdir }: Called, target: Stage, build: Build): readonly Called[] {
  const call = readInvocation(words);
  if (call?.operation !== 'run' || call.script === undefined) return [];
  const folder = calledProject(call, workdir, target.result.rootfs, build);
  const manifest = manifestText(folder, target, build);
  const calls = manifest === undefined ? [] : (scriptCalls(manifest, call.script) ?? []);
  return calls.flatMap((each) => (each.hook ? [] : [{ words: each.words, workdir: folder }]));
}

interface Tool {
  readonly written: string;
  readonly name: string | undefined;
  /** `pnpm dlx`, `yarn dlx`, `npx serve@latest`: what is installed does not count. */
  readonly always: boolean;
}

function toolIn(call: Invocation | undefined, words: LaunchedCommand['words']): Tool | undefined {
  if (words.some((word) => /^--(?:no|no-install|offline)$/.test(word ?? ''))) return undefined;
  if (call?.operation !== 'exec' || !/^(?:|exec|x|dlx)$/.test(call.subcommand)) return undefined;
  // `pnpm exec` and `yarn exec` run what is installed, `bun exec` runs a shell.
  const fetches =
    call.manager === 'npm' || (call.subcommand === 'x' ? call.manager === 'bun' : call.subcommand !== 'exec');
  for (const written of fetches ? call.packages : []) {
    const named = packageWord(written);
    const always = call.manager === 'pnpm' || call.manager === 'yarn' || written !== named?.name;
    if (named?.version === 'moving') return { written, name: named.name, always };
  }
  return undefined;
}

/** Where a call runs. */
interface Call {
  readonly stage: Stage;
  readonly workdir: string | undefined;
  /** What it may find: the files before the instruction and, when others run before it, after it. */
  readonly systems: readonly Rootfs[];
  readonly mounted?: boolean;
  /** Packages of the project are installed before it, when the container starts. */
  readonly installs?: boolean;
  before(command: Command): boolean;
}

function callIn(command: Command): Call {
  const { step, workdir } = command;
  const { before, after } = step;
  return {
    stage: step.stage,
    workdir,
    systems: step.commands[0] === command ? [before.rootfs] : [before.rootfs, after.rootfs],
    mounted: bindsFiles(step),
    before: (other) => other.step !== step || step.commands.indexOf(other) < step.commands.indexOf(command),
  };
}

function isFetched({ name, always }: Tool, call: Call, build: Build): boolean {
  if (always) return true;
  const { stage, workdir, systems, mounted } = call;
  const root = chainOf(stage)[0]?.base;
  if (name === undefined || workdir === undefined || mounted === true) return false;
  if (root?.kind !== 'image' || root.facts === undefined || wasInstalled(name, call)) return false;
  for (let at = workdir; ; at = directoryName(at)) {
    if (systems.some((rootfs) => mayHold(name, at, rootfs, call, build))) return false;
    if (at === '/') return true;
  }
}

/** A command of the stage or its bases names the package. */
const wasInstalled = (name: string, { stage, before }: Call): boolean =>
  chainOf(stage).some(({ steps }) =>
    steps.some(({ commands }) =>
      commands.some(
        (command) =>
          command.invocation?.operation !== 'exec' &&
          before(command) &&
          command.arguments.some((word) => word === undefined || word === name || word.startsWith(`${name}@`)),
      ),
    ),
  );

/** An install of the folder that puts its packages where only its configuration says. */
const linksUnseen = (folder: string, { stage, before }: Call): boolean =>
  chainOf(stage).some(({ steps }) =>
    steps.some(({ commands }) =>
      commands.some(
        (command) => command.install?.linker === 'unknown' && command.install.directory === folder && before(command),
      ),
    ),
  );

/** Whether the packages in a folder have the program; those that a lockfile of npm tells have not, when it does not say so. */
function mayHold(name: string, folder: string, rootfs: Rootfs, call: Call, build: Build): boolean {
  const path = join(folder, 'node_modules');
  const { presence, change } = rootfs.stat(path);
  // A build adds to installed packages, as `prisma generate` does, and brings few of its own.
  const installed = rootfs.trees(path).some(({ content }) => content?.kind === 'dependencies');
  const built = !installed && change?.content?.kind === 'output' && change.content.makes === 'build-output';
  const lockfile = textAt(join(folder, 'package-lock.json'), rootfs, build);
  const manifest = textAt(join(folder, 'package.json'), rootfs, build);
  const comes = call.installs === true && rootfs.stat(join(folder, 'package.json')).presence !== 'absent';
  if ((presence === 'absent' || built) && !comes && !linksUnseen(folder, call)) return false;
  if (lockfile === undefined || manifest === undefined) return true;
  return [lockfile, manifest].some((text) => text.includes(`"${name}"`) || text.includes(`node_modules/${name}"`));
}
