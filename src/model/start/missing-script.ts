/** Ship targets that start a script which certainly is not in them. */
import {
  archiveOperandOf,
  isBareImage,
  isPythonManager,
  manifestScript,
  mayBeBuilt,
  scriptOperandOf,
  scriptWords,
} from '../../knowledge/index.ts';
import type { Build, Command, FileChange, Layer, Located, Stage } from '../build.ts';
import { join, relativeTo, resolve } from '../files/path.ts';
import { chainOf, stageNamedBy } from '../query.ts';
import { environmentMadeBy, fileEffectsOf, toolInstallOf } from '../run/command-calls.ts';
import { isOpenBase } from '../state/image-state.ts';
import { textAt } from '../state/word-values.ts';
import { type LaunchedCommand, launchOf } from './launch.ts';
import { manifestText, scriptBehind } from './manifest-script.ts';
import { takenForScripts } from './missing-node.ts';

export interface MissingScript {
  readonly target: Stage;
  readonly command: LaunchedCommand;
  /** As written. */
  readonly script: string;
  /** Absolute. */
  readonly path: string;
  /** The COPY that would bring it, were it in the context. */
  readonly from?: Located;
  /** What takes it away again. */
  readonly removed?: Located;
  /** .dockerignore keeps it out of the context. */
  readonly ignored: boolean;
}

/** Where base images have files of their own. */
const system = /^\/(?:usr\/(?!src\/|app\/)|s?bin\/|lib\w*\/|etc\/|nodejs\/|proc\/|sys\/|dev\/)/;

/** Only where the base, the context and all commands that may have made the file are known. */
export function* missingScripts(build: Build): Iterable<MissingScript> {
  const listed = build.context.root !== undefined || build.context.list('') !== undefined;
  const ofNode = takenForScripts(build);
  for (const target of build.targets) {
    const command = firstCommand(target);
    if (command !== undefined && ofNode.has(command)) continue;
    const program = command === undefined || !isBare(target) ? undefined : programOf(command);
    const archive = command === undefined ? undefined : archiveOf(command, target);
    const script = command === undefined ? undefined : scriptOperandOf(wordsOf(command, target, build));
    const operand = program ?? archive ?? script;
    if (command?.workdir === undefined || operand === undefined) continue;
    const path = resolve(command.workdir, operand.script);
    const chain = chainOf(target);
    if (
      isOpenBase(target.base) ||
      (system.test(path) && chain[0]?.base.kind !== 'scratch') ||
      isOfBase(path, chain) ||
      [...target.result.volumes.keys()].some((volume) => isAbove(volume, path))
    )
      continue;
    const places = operand.endings.map((ending) => path + ending);
    if (places.some((place) => target.result.rootfs.stat(place).presence !== 'absent')) continue;
    if (
      !chain.every((stage) => isTraced(stage, build)) ||
      (archive === undefined && !hasSource(chain, program === undefined ? command.workdir : '/'))
    )
      continue;
    const above = chain
      .flatMap(({ layers }) => layers.flatMap(({ changes }) => changes))
      .filter((change) => isAbove(change.path, path));
    if (
      chain.some((stage) =>
        stage.layers.some((layer) => copiesUnknown(layer, path) || copiesFilled(layer, path, build)),
      )
    )
      continue;
    // What a copied folder holds is known where the context is, that of a folder which is only made always.
    const isOnlyMade = above.length > 0 && above.every(({ content }) => content?.kind === 'directory');
    if (!listed && operand === script && !isOnlyMade) continue;
    const verdicts = above.map((change) => verdictOf(change, path, build));
    if (verdicts.includes('unknown')) continue;
    const removed = chain
      .flatMap(({ layers }) => layers.flatMap(({ changes }) => changes))
      .findLast((change) => change.kind === 'removal' && places.includes(change.path));
    const from = removed === undefined ? above.find((change) => change.content?.kind === 'context') : undefined;
    yield {
      target,
      command,
      script: operand.script,
      path,
      ignored: verdicts.includes('ignored'),
      ...(from === undefined ? {} : { from }),
      ...(removed === undefined ? {} : { removed }),
    };
  }
}

/** An archive beside which others of its kind are copied: none of them is mounted when the container runs. */
function archiveOf({ words }: LaunchedCommand, target: Stage): ReturnType<typeof archiveOperandOf> {
  const operand = archiveOperandOf(words);
  const ending = operand?.script.slice(-4) ?? '';
  const isOne = ({ path, kind }: FileChange): boolean => kind === 'addition' && path.endsWith(ending);
  const brings = ({ step, changes }: Layer): boolean =>
    (step.instruction.keyword === 'COPY' || step.instruction.keyword === 'ADD') && changes.some(isOne);
  return operand !== undefined && chainOf(target).some(({ layers }) => layers.some(brings)) ? operand : undefined;
}

/** Whether the base image brings no program of its own. */
function isBare(target: Stage): boolean {
  const base = chainOf(target)[0]?.base;
  return (
    base?.kind === 'scratch' ||
    (base?.kind === 'image' && base.openTag !== true && isBareImage(base.reference.familiar))
  );
}

/** A program that is called by its path. */
function programOf({
  words: [program],
}: LaunchedCommand): { readonly script: string; readonly endings: readonly string[] } | undefined {
  return program?.includes('/') === true && !/[*?~]/.test(program) ? { script: program, endings: [''] } : undefined;
}

