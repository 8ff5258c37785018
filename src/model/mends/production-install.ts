/** Dependency trees without development packages. */
import { addressesMembers, majorsOf, manifestScript } from '../../knowledge/index.ts';
import type { Build, Command, Install, Stage, Step } from '../build.ts';
import { baseName } from '../files/path.ts';
import { chainOf } from '../query.ts';
import type { DevelopmentTree } from '../shipped/development-trees.ts';
import { manifestText } from '../start/manifest-script.ts';
import { startingProgram } from '../start/start.ts';
import { behind, type Fix } from './fix.ts';
import { plainNodeCall } from './program-itself.ts';
import { isWrittenOut, writtenAt } from './written.ts';

/**
 * Leaves them out of the install where nothing later needs them, else takes them out where the stage that builds ends,
 * which the shipping one copies from. Unsafe: a program may load what its manifest names for development.
 */
export function productionInstall(build: Build, tree: DevelopmentTree): Fix | undefined {
  const { command, target, start, omitted } = tree;
  const { install } = command;
  if (install === undefined || start !== undefined || omitted !== undefined || command.shell.partial) return undefined;
  if (install.follows !== undefined || install.adds.length > 0 || command.runs !== 'always') return undefined;
  if (!startsPlainly(build, target)) return undefined;
  const { stage } = command.step;
  const users = [stage, ...build.stages.filter((each) => each !== stage && chainOf(each).includes(stage))];
  const works = users.some((each) => worksWithTree(each, command));
  if (!works && !isCopiedElsewhere(build, stage, users, target)) return omitting(build, command, install);
  return prunedAtEnd(build, tree, install);
}

/** The image starts no script that may build first, or start with a tool for development. */
function startsPlainly(build: Build, target: Stage): boolean {
  const { operation, script } = startingProgram(target)?.invocation ?? {};
  if (operation === undefined) return true;
  if (operation !== 'run' || script === undefined) return false;
  const manifest = manifestText(target.result.workdir, target, build);
  const text = manifest === undefined ? undefined : manifestScript(manifest, script);
  return typeof text === 'string' ? plainNodeCall(text) !== undefined : /^start(?::prod)?$/.test(script);
}

/** Whether anything behind the install may run a program out of the tree. */
function worksWithTree({ steps }: Stage, install: Command): boolean {
  const from = steps.indexOf(install.step);
  return steps.slice(Math.max(from, 0)).some((step) => {
    const { instruction, commands } = step;
    if (instruction.keyword !== 'RUN') return false;
    const behindIt = step === install.step ? commands.slice(commands.indexOf(install) + 1) : commands;
    return commands.length === 0 || behindIt.some((command) => !isApart(command));
  });
}

