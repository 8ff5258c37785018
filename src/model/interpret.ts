/** Runs the instructions of one stage over an abstract state: what is known of the image after each of them. */
import type { BuildContext } from '../context/context.ts';
import type {
  CommandInstruction,
  Instruction,
  Located,
  ShellScript,
  Word,
  WordInstruction,
  WordsInstruction,
} from '../syntax/index.ts';
import { commandScript, expandShellWord, readShellComment } from '../syntax/index.ts';
import type { Base, Command, FileChange, Layer, Stage, StartCommand, State, Step, Value } from './build.ts';
import { type ChangeLog, record } from './files/change-log.ts';
import type { Copies } from './files/copied-trees.ts';
import { copyFiles } from './files/copy.ts';
import { isTooDeep, normalise, resolve } from './files/path.ts';
import { openLog, viewOf } from './files/rootfs.ts';
import { runCommands } from './run/run.ts';
import type { NamedContexts } from './stages/stage-references.ts';
import { cacheInputsOf } from './state/cache.ts';
import { argumentsOf, evaluate, type Lookup, secretsIn, valuesOf, variablesOf } from './state/environment.ts';
import { grown } from './state/grown-map.ts';
import { filesOfBase, initialState, isOpenBase, userAfter } from './state/image-state.ts';
import type { GivenArguments } from './state/passed-arguments.ts';
import { variableNames } from './state/references.ts';
import type { SecretRegister } from './state/secrets.ts';
import type { Recorder, Surroundings } from './state/surroundings.ts';

