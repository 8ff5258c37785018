/** Whether an image is there to run an application that the build brings in, and how it starts. */
import { buildCall, buildToolKind, dependencyInstall, readInvocation } from '../../knowledge/index.ts';
import { commandName, type ShellCommand } from '../../syntax/index.ts';
import type { Build, Command, Stage, StartCommand, Step } from '../build.ts';
import { baseName } from '../files/path.ts';
import { chainOf, stageNamedBy } from '../query.ts';

const shells: ReadonlySet<string> = new Set(['sh', 'bash', 'ash', 'dash', 'zsh', 'fish', 'su', 'login', 'true']);

/**
 * Something starts that is no mere shell, and files other than scripts and settings are copied in: not so
 * for images of tools, for CI jobs and for other builds.
 */
export function shipsApplication(build: Build, target: Stage): boolean {
  const chain = chainOf(target);
  const base = chain[0]?.base;
  const { entrypoint, cmd } = target.result;
  const serves = base?.kind === 'image' && base.facts?.server !== undefined;
  const starts = [entrypoint, cmd].some((start) => start !== undefined && !isShell(start));
  return (starts || serves) && chain.some((stage) => bringsFilesIn(build, stage));
}

function isShell({ words }: StartCommand): boolean {
  const [first] = words;
  const name = first === undefined ? undefined : baseName(first);
  return name !== undefined && shells.has(name) && !words.some((word) => word === undefined || /^-\w*c$|\./.test(word));
}

/** `npm install -g flowise`, as opposed to the tools of a build. */
export const installsProgram = ({ invocation }: Command): boolean =>
  invocation?.operation === 'add' &&
  invocation.global &&
  !invocation.packages.some((name) =>
    /^(?:npm|pnpm|yarn|bun|corepack|turbo|nx|node-gyp|typescript|n)(?:@|$)/.test(name),
  );

const bringsFilesIn = (build: Build, stage: Stage): boolean =>
  stage.steps.some((step) => copiesProgram(build, step) || step.commands.some(installsProgram));

/** A copy that brings more than scripts, settings and manifests, from the context or from a stage that has it from there. */
export function copiesSource(build: Build, stage: Stage): boolean {
  // Each stage once: in a web of copies there are more ways than can be gone.
  const stages = new Set([stage]);
  for (const { steps } of stages)
    for (const step of steps) {
      const { instruction } = step;
      if (!copiesProgram(build, step) || !('sources' in instruction)) continue;
      if (/^\/etc(?:\/|$)/.test(instruction.destination.text ?? '')) continue;
      const source = stageNamedBy(instruction.from, step.stage, build);
      if (source === undefined) {
        const own = step.cacheInputs.filter((input) => input.step === step);
        if (own.length === 0 || own.some(({ holds }) => holds !== 'install-input')) return true;
        continue;
      }
      for (const from of chainOf(source)) {
        if (installsManifest(from)) return true;
        stages.add(from);
      }
    }
  return false;
}

const installsManifest = ({ steps }: Stage): boolean =>
  steps.some(({ commands }) => commands.some(({ install }) => install !== undefined));

/** A copy from the context or from a stage that brings more than scripts and settings. */
function copiesProgram(build: Build, { instruction, stage }: Step): boolean {
  if (!('sources' in instruction)) return false;
  const own = instruction.from === undefined || stageNamedBy(instruction.from, stage, build) !== undefined;
  return (
    own &&
    instruction.sources.some(
      ({ raw }) =>
        !/\.(?:sh|bash|conf|cfg|ini|ya?ml|toml|cnf|pem|crt|asc|gpg|list|repo)$|entrypoint|^https?:/.test(raw),
    )
  );
}

/** Whether the container compiles when it starts: it installs dependencies, builds, or runs a build tool. */
export function buildsAtStart(target: Stage): boolean {
  const { entrypoint, cmd } = target.result;
  return [entrypoint, cmd].some((start) => start?.script.commands.some((command) => compiles(command)) === true);
}

function compiles(command: ShellCommand): boolean {
  const [, ...rest] = command.effective.map((word) => word.text);
  const words = [commandName(command), ...rest];
  if (command.inner?.commands.some((inner) => compiles(inner)) === true) return true;
  const call = readInvocation(words);
  const installs = call !== undefined && /^(?:install|add|rebuild)$/.test(call.operation);
  const tool = buildToolKind(words[0] ?? '');
  return (
    installs || tool !== undefined || dependencyInstall(words) !== undefined || buildCall(words, call) !== undefined
  );
}