/** Whether the base image may have files there: in its own working directory. */
function isOfBase(path: string, [root]: readonly Stage[]): boolean {
  const workdir = root?.base.kind === 'image' ? root.base.facts?.workdir : undefined;
  return workdir !== undefined && workdir !== '/' && isAbove(workdir, path);
}

/** The first command that does more than print or enter a directory, when nothing decides whether it runs. */
function firstCommand(target: Stage): LaunchedCommand | undefined {
  const commands = launchOf(target)?.commands ?? [];
  const command = commands.find(({ words }) => !/^(?:echo|printf|cd|set|export|:|umask|ulimit)$/.test(words[0] ?? ''));
  return command?.runs === 'always' ? command : undefined;
}

/** The words of the command, or those of the script of package.json behind it. */
function wordsOf(command: LaunchedCommand, target: Stage, build: Build): readonly (string | undefined)[] {
  const script = scriptBehind(command, target, build);
  if (typeof script !== 'string') return command.words;
  const manifest = manifestText(command.workdir, target, build) ?? '';
  const hooked = ['prestart', 'preserve'].some((name) => typeof manifestScript(manifest, name) === 'string');
  return hooked || /[^\w\s./@:=-]/.test(script) ? [] : scriptWords(script);
}

const isAbove = (folder: string, path: string): boolean => relativeTo(folder, path) !== undefined;

/** Application files are copied, so that it is not all mounted when the container runs. */
const hasSource = (chain: readonly Stage[], workdir: string): boolean =>
  chain.some(({ steps }) =>
    steps.some(
      ({ instruction, cacheInputs, before }) =>
        (instruction.keyword === 'COPY' || instruction.keyword === 'ADD') &&
        (instruction.from !== undefined || cacheInputs.some(({ holds }) => holds === 'source')) &&
        instruction.destination.text !== undefined &&
        before.workdir !== undefined &&
        isAbove(workdir, resolve(before.workdir, instruction.destination.text)),
    ),
  );

const traced = new Set('mkdir rm rmdir chown chmod touch mv cp ln'.split(' '));

/** Whether the model knows all that the commands of a stage do to the files of a project. */
function isTraced(stage: Stage, build: Build): boolean {
  return stage.steps.every(
    ({ instruction, commands }) =>
      instruction.keyword !== 'RUN' ||
      (commands.length > 0 && commands.every((command) => tracesFiles(command, build))),
  );
}

function tracesFiles(command: Command, build: Build): boolean {
  const { name, arguments: words, install, step } = command;
  if (name === undefined) return false;
  if (traced.has(name)) return !words.includes(undefined);
  if (command.invocation?.operation === 'cache-clean' || (command.invocation?.global && install?.adds.length !== 0))
    return true;
  if (install === undefined ? isOfPython(command) : isPythonManager(install.manager)) return true;
  if (install === undefined) return fileEffectsOf(command) === 'none';
  const manifest = manifestText(install.directory, step.stage, build);
  const scripts = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish'];
  return install.node && manifest !== undefined && scripts.every((script) => manifestScript(manifest, script) === null);
}

/** It fills an environment of packages, or makes one. */
const isOfPython = (command: Command): boolean =>
  environmentMadeBy(command) !== undefined || toolInstallOf(command) === 'pip install';

/** Copies into a folder above `path` something of which it is not known whether it is a file or a folder. */
function copiesUnknown({ step: { instruction, before }, changes }: Layer, path: string): boolean {
  if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') return false;
  const to = instruction.destination.text;
  if (to !== undefined && !isAbove(resolve(before.workdir ?? '/', to), path)) return false;
  return (
    to === undefined || changes.some(({ content }) => /^(?:image|unknown|remote)$/.test(content?.kind ?? 'unknown'))
  );
}

/** Copies a folder of another stage, of which something is known, and which a command may have filled with more. */
function copiesFilled({ step, changes }: Layer, path: string, build: Build): boolean {
  const { instruction, before, stage } = step;
  if (instruction.keyword !== 'COPY') return false;
  const from = stageNamedBy(instruction.from, stage, build);
  const to = textAt(instruction.destination, step, build);
  if (from === undefined || to === undefined || !isAbove(resolve(before.workdir ?? '/', to), path)) return false;
  const folders = instruction.sources.map((word) => resolve('/', textAt(word, step, build) ?? ''));
  const isFolder = changes.some(({ source }) => folders.some((folder) => isBelow(folder, source?.path)));
  return isFolder && !chainOf(from).every((each) => isTraced(each, build));
}

const isBelow = (folder: string, path: string | undefined): boolean =>
  path !== undefined && path !== folder && isAbove(folder, path);

/** Whether a folder that was put above the script lacks it for sure. */
function verdictOf(change: FileChange, script: string, build: Build): 'absent' | 'ignored' | 'unknown' {
  const { content, source, path, kind } = change;
  if (kind === 'removal' || content?.kind === 'dependencies') return 'absent';
  // In another stage a command may have filled the folder before it was copied.
  if (source !== undefined && !chainOf(source.step.stage).every((stage) => isTraced(stage, build))) return 'unknown';
  if (content?.kind === 'directory') return 'absent';
  if (content?.kind !== 'context' || content.entry !== 'directory') return 'unknown';
  const written = join(content.path, relativeTo(path, script) ?? '');
  if (build.context.ignores(written) === true) return 'ignored';
  const typed = build.context.stat(written.replace(/js$/, 'ts'));
  return mayBeBuilt(written) || typed !== 'absent' ? 'unknown' : 'absent';
}