/** What the stages of one build share. */
export interface Interpretation {
  readonly context: BuildContext;
  readonly escape: '\\' | '`';
  readonly globals: ReadonlyMap<string, Value>;
  /** What a comment at the top of the file says of the shell of the base images. */
  readonly shell: readonly string[] | undefined;
  /** Build arguments that are given from outside. */
  readonly given: GivenArguments;
  readonly secrets: SecretRegister;
  /** Names in whose place the build's caller puts contexts of its own. */
  readonly contexts: NamedContexts;
  /** What `--from=` or `from=` of a stage names. */
  copySource(from: Word, current: Stage, lookup: Lookup): Base;
  nextSequence(): number;
  /** What the stages before and this one have copied from place to place. */
  readonly copies: Copies;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A stage whose steps are still being added. */
export type OpenStage = Stage & { readonly steps: Step[]; readonly layers: Layer[]; result: State };

/** Interprets the instructions of a stage after its FROM. ONBUILD triggers of the parent stage come first. */
export function interpretStage(stage: OpenStage, instructions: readonly Instruction[], world: Interpretation): void {
  const parent = stage.base.kind === 'stage' ? stage.base.stage : undefined;
  const log = openLog(parent?.result.rootfs, filesOfBase(stage.base), world.context);
  stage.result = initialState(
    stage,
    viewOf(log, 0),
    readShellComment(stage.from.comments) ?? (parent === undefined ? world.shell : undefined),
  );
  for (const instruction of [...(parent?.result.onbuild ?? []), ...instructions])
    stage.result = interpretInstruction(instruction, stage, log, world);
}

function interpretInstruction(
  instruction: Instruction,
  stage: OpenStage,
  log: ChangeLog,
  world: Interpretation,
): State {
  const shell = readShellComment(instruction.comments);
  const before = shell === undefined ? stage.result : { ...stage.result, shell };
  const step: Mutable<Step> = {
    stage,
    instruction,
    span: instruction.span,
    before,
    after: before,
    commands: [],
    cacheInputs: [],
  };
  const made: FileChange[] = [];
  const outputs = new Map<string, FileChange[]>();
  const put: Recorder = (change) => {
    if (change.kind === 'removal') outputs.clear();
    const alike = change.content?.kind === 'output' ? outputsLike(change, change.content.makes, outputs) : [];
    const last = alike.at(-1);
    if (last !== undefined && alike.length >= mostOutputs) return last;
    const recorded: FileChange = { ...change, step, sequence: world.nextSequence() };
    if (isTooDeep(change.path)) return recorded;
    alike.push(recorded);
    record(log, recorded);
    made.push(recorded);
    return recorded;
  };
  let seen = { changes: 0, rootfs: before.rootfs };
  const view = () => {
    if (seen.changes !== made.length)
      seen = { changes: made.length, rootfs: viewOf(log, (made.at(-1)?.sequence ?? 0) + 1) };
    return seen.rootfs;
  };
  const { commands, script, ...change } = effectOf(instruction, step, put, view, world);
  step.commands = commands ?? [];
  if (script !== undefined) step.script = script;
  step.after = { ...before, ...change, rootfs: view() };
  if (world.copies.isRefused) step.isUnfollowed = true;
  world.copies.isRefused = false;
  step.cacheInputs = cacheInputsOf(step, made, world.context);
  world.secrets.useWritten(made, step);
  stage.steps.push(step);
  const kept = netChanges(made);
  if (kept.length > 0) stage.layers.push({ step, changes: kept });
  return step.after;
}

/** What a RUN puts into a directory once more, after this many times, adds nothing to what is known of it. */
const mostOutputs = 64;

function outputsLike(
  { path, runs, eitherWay }: Pick<FileChange, 'path' | 'runs' | 'eitherWay'>,
  makes: string,
  outputs: Map<string, FileChange[]>,
): FileChange[] {
  const key = `${makes} ${runs} ${eitherWay === true} ${path}`;
  const known = outputs.get(key);
  if (known !== undefined) return known;
  const alike: FileChange[] = [];
  outputs.set(key, alike);
  return alike;
}

/** The changes that the layer of one instruction holds: what it made and removed again is not in it. */
function netChanges(made: readonly FileChange[]): readonly FileChange[] {
  const removals = made.filter((change) => change.kind === 'removal' && change.runs === 'always');
  const removed = (change: FileChange): boolean =>
    removals.some(
      (removal) =>
        removal.sequence > change.sequence &&
        (change.path === removal.path || change.path.startsWith(`${removal.path}/`)),
    );
  return removals.length === 0 ? made : made.filter((change) => change.kind === 'removal' || !removed(change));
}

type Effect = Partial<State> & { readonly commands?: readonly Command[]; readonly script?: ShellScript };

function effectOf(
  instruction: Instruction,
  step: Mutable<Step>,
  put: Recorder,
  view: () => State['rootfs'],
  world: Interpretation,
): Effect {
  const { before, stage } = step;
  const { escape, secrets } = world;
  const lookup = variablesOf(before, isOpenBase(stage.base));
  switch (instruction.keyword) {
    case 'ENV': {
      const values = secrets.declareAll(valuesOf(instruction, before, lookup, escape), instruction, step);
      return { env: grown(before.env, values) };
    }
    case 'ARG': {
      const values = argumentsOf(instruction, before, world, lookup, escape);
      return { args: grown(before.args, secrets.declareAll(values, instruction, step)) };
    }
    case 'WORKDIR':
      return { workdir: enterDirectory(instruction, before, put, lookup, escape) };
    case 'USER':
      return { user: userAfter(instruction, lookup, escape) };
    case 'SHELL':
      return instruction.form === 'exec' ? { shell: instruction.exec.map((word) => word.text ?? word.raw) } : {};
    case 'CMD':
      return { cmd: startCommand(instruction, before, lookup) };
    case 'ENTRYPOINT': {
      const own = stage.steps.some((earlier) => earlier.instruction.keyword === 'CMD');
      return { entrypoint: startCommand(instruction, before, lookup), cmd: own ? before.cmd : undefined };
    }
    case 'LABEL': {
      const values = valuesOf(instruction, before, lookup, escape);
      secrets.useValues(values, step);
      return { labels: grown(before.labels, values) };
    }
    case 'EXPOSE':
      return {
        exposedPorts: namedBy(instruction, before.exposedPorts, lookup, escape, (text) => portsOf(text, world.copies)),
      };
    case 'VOLUME':
      return { volumes: namedBy(instruction, before.volumes, lookup, escape, (path) => [path]) };
    case 'STOPSIGNAL': {
      const text = evaluate(instruction.value, lookup, escape);
      return { stopSignal: { span: instruction.span, ...(text === undefined ? {} : { text }) } };
    }
    case 'HEALTHCHECK':
      return { healthcheck: { span: instruction.span, command: instruction.command ?? 'none' } };
    case 'ONBUILD':
      return { onbuild: [...before.onbuild, instruction.trigger] };
    case 'COPY':
    case 'ADD':
    case 'RUN': {
      const around: Surroundings = {
        stage,
        context: world.context,
        escape,
        lookup,
        copies: world.copies,
        copySource: (from) => world.copySource(from, stage, lookup),
        secretsInText: (text) => secretsIn(variableNames(text), before),
      };
      if (instruction.keyword === 'RUN') {
        const effect = runCommands(instruction, step, put, view, around);
        secrets.useAll(effect.commands, step);
        return effect;
      }
      copyFiles(instruction, step, put, view, around);
      return {};
    }
    default:
      return {};
  }
}

/** Twice as many as there are; that many are taken out of the ranges of one file. */
const mostPorts = 131_072;

/** As the image config has them: `8080` is `8080/tcp`, `9000-9002/udp` is three ports. */
function portsOf(text: string, opened: Copies): readonly string[] {
  const [, first, last, protocol = 'tcp'] = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/(\w+))?$/.exec(text) ?? [];
  if (first === undefined) return [text.includes('/') ? text.toLowerCase() : `${text}/tcp`];
  const from = Number(first);
  const to = Math.min(Number(last ?? first), 65_535);
  const length = Math.max(0, to - from + 1);
  const named = protocol.toLowerCase();
  opened.ports += length > 1 ? length : 0;
  // Ranges over ranges: their ends stand for them.
  if (length > 2 && opened.ports > mostPorts) return [`${from}/${named}`, `${to}/${named}`];
  return Array.from({ length }, (_, at) => `${from + at}/${named}`);
}

