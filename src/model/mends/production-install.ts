/** Dependency trees without development packages. */
import { handlesFilesOnly, majorsOf, manifestScript } from '../../knowledge/index.ts';
import type { ShellWord } from '../../syntax/index.ts';
import type { Build, Command, Install, Stage, Step } from '../build.ts';
import { baseName } from '../files/path.ts';
import { chainOf } from '../query.ts';
import type { DevelopmentTree } from '../shipped/development-trees.ts';
import { manifestText } from '../start/manifest-script.ts';
import { startingProgram } from '../start/start.ts';
import { behind, type Fix } from './fix.ts';
import { plainNodeCall } from './program-itself.ts';
import { focuses, isOldNpm, pruning } from './pruned-packages.ts';
import { isWrittenOut, writtenAt } from './written.ts';

/**
 * Leaves them out of the install where nothing later needs them, else takes them out where the stage that builds ends,
 * which the shipping one copies from. Unsafe: a program may load what its manifest names for development.
 */
export function productionInstall(build: Build, tree: DevelopmentTree): Fix | undefined {
  const { command, target, start, omitted } = tree;
  const { install } = command;
  // What its scripts install in other folders is not its own.
  if (install?.directory !== tree.install.directory) return undefined;
  if (install === undefined || start !== undefined || omitted !== undefined || command.shell.partial) return undefined;
  if (install.follows !== undefined || install.adds.length > 0 || command.runs !== 'always') return undefined;
  if (!startsPlainly(build, target)) return undefined;
  const { stage } = command.step;
  const users = [stage, ...build.stages.filter((each) => each !== stage && chainOf(each).includes(stage))];
  const copies = [tree.change, ...tree.hops].filter(({ step }) => !users.includes(step.stage));
  if (copies.some(({ step }) => worksBehind(step))) return undefined;
  const works = users.some((each) => worksWithTree(each, command));
  if (!works && !isCopiedElsewhere(build, stage, users, target)) return omitting(build, tree, install);
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

/** Whether a stage runs a program after it has taken the tree over: it may be one for development. */
const worksBehind = (copy: Step): boolean =>
  copy.stage.steps
    .slice(copy.stage.steps.indexOf(copy) + 1)
    .some(
      ({ instruction, commands }) =>
        instruction.keyword === 'RUN' && (commands.length === 0 || commands.some((command) => !isApart(command))),
    );

/** Commands that load nothing from a dependency tree. */
const isApart = ({ name, arguments: words, invocation }: Command): boolean =>
  handlesFilesOnly(name) ||
  name === 'find' ||
  invocation?.global === true ||
  (/^(?:npm|yarn|composer)$/.test(name ?? '') && /^(?:cache|config|clear-?cache)$/.test(words[0] ?? '')) ||
  (name === 'pnpm' && words[0] === 'store');

/** Another stage than the one that ships takes from these and may work with the tree. */
const isCopiedElsewhere = (build: Build, stage: Stage, users: readonly Stage[], target: Stage): boolean =>
  build.edges.some(
    ({ from, to, via }) => via !== 'base' && (from === stage || users.includes(from)) && to !== target && !to.final,
  );

/** The option of each manager, behind which word it goes. */
function omitting(build: Build, { command, idle }: DevelopmentTree, install: Install): Fix | undefined {
  const { shell, invocation, name, step } = command;
  const option = optionOf(install);
  const [tool, ...words] = shell.effective;
  if (install.lockfile === 'present' && focuses(install, step.stage, build)) return focusing(build, shell.effective);
  if (option === undefined || tool === undefined || invocation?.development === 'include' || invocation?.uncertain)
    return undefined;
  const subcommand = words.find(({ text }) => text !== undefined && !text.startsWith('-'));
  if (words.some(({ text }) => text === undefined) || !isWrittenOut(tool, build)) return undefined;
  const isCalled = /^(?:ci|clean-install|install|i|sync|update)$/.test(subcommand?.text ?? '');
  if (subcommand !== undefined && (!isCalled || !isWrittenOut(subcommand, build))) return undefined;
  if (subcommand === undefined && (install.manager !== 'yarn' || baseName(name ?? '') !== 'yarn')) return undefined;
  const text = subcommand === undefined ? ` install ${option}` : ` ${option}`;
  const isWritten = idle !== undefined && isWrittenOut(idle, build);
  return {
    says: `Install for production: ${option}`,
    safety: 'unsafe',
    edits: [isWritten ? { at: idle.span, text: option } : behind((subcommand ?? tool).span, text)],
  };
}

/** Yarn from 2 on has no such option: `yarn workspaces focus` stands for the install. */
function focusing(build: Build, words: readonly ShellWord[]): Fix | undefined {
  const [tool, ...rest] = words;
  const last = words.at(-1);
  if (tool?.text !== 'yarn' || last === undefined || words.some((word) => !isWrittenOut(word, build))) return undefined;
  if (!rest.every(({ text }) => /^(?:install|--immutable|--frozen-lockfile|--inline-builds)$/.test(text ?? '')))
    return undefined;
  const { endLine, endColumn } = last.span;
  const text = 'yarn workspaces focus --all --production';
  return {
    says: `Install for production: ${text}`,
    safety: 'unsafe',
    edits: [{ at: { ...tool.span, endLine, endColumn }, text }],
  };
}

function optionOf(install: Install): string | undefined {
  const { manager, version } = install;
  switch (manager) {
    case 'npm':
      return isOldNpm(install) ? '--only=production' : '--omit=dev';
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
  const call = pruningOf(install, build);
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

/** One lockfile for all packages; a call for some members of a workspace leaves the others alone. */
function pruningOf(install: Install, build: Build): string | undefined {
  const { manager, lockfile, command } = install;
  if ((command.invocation?.workspaces.length ?? 0) > 0 || lockfile !== 'present') return undefined;
  if (manager === 'composer') return 'composer install --no-dev --no-scripts';
  return pruning(install, command.step.stage, build);
}
