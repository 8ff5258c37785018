/** Calls of scripts that package.json does not have: in RUN, in HEALTHCHECK, and where the container starts. */
import {
  type Invocation,
  manifestScript,
  namesMembers,
  readInvocation,
  runsInMembers,
  scriptsRunTogether,
} from '../../knowledge/index.ts';
import { commandScript, simpleCommands } from '../../syntax/index.ts';
import type { Build, Located, Rootfs, Stage } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { isOneEdit } from '../files/near-names.ts';
import { directoryName, join } from '../files/path.ts';
import { preceded } from '../per-stage.ts';
import { endsTheBuild } from '../query.ts';
import { calledProject } from '../run/called-project.ts';
import { launchOf } from './launch.ts';
import { startIsTakenForScript } from './missing-node.ts';
import { purposeOf } from './start.ts';
import { commandsInText } from './start-script.ts';

export interface MissingPackageScript extends Located {
  readonly script: string;
  /** Absolute. */
  readonly manifest: string;
  /** What brings the manifest. */
  readonly broughtBy: Located;
  /** The script that calls it, where the Dockerfile names only that one. */
  readonly calledBy?: string;
  /** The script of which it is one letter off. */
  readonly near?: string;
}

type Missing = Omit<MissingPackageScript, 'span'>;

interface Called {
  readonly words: readonly (string | undefined)[];
  readonly workdir: string | undefined;
}

/** Where a call is made. */
interface Scene {
  readonly rootfs: Rootfs;
  readonly stage: Stage;
  readonly build: Build;
}

/** Only where the manifest comes from the build context as it is there. */
export function* missingPackageScripts(build: Build): Iterable<MissingPackageScript> {
  for (const stage of build.stages) {
    if (!stage.reachable) continue;
    for (const { commands } of stage.steps)
      for (const command of commands) {
        const { name, arguments: words, workdir, step } = command;
        if (command.runs !== 'always' || command.invocation?.operation !== 'run' || !endsTheBuild(command)) continue;
        const found = missingIn({ words: [name, ...words], workdir }, { rootfs: step.before.rootfs, stage, build });
        if (found !== undefined && !rewritesManifest(stage, command)) yield { span: command.span, ...found };
      }
  }
  const told = new Set<Located['span']>();
  for (const target of build.targets) {
    if (purposeOf(target, build.path) !== 'runtime') continue;
    for (const { span, ...called } of [...started(target, build), ...asked(target)]) {
      if (told.has(span)) continue;
      const found = missingIn(called, { rootfs: target.result.rootfs, stage: target, build });
      if (found === undefined || rewritesManifest(target)) continue;
      told.add(span);
      yield { span, ...found };
    }
  }
}

/** What surely runs where a container starts. */
function started(target: Stage, build: Build): readonly (Called & Located)[] {
  const launch = launchOf(target);
  if (launch === undefined || launch.entrypoint === 'script' || startIsTakenForScript(build, target)) return [];
  return launch.commands.filter(({ runs }) => runs === 'always');
}

/** What surely runs each time that the container is asked for its health. */
function asked({ result }: Stage): readonly (Called & Located)[] {
  const { healthcheck, shell, workdir } = result;
  if (healthcheck === undefined || healthcheck.command === 'none') return [];
  return simpleCommands(commandScript(healthcheck.command, shell))
    .filter(({ runs, guards, failure }) => runs === 'always' && guards.length === 0 && failure !== 'open')
    .map(({ effective }) => ({ words: effective.map(({ text }) => text), workdir, span: healthcheck.span }));
}

function missingIn(called: Called, scene: Scene): Missing | undefined {
  const call = readInvocation(called.words);
  if (call === undefined || call.operation !== 'run' || call.uncertain || mayPassOver(called.words)) return undefined;
  const folder = calledProject(call, called.workdir, scene.rootfs, scene.build);
  return folder === undefined || call.script === undefined
    ? undefined
    : missingFrom({ call, script: call.script, folder }, scene, new Set());
}

/** A word is not known, or the call runs what there is of scripts: in each member of a workspace, or none. */
const mayPassOver = (words: Called['words']): boolean =>
  words.some((word) => word === undefined || word === '--if-present') || runsInMembers(words);

interface ScriptCall {
  /** Absent where a program is given the names of scripts. */
  readonly call?: Invocation;
  readonly script: string;
  readonly folder: string;
}

