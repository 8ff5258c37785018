/**
 * Which steps of a build run again when something changes, by the keys of BuildKit's layer cache: the content
 * that COPY takes, the environment and the bind mounts of RUN, and everything before a step in its chain.
 * Secrets and cache mounts are in no key.
 */

import type { Build, FileChange, Located, Stage, State, Step } from '../build.ts';
import { isLeftOut } from '../files/left-out.ts';
import { isGlob, join, matchesGlob, normalise, relativeTo, resolve } from '../files/path.ts';
import { changesOf, originOf, stageNamedBy } from '../query.ts';
import { evaluate, variablesOf } from '../state/environment.ts';
import { references } from '../state/references.ts';

export interface Changes {
  /** Files, directories or globs, relative to the context root. */
  readonly paths: readonly string[];
  /** Names of build arguments. */
  readonly buildArguments: readonly string[];
  /** Ids of secrets; they make nothing run again. */
  readonly secrets: readonly string[];
  /** Steps whose results change. */
  readonly steps?: ReadonlySet<Step>;
}

/** `perhaps`: the input is made by a step that runs again, and may come out the same. */
export type Rerun = 'yes' | 'perhaps' | 'no';

export interface StepRerun {
  readonly step: Step;
  readonly runs: Rerun;
  /** Why, in words; for `no` why it stays cached where that is not plain. */
  readonly reason?: string;
}

export interface StageRerun {
  readonly stage: Stage;
  /** Not needed for what ships: not built at all. */
  readonly built: boolean;
  readonly steps: readonly StepRerun[];
}

/** What a stage is known to be after the change. */
interface Outcome {
  /** Whether its file system differs from that of the build before. */
  readonly files: Rerun;
  /** The first step that makes it so. */
  readonly cause?: Step;
  /** Variables whose values have changed. */
  readonly variables: ReadonlySet<string>;
  /** The steps of the stage and of those it is based on that run again. */
  readonly rerun: ReadonlySet<Step>;
}

/** The steps that make a layer, stage by stage; instructions that only write the image config are left out. */
export function rebuild(build: Build, changes: Changes): readonly StageRerun[] {
  const outcomes = new Map<Stage, Outcome>();
  return build.stages.map((stage) => {
    const { steps, outcome } = rebuildStage(stage, build, changes, outcomes);
    outcomes.set(stage, outcome);
    return { stage, built: stage.reachable, steps };
  });
}

function rebuildStage(
  stage: Stage,
  build: Build,
  changes: Changes,
  outcomes: ReadonlyMap<Stage, Outcome>,
): { readonly steps: readonly StepRerun[]; readonly outcome: Outcome } {
  const given = new Set(changes.buildArguments);
  const based = stage.base.kind === 'stage' ? outcomes.get(stage.base.stage) : undefined;
  const renamed = stage.from.image.references.find((name) => given.has(name));
  let files: Rerun = renamed === undefined ? (based?.files ?? 'no') : 'yes';
  let cause = based?.cause;
  const variables = new Set(based?.variables ?? []);
  const steps: StepRerun[] = [];
  const rerun = new Set(based?.rerun ?? []);
  for (const step of stage.steps) {
    declare(step, given, variables);
    if (!makesLayer(step)) continue;
    const own = ownReason(step, build, changes, variables, outcomes);
    const link = step.instruction.keyword === 'COPY' && step.instruction.link;
    const inherited: Rerun = link ? 'no' : files;
    const runs = worse(inherited, own?.runs ?? 'no');
    const reason = own?.runs === runs ? own.reason : inherited === 'no' ? undefined : inheritedReason(cause, renamed);
    steps.push({ step, runs, ...(reason === undefined ? {} : { reason }) });
    if (runs !== 'no') rerun.add(step);
    if (worse(files, runs) !== files) cause = step;
    files = worse(files, runs);
  }
  return { steps, outcome: { files, variables, rerun, ...(cause === undefined ? {} : { cause }) } };
}

const inheritedReason = (cause: Step | undefined, renamed: string | undefined): string =>
  cause === undefined
    ? `its base image hangs on the build argument ${renamed}`
    : `line ${cause.span.line} comes before it`;

const order: readonly Rerun[] = ['no', 'perhaps', 'yes'];
const worse = (one: Rerun, other: Rerun): Rerun => (order.indexOf(one) > order.indexOf(other) ? one : other);

const makesLayer = ({ instruction: { keyword }, before, after }: Step): boolean =>
  keyword === 'RUN' ||
  keyword === 'COPY' ||
  keyword === 'ADD' ||
  (keyword === 'WORKDIR' && after.rootfs !== before.rootfs);

/** Notes the variables whose values a step changes: ARG that is given, ARG and ENV made of changed ones. */
function declare({ instruction }: Step, given: ReadonlySet<string>, variables: Set<string>): void {
  if (instruction.keyword !== 'ARG' && instruction.keyword !== 'ENV') return;
  for (const pair of instruction.pairs) {
    const name = pair.name.text ?? pair.name.raw;
    const fromOutside = instruction.keyword === 'ARG' && given.has(name);
    const made = pair.value?.references.some((each) => variables.has(each)) === true;
    if (fromOutside || made) variables.add(name);
    else if (instruction.keyword === 'ENV') variables.delete(name);
  }
}

interface Reason {
  readonly runs: Rerun;
  readonly reason: string;
}