/** What EXPOSE or VOLUME adds; a word that is not known stays as it is written. */
function namedBy(
  instruction: WordsInstruction,
  before: ReadonlyMap<string, Located>,
  lookup: Lookup,
  escape: '\\' | '`',
  namesIn: (text: string) => readonly string[],
): ReadonlyMap<string, Located> {
  const named: [string, Located][] = [];
  for (const word of instruction.values)
    for (const text of (evaluate(word, lookup, escape) ?? word.raw).split(/\s+/))
      if (text !== '') for (const name of namesIn(text)) named.push([name, word]);
  return grown(before, named);
}

function enterDirectory(
  instruction: WordInstruction,
  before: State,
  put: Recorder,
  lookup: Lookup,
  escape: '\\' | '`',
): string | undefined {
  const text = evaluate(instruction.value, lookup, escape);
  if (text === undefined || (before.workdir === undefined && !text.startsWith('/'))) return undefined;
  const workdir = text.startsWith('/') ? normalise(text) : resolve(before.workdir ?? '/', text);
  if (isTooDeep(workdir)) return undefined;
  if (workdir !== '/' && before.rootfs.stat(workdir).presence !== 'present')
    put({ kind: 'addition', path: workdir, span: instruction.span, runs: 'always', content: { kind: 'directory' } });
  return workdir;
}

function startCommand(instruction: CommandInstruction, state: State, lookup: Lookup): StartCommand {
  const script = commandScript(instruction, state.shell);
  const words = script.commands[0]?.words.map((word) => expandShellWord(word, lookup)) ?? [];
  return { instruction, shell: state.shell, script, words, span: instruction.span };
}
