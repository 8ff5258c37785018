/** Reads what belongs to each Dockerfile, and lints it. */
import { rules } from '../../rules/index.ts';
import { selectionOf } from '../config/combine.ts';
import type { Config } from '../config/schema.ts';
import { engineRules } from '../engine/engine-rules.ts';
import { type Failure, type LintResult, type OpenFile, openFile } from '../engine/lint.ts';
import { mayShowShellcheck } from '../engine/selection.ts';
import type { Confidence, Severity } from '../rule.ts';
import { openScripts } from '../shellcheck/index.ts';
import { openConfigs } from './config-file.ts';
import type { Options } from './options.ts';
import { buildArguments } from './program.ts';
import { openProjects, type Project } from './project.ts';
import type { InputFile, UnreadableInput } from './read.ts';
import { askShellcheck, outsideOf, type Shellcheck, type WithScripts } from './shellcheck.ts';
import type { Surroundings } from './surroundings.ts';

/** As many builds are held in memory, and given to one process of ShellCheck. */
const filesAtOnce = 1000;

/** What linting itself needs of the world: plain data, too. */
export type LintWorld = Pick<Surroundings, 'cwd' | 'env' | 'today'>;

/** What counts: from the command line, else the configuration that applies to the file. */
export interface Limits {
  readonly failOn: Severity | 'never';
  readonly minConfidence: Confidence;
}

interface OpenedFile extends WithScripts {
  readonly path: string;
  readonly opened: OpenFile;
  readonly limits: Limits;
}

/** Plain data, which goes from thread to thread. */
export interface LintedFile {
  readonly result: LintResult;
  readonly limits: Limits;
}

/** What was found; plain data. */
export interface Linted {
  readonly results: readonly LintedFile[];
  readonly unreadable: readonly UnreadableInput[];
  /** Where bugs of dflint came to light. */
  readonly traces: readonly string[];
  /** What the user should know besides, on standard error. */
  readonly notices: readonly string[];
}

interface Gathered extends Linted {
  readonly results: LintedFile[];
  readonly unreadable: UnreadableInput[];
  readonly traces: string[];
  readonly notices: string[];
}

export async function lintInputs(
  inputs: readonly InputFile[],
  options: Options,
  world: LintWorld,
  shellcheck: Pick<Shellcheck, 'check'>,
): Promise<Linted> {
  const projectOf = openProjects(options.context, world);
  const gathered: Gathered = { results: [], unreadable: [], traces: [], notices: [] };
  const err = (notice: string): void => void gathered.notices.push(notice);
  const configs = openConfigs(options.config, [...rules, ...engineRules], { cwd: world.cwd, err });
  // Without ShellCheck no build needs to wait for another.
  const atOnce = options.shellcheck === 'off' ? 1 : filesAtOnce;
  for (let start = 0; start < inputs.length; start += atOnce) {
    const opened: OpenedFile[] = [];
    for (const input of inputs.slice(start, start + atOnce))
      opened.push(open(input, await projectOf(input), await configs.configOf(input), options, world));
    // ShellCheck reads the scripts while the rules judge.
    const asked = askShellcheck(opened, shellcheck);
    const judged = opened.map((file) => ({ file, judged: file.opened.judge() }));
    const said = await asked;
    for (const { file, judged: pending } of judged) settle(file, pending.finish(outsideOf(file, said)), gathered);
  }
  gathered.unreadable.push(...configs.faults);
  return gathered;
}

function open(
  { path, text }: InputFile,
  project: Project,
  config: Config,
  options: Options,
  world: LintWorld,
): OpenedFile {
  const selection = selectionOf(config, options, rules);
  const opened = openFile({
    path,
    text,
    rules,
    selection,
    ...project,
    ignoreComments: options.ignoreComments && (config.ignoreComments ?? true),
    today: options.today ?? world.today,
    buildArguments: buildArguments(options.buildArg, world.env),
    ...(options.target.length === 0 ? {} : { targets: options.target }),
  });
  const { failOn = config.failOn ?? 'warning', minConfidence = config.minConfidence ?? 'likely' } = options;
  const mode = mayShowShellcheck(selection) ? (options.shellcheck ?? config.shellcheck ?? 'auto') : 'off';
  const scripts = mode === 'off' || opened.build === undefined ? [] : openScripts(opened.build);
  return { path, opened, limits: { failOn, minConfidence }, mode, scripts };
}

/** Says what broke; keeps the result unless the targets asked for are not in it. */
function settle({ path, limits }: OpenedFile, result: LintResult, { results, unreadable, traces }: Gathered): void {
  for (const failure of result.failures) {
    unreadable.push({ path, message: describeFailure(failure) });
    if (failure.error instanceof Error) traces.push(failure.error.stack ?? '');
  }
  // A file without any stage has its own syntax-error, which says more than a missing target would.
  const missing = result.stages.length === 0 ? [] : result.unknownTargets;
  for (const name of missing)
    unreadable.push({ path, message: `no stage ${name}; its stages are: ${result.stages.join(', ')}` });
  if (missing.length === 0) results.push({ result: { ...result, failures: [] }, limits });
}

function describeFailure({ rule, error }: Failure): string {
  const what = error instanceof Error ? error.message : String(error);
  const part = rule === undefined ? 'dflint' : `the rule ${rule}`;
  return `${part} broke (${what}); this is a bug of dflint, please report it`;
}