function ownReason(
  step: Step,
  build: Build,
  changes: Changes,
  variables: ReadonlySet<string>,
  outcomes: ReadonlyMap<Stage, Outcome>,
): Reason | undefined {
  const { instruction } = step;
  if (changes.steps?.has(step)) return { runs: 'yes', reason: 'what it takes has changed' };
  const named = [...references(instruction)].find((name) => variables.has(name));
  if (instruction.keyword === 'RUN') {
    const inEnvironment = [...variables].find((name) => isSet(name, step.before));
    if (inEnvironment !== undefined)
      return {
        runs: 'yes',
        reason: `${inEnvironment} is in its environment, ${named === inEnvironment ? 'and it uses it' : 'used or not'}`,
      };
    return mountReason(step, build, changes, outcomes);
  }
  if (named !== undefined) return { runs: 'yes', reason: `it names ${named}` };
  if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') return undefined;
  return instruction.from === undefined
    ? contextReason(step, build, changes)
    : copyReason(step, instruction.from, build, changes, outcomes);
}

const isSet = (name: string, state: State): boolean => state.env.has(name) || state.args.has(name);

function contextReason(step: Step, build: Build, changes: Changes): Reason | undefined {
  const made = changesOf(step);
  for (const content of made.length === 0 ? sourcesOf(step) : made.map((change) => change.content))
    if (content?.kind === 'context' || content?.kind === 'context-glob') {
      const hit = changes.paths.find((path) => touches(content, normalise(path), build));
      if (hit !== undefined) return { runs: 'yes', reason: `it copies ${hit}` };
    }
  return undefined;
}

/** What is taken from the context as it is written, where nothing is known of the place it goes to. */
function sourcesOf({ instruction, before }: Step): readonly ContextContent[] {
  if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') return [];
  const lookup = variablesOf(before, false);
  return instruction.sources.flatMap((word): ContextContent[] => {
    const source = evaluate(word, lookup, '\\');
    if (source === undefined || source.includes('://')) return [];
    const path = resolve('/', source).slice(1);
    if (isGlob(path)) return [{ kind: 'context-glob', pattern: path }];
    const without = instruction.exclude.flatMap(({ text }) => (text === undefined ? [] : [join(path, text)]));
    return [{ kind: 'context', path, entry: 'unknown', without }];
  });
}

type ContextContent = Extract<NonNullable<FileChange['content']>, { kind: 'context' | 'context-glob' }>;

/** Whether a changed path is part of what was taken from the context. */
function touches(content: ContextContent, path: string, build: Build): boolean {
  if (build.context.ignores(path) === true && build.context.stat(path) !== 'directory') return false;
  // A glob takes whole directories, too.
  if (content.kind === 'context-glob') return isLeftOut([content.pattern], path);
  if (isLeftOut(content.without, path)) return false;
  if (isGlob(path))
    return matchesGlob(path, content.path) || content.path === '' || path.startsWith(`${content.path}/`);
  return relativeTo(content.path, path) !== undefined || path === '' || content.path.startsWith(`${path}/`);
}

function copyReason(
  step: Step,
  from: Located,
  build: Build,
  changes: Changes,
  outcomes: ReadonlyMap<Stage, Outcome>,
): Reason | undefined {
  const source = stageNamedBy(from, step.stage, build);
  const outcome = source === undefined ? undefined : outcomes.get(source);
  if (source === undefined || outcome === undefined || outcome.files === 'no') return undefined;
  const made = changesOf(step);
  let worst: Rerun = made.length === 0 ? 'perhaps' : 'no';
  for (const change of made) worst = worse(worst, contentRerun(change, outcome, build, changes));
  if (worst === 'no') return undefined;
  return {
    runs: worst,
    reason:
      worst === 'yes'
        ? `what it copies from ${source.id} has changed`
        : `${source.id} is built again and may come out the same`,
  };
}

/** Whether copied content differs: files of the context are known, what a command makes again may come out the same. */
function contentRerun(change: FileChange, { rerun }: Outcome, build: Build, changes: Changes): Rerun {
  const { content, source } = change;
  if (changes.steps?.has(originOf(change).step)) return 'yes';
  if (content?.kind === 'context' || content?.kind === 'context-glob')
    return changes.paths.some((path) => touches(content, normalise(path), build)) ? 'yes' : 'no';
  if (content?.kind === 'directory' || content?.kind === 'remote') return 'no';
  return source === undefined || rerun.has(source.step) ? 'perhaps' : 'no';
}

function mountReason(
  step: Step,
  build: Build,
  changes: Changes,
  outcomes: ReadonlyMap<Stage, Outcome>,
): Reason | undefined {
  if (step.instruction.keyword !== 'RUN') return undefined;
  for (const mount of step.instruction.mounts) {
    if (mount.type !== 'bind') continue;
    const { from } = mount;
    if (from === undefined) {
      const path = resolve('/', mount.source?.text ?? '.').slice(1);
      const taken: ContextContent = { kind: 'context', path, entry: 'unknown', without: [] };
      const hit = changes.paths.find((each) => touches(taken, normalise(each), build));
      if (hit !== undefined) return { runs: 'yes', reason: `it mounts ${hit}` };
      continue;
    }
    const source = stageNamedBy(from, step.stage, build);
    const outcome = source === undefined ? undefined : outcomes.get(source);
    if (source !== undefined && outcome !== undefined && outcome.files !== 'no')
      return { runs: 'perhaps', reason: `it mounts a part of ${source.id}, which is built again` };
  }
  return undefined;
}
