/** Paths that are taken from a stage in which nothing has made them. */
import { isOfficialImage, projectDirectory } from '../../knowledge/index.ts';
import type { Word } from '../../syntax/index.ts';
import type { Build, Command, Stage, Step } from '../build.ts';
import { isUntouched } from '../files/base-files.ts';
import { isGlob, relativeTo, resolve, splitGlob } from '../files/path.ts';
import { chainOf, wholeText } from '../query.ts';
import { remembered } from '../remembered.ts';
import { fileEffectsOf } from '../run/command-calls.ts';
import { evaluate, variablesOf } from '../state/environment.ts';
import { isOpenBase } from '../state/image-state.ts';

export interface NeverCreated {
  readonly word: Word;
  /** The stage that it is taken from. */
  readonly stage: Stage;
  /** The path itself, or the directory on the way to it, that the stage does not have. */
  readonly directory: string;
  /** Where the stage works, when that is elsewhere. */
  readonly worksIn?: string;
}

/**
 * Sources of COPY --from and mounts that lie in a directory of the project's own (`/app`) which no instruction
 * of the stage makes or names, and any that are not in a stage from scratch. Silent where a command might make it unseen.
 */
export function* neverCreated(build: Build): Iterable<NeverCreated> {
  const stageAt = new Map(build.edges.map(({ from, span }) => [span, from]));
  const known = new Map<string, boolean>();
  for (const { steps } of build.stages)
    for (const step of steps)
      for (const { from, paths } of takenBy(step)) {
        const stage = stageAt.get(from.span);
        for (const word of stage === undefined ? [] : paths) {
          const path = pathOf(word, step, build) ?? '/';
          const bare = stage !== undefined && holdsCopiesOnly(stage);
          const directory = bare ? path : projectDirectory(path);
          if (stage === undefined || directory === undefined) continue;
          const key = `${stage.index} ${directory}`;
          const absent = () => stage.result.rootfs.stat(path).presence === 'absent';
          const lacks = known.get(key) ?? (bare ? absent() : lackingIn(stage, directory, build));
          known.set(key, lacks);
          const { workdir } = stage.result;
          const elsewhere = workdir === undefined || workdir === '/' ? {} : { worksIn: workdir };
          if (lacks) yield { word, stage, directory, ...elsewhere };
        }
      }
}

/** The references of an instruction, with the paths that it takes through each. */
function takenBy({ instruction }: Step): readonly { readonly from: Word; readonly paths: readonly Word[] }[] {
  if (instruction.keyword === 'COPY')
    return instruction.from === undefined ? [] : [{ from: instruction.from, paths: instruction.sources }];
  if (instruction.keyword !== 'RUN') return [];
  return instruction.mounts.flatMap(({ from, source }) =>
    from === undefined || source === undefined ? [] : [{ from, paths: [source] }],
  );
}

function pathOf(word: Word, step: Step, build: Build): string | undefined {
  const text = evaluate(word, variablesOf(step.before, true), build.file.escape);
  if (text === undefined || text.includes('\\')) return undefined;
  const path = resolve('/', text);
  return isGlob(path) ? splitGlob(path).directory : path;
}

/** Whether nothing but COPY, ADD and WORKDIR fill the stage: the model knows all that is in it. */
const holdsCopiesOnly = (stage: Stage): boolean =>
  chainOf(stage).every(
    ({ base, steps }) =>
      (base.kind === 'scratch' || base.kind === 'stage') &&
      steps.every(({ instruction, after }) => instruction.keyword !== 'RUN' && after.workdir !== undefined),
  );

function lackingIn(stage: Stage, directory: string, build: Build): boolean {
  const known = lackedBy(stage);
  const lacks = known.get(directory) ?? certainlyLacks(stage, directory, build);
  known.set(directory, lacks);
  return lacks;
}

/** By directory. */
const lackedBy: (stage: Stage) => Map<string, boolean> = remembered(
  (stage) => stage,
  () => new Map(),
);

/** Whether there is certainly no such directory in a stage, as nothing in it makes or names it. */
function certainlyLacks(stage: Stage, directory: string, build: Build): boolean {
  const { rootfs } = stage.result;
  if (isGlob(directory) || relativeTo(directory, ownDirectory(stage) ?? '/') !== undefined || !isClosed(stage))
    return false;
  if (!isUntouched(rootfs.stat(directory)) || rootfs.under(directory).length > 0) return false;
  return !chainOf(stage).some((each) => mentions(each, directory, build));
}

/** Whether it is known of every command where it writes, and of the base that it has no project in it. */
const isClosed = (stage: Stage): boolean =>
  hasPlainBase(stage) && chainOf(stage).every(({ steps }) => steps.every(isClosedStep));

/** Whether the base is known to have no project in it. */
export function hasPlainBase(stage: Stage): boolean {
  const base = chainOf(stage)[0]?.base;
  return base?.kind === 'scratch' || (base?.kind === 'image' && isPlainImage(base));
}

function isClosedStep({ instruction, after, commands }: Step): boolean {
  if (after.workdir === undefined) return false;
  return instruction.keyword !== 'RUN' || (commands.length > 0 && commands.every(writesInSight));
}

function isPlainImage(base: Extract<Stage['base'], { kind: 'image' }>): boolean {
  const { reference, facts, openTag } = base;
  if (isOpenBase(base) || facts?.os !== 'linux' || openTag) return false;
  return (
    isOfficialImage(reference.familiar) ||
    /^(?:oven\/bun|denoland\/deno|mcr\.microsoft\.com\/dotnet\/\w+)$/.test(reference.familiar)
  );
}

/** The image's own working directory, where that is not the root. */
const ownDirectory = (stage: Stage): string | undefined => {
  const base = chainOf(stage)[0]?.base;
  return base?.kind === 'image' ? base.facts?.workdir : undefined;
};

/** Commands whose files the model follows, or that write below their directory and where they are told to. */
const followed: ReadonlySet<string | undefined> = new Set(
  'rm unlink rmdir find mv cp ln install rsync mkdir touch tee git curl wget sed tar unzip'.split(' '),
);

export function writesInSight(command: Command): boolean {
  const { name, arguments: words, invocation, workdir, shell } = command;
  if (name === undefined) return shell.effective.length === 0;
  const known = invocation !== undefined || followed.has(name) || fileEffectsOf(command) !== 'anything';
  if (!known || (invocation === undefined && fileEffectsOf(command) === 'none')) return known;
  return workdir !== undefined && words.every((word) => word !== undefined);
}

/** Whether an instruction names the directory: in a command, in a variable, as a destination that is not known. */
function mentions(stage: Stage, directory: string, build: Build): boolean {
  const escaped = directory.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const lastPart = escaped.slice(escaped.lastIndexOf('/'));
  const named = new RegExp(`(?:^|[^.\\w-])${escaped}(?![\\w-])|(?:\\.\\.|\\$\\w+|\\})${lastPart}(?![\\w-])`);
  const values = [...stage.result.env.values(), ...stage.result.args.values()];
  if (values.some(({ text }) => text !== undefined && named.test(text))) return true;
  return stage.steps.some(({ instruction, before }) => {
    if (instruction.keyword === 'RUN') return named.test(wholeText(instruction));
    if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') return false;
    return evaluate(instruction.destination, variablesOf(before, true), build.file.escape) === undefined;
  });
}
