/** Calls of scripts that package.json does not have: in RUN, and where the container starts. */
import { type Invocation, manifestScript, readInvocation } from '../../knowledge/index.ts';
import type { Build, Command, Located, Rootfs, Stage } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { isOneEdit } from '../files/near-names.ts';
import { join } from '../files/path.ts';
import { chainOf, endsTheBuild } from '../query.ts';
import { launchOf } from './launch.ts';
import { startIsTakenForScript } from './missing-node.ts';
import { purposeOf } from './start.ts';

export interface MissingPackageScript extends Located {
  readonly manager: string;
  readonly script: string;
  /** Absolute. */
  readonly manifest: string;
  /** What brings the manifest. */
  readonly broughtBy: Located;
  /** The script of which it is one letter off. */
  readonly near?: string;
}

/** Only where the manifest comes from the build context as it is there. */
export function* missingPackageScripts(build: Build): Iterable<MissingPackageScript> {
  for (const stage of build.stages) {
    if (!stage.reachable) continue;
    for (const { commands } of stage.steps)
      for (const command of commands) {
        const { name, arguments: words, workdir, step } = command;
        if (command.runs !== 'always' || !endsTheBuild(command)) continue;
        const found = missingIn(command.invocation, [name, ...words], workdir, step.before.rootfs, build);
        if (found !== undefined && !rewritesManifest(stage, command)) yield { span: command.span, ...found };
      }
  }
  const told = new Set<Located['span']>();
  for (const target of build.targets) {
    const launch = launchOf(target);
    if (launch === undefined || launch.entrypoint === 'script' || purposeOf(target, build.path) !== 'runtime') continue;
    for (const { words, workdir, runs, span } of launch.commands) {
      if (runs !== 'always' || told.has(span)) continue;
      const found = missingIn(readInvocation(words), words, workdir, target.result.rootfs, build);
      if (found === undefined || rewritesManifest(target) || startIsTakenForScript(build, target)) continue;
      told.add(span);
      yield { span, ...found };
    }
  }
}

function missingIn(
  call: Invocation | undefined,
  words: readonly (string | undefined)[],
  workdir: string | undefined,
  rootfs: Rootfs,
  build: Build,
): Omit<MissingPackageScript, 'span'> | undefined {
  const { manager, script } = call ?? {};
  if (call?.operation !== 'run' || manager === undefined || script === undefined || workdir === undefined)
    return undefined;
  if (call.uncertain || call.directory !== undefined || call.workspaces.length > 0) return undefined;
  if (words.some((word) => word === undefined || /^(?:--if-present|--workspaces|-ws|-r|--recursive)$/.test(word)))
    return undefined;
  if (!isNoProgram(manager, script) || hasServer(script, workdir, rootfs)) return undefined;
  const manifest = join(workdir, 'package.json');
  const { presence, change } = rootfs.stat(manifest);
  const text = presence === 'present' ? textAt(manifest, rootfs, build) : undefined;
  if (change === undefined || text === undefined || manifestScript(text, script) !== null) return undefined;
  const near = namesOf(text).find((name) => isOneEdit(name, script));
  return { manager, script, manifest, broughtBy: change, ...(near === undefined ? {} : { near }) };
}

/** npm runs scripts alone, the others take a program of the packages for one: `yarn tsc`; yarn looks for `web:build` in all members. */
function isNoProgram(manager: string, script: string): boolean {
  if (manager === 'npm') return !/^(?:env|restart)$/.test(script);
  return (
    (manager === 'pnpm' || manager === 'yarn') &&
    /^(?:start|build|dev|test)$|:/.test(script) &&
    !(manager === 'yarn' && script.includes(':'))
  );
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
export function rewritesManifest(stage: Stage, command?: Command): boolean {
  const all = chainOf(stage).flatMap(({ steps }) => steps.flatMap(({ commands }) => commands));
  const before = command === undefined ? all : all.slice(0, all.indexOf(command));
  return before.some(({ name, arguments: words }) =>
    words.some(
      (word) =>
        word === undefined || word.includes('package.json') || (isManager.test(name ?? '') && writesScripts.test(word)),
    ),
  );
}

const isManager = /^(?:npm|pnpm|yarn|npx)$/;

const writesScripts = /^(?:pkg|set-script|init|create|create-.+)$/;