/** The script, or one that it surely runs. */
function missingFrom({ call, script, folder }: ScriptCall, scene: Scene, seen: Set<string>): Missing | undefined {
  const key = `${folder} ${script}`;
  const manifest = join(folder, 'package.json');
  const { presence, change } = scene.rootfs.stat(manifest);
  const text = presence === 'present' ? textAt(manifest, scene.rootfs, scene.build) : undefined;
  if (text === undefined || change === undefined || seen.has(key)) return undefined;
  seen.add(key);
  const written = manifestScript(text, script);
  if (written === undefined) return undefined;
  if (written !== null) {
    // Of the others some run no pre and post scripts.
    const around = call?.manager === 'npm' || call === undefined ? [`pre${script}`, script, `post${script}`] : [script];
    for (const each of around)
      for (const within of callsWithin(manifestScript(text, each) ?? '', folder, scene)) {
        const missing = missingFrom(within, scene, seen);
        if (missing !== undefined) return { ...missing, calledBy: missing.calledBy ?? each };
      }
    return undefined;
  }
  if (call !== undefined && (!isNoProgram(call, folder, text, scene) || hasServer(script, folder, scene.rootfs)))
    return undefined;
  const near = namesOf(text).find((name) => isOneEdit(name, script));
  return { script, manifest, broughtBy: change, ...(near === undefined ? {} : { near }) };
}

/** The calls of a script with which it ends where they fail. */
function* callsWithin(text: string, folder: string, { rootfs, stage, build }: Scene): Iterable<ScriptCall> {
  if (!/\b(?:npm|pnpm|yarn|run-s|run-p|bun)\b/.test(text)) return;
  for (const { words, workdir, runs, decides } of commandsInText(text, folder, stage)) {
    if (runs !== 'always' || !decides || mayPassOver(words)) continue;
    for (const script of scriptsRunTogether(words)) yield { script, folder };
    const call = readInvocation(words);
    const project =
      call?.operation !== 'run' || call.uncertain ? undefined : calledProject(call, workdir, rootfs, build);
    if (call?.script !== undefined && project !== undefined) yield { call, script: call.script, folder: project };
  }
}

/** npm runs scripts alone, `pnpm run` too; the others take a program of the packages for one: `yarn tsc`. */
function isNoProgram(
  { manager, script = '', subcommand }: Invocation,
  folder: string,
  text: string,
  scene: Scene,
): boolean {
  if (manager === 'npm') return !/^(?:env|restart)$/.test(script);
  if (manager === 'pnpm' && /^run(?:-script)?$/.test(subcommand)) return /^[\w:.-]+$/.test(script);
  if (script.includes(':')) return manager !== 'yarn' || (namesMembers(text) === false && standsAlone(folder, scene));
  return manager === 'bun' ? /^(?:start|dev)$/.test(script) : /^(?:start|build|dev|test)$/.test(script);
}

/** yarn 2+ looks for `web:build` in all members of a workspace. */
function standsAlone(folder: string, { rootfs }: Scene): boolean {
  for (let above = folder; above !== '/'; ) {
    above = directoryName(above);
    if (rootfs.stat(join(above, 'package.json')).presence !== 'absent') return false;
  }
  return true;
}

/** Without a script `start` npm and pnpm run server.js, which no build makes beside the manifest. */
function hasServer(script: string, workdir: string, rootfs: Rootfs): boolean {
  const { presence, change } = rootfs.stat(join(workdir, 'server.js'));
  return (
    script === 'start' && (presence === 'present' || (presence === 'unknown' && change?.content?.kind !== 'output'))
  );
}

function namesOf(manifest: string): readonly string[] {
  const { scripts }: { readonly scripts?: object } = JSON.parse(manifest);
  return typeof scripts === 'object' && scripts !== null ? Object.keys(scripts) : [];
}

/** Whether a command before this one may write scripts into a manifest. */
export const rewritesManifest = preceded(({ name, arguments: words }) =>
  words.some(
    (word) =>
      word === undefined || word.includes('package.json') || (isManager.test(name ?? '') && writesScripts.test(word)),
  ),
);

const isManager = /^(?:npm|pnpm|yarn|npx)$/;

const writesScripts = /^(?:pkg|set-script|init|create|create-.+)$/;