const apart =
  /^(?:rm|mkdir|chown|chmod|adduser|addgroup|useradd|groupadd|apk|apt-get|apt|echo|true|ln|cp|mv|touch|cd|set|find|test|\[|corepack)$/;

/** Commands that load nothing from a dependency tree. */
const isApart = ({ name, arguments: words, invocation }: Command): boolean =>
  apart.test(name ?? '') ||
  invocation?.global === true ||
  (/^(?:npm|yarn|composer)$/.test(name ?? '') && /^(?:cache|config|clear-?cache)$/.test(words[0] ?? '')) ||
  (name === 'pnpm' && words[0] === 'store');

/** Another stage than the one that ships takes from these and may work with the tree. */
const isCopiedElsewhere = (build: Build, stage: Stage, users: readonly Stage[], target: Stage): boolean =>
  build.edges.some(
    ({ from, to, via }) => via !== 'base' && (from === stage || users.includes(from)) && to !== target && !to.final,
  );

/** The option of each manager, behind which word it goes. */
function omitting(build: Build, { shell, invocation, name }: Command, install: Install): Fix | undefined {
  const option = optionOf(install);
  const [tool, ...words] = shell.effective;
  if (option === undefined || tool === undefined || invocation?.development === 'include' || invocation?.uncertain)
    return undefined;
  const subcommand = words.find(({ text }) => text !== undefined && !text.startsWith('-'));
  if (words.some(({ text }) => text === undefined) || !isWrittenOut(tool, build)) return undefined;
  const isCalled = /^(?:ci|clean-install|install|i|sync|update)$/.test(subcommand?.text ?? '');
  if (subcommand !== undefined && (!isCalled || !isWrittenOut(subcommand, build))) return undefined;
  if (subcommand === undefined && (install.manager !== 'yarn' || baseName(name ?? '') !== 'yarn')) return undefined;
  const text = subcommand === undefined ? ` install ${option}` : ` ${option}`;
  return {
    says: `Install for production: ${option}`,
    safety: 'unsafe',
    edits: [behind((subcommand ?? tool).span, text)],
  };
}

/** npm before 7, which Node.js has had since 15, passes over `--omit`. */
function isOldNpm(version: string | undefined, { step }: Command): boolean {
  const major = majorsOf(version)?.most;
  if (major !== undefined) return major < 7;
  const base = chainOf(step.stage)[0]?.base;
  const tag = base?.kind === 'image' && /(?:^|\/)node$/.test(base.reference.familiar) ? base.reference.tag : undefined;
  return Number(/^\d+/.exec(tag ?? '')?.[0] ?? 15) < 15;
}

function optionOf({ manager, version, command }: Install): string | undefined {
  switch (manager) {
    case 'npm':
      return isOldNpm(version, command) ? '--only=production' : '--omit=dev';
    case 'pnpm':
      return '--prod';
    case 'bun':
      return '--production';
    case 'yarn':
      return majorsOf(version)?.most === 1 ? '--production' : undefined;
    case 'composer':
    case 'uv':
      return '--no-dev';
    case 'poetry':
      return '--only main';
    default:
      return undefined;
  }
}

/** A RUN of its own at the end of the stage that builds, where the one that ships copies the tree out of it. */
function prunedAtEnd(build: Build, { hops, change, target }: DevelopmentTree, install: Install): Fix | undefined {
  const { stage } = install.command.step;
  const copied = hops.at(-1) ?? change;
  const others = build.stages.some((each) => each !== stage && chainOf(each).includes(stage));
  if (copied.step.stage === stage || hops.length > 1 || others || chainOf(target).includes(stage)) return undefined;
  if (isCopiedElsewhere(build, stage, [stage], target) || stage.result.workdir !== install.directory) return undefined;
  const call = pruning(install);
  const last = stage.steps.at(-1);
  if (call === undefined || last === undefined || last.instruction.onbuild || !isAtLineEnd(build, last))
    return undefined;
  const word = install.command.step.instruction.word;
  return {
    says: `Take development packages out: ${call}`,
    safety: 'unsafe',
    edits: [behind(last.span, `\n${word} ${call}`)],
  };
}

const isAtLineEnd = (build: Build, { span }: Step): boolean =>
  /^\s*$/.test(
    writtenAt(build, { line: span.endLine, column: span.endColumn, endLine: span.endLine + 1, endColumn: 1 }),
  );

function pruning({ manager, version, lockfile, command }: Install): string | undefined {
  const workspaces = command.invocation?.workspaces.length ?? 0;
  if (workspaces > 0 || lockfile !== 'present') return undefined;
  const major = majorsOf(version);
  if (manager === 'npm') return isOldNpm(version, command) ? 'npm prune --production' : 'npm prune --omit=dev';
  // pnpm prunes the root of a workspace only.
  const linked = command.step.stage.steps.some(({ commands }) =>
    commands.some(({ name, arguments: words }) => addressesMembers([name, ...words])),
  );
  if (manager === 'pnpm') return linked ? undefined : 'pnpm prune --prod';
  if (manager === 'yarn' && major?.most === 1)
    return 'yarn install --frozen-lockfile --production --ignore-scripts --prefer-offline';
  return manager === 'composer' ? 'composer install --no-dev --no-scripts' : undefined;
}
