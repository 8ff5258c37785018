/** Opens a Dockerfile with all that the command line and its configuration say of it. */
import { resolve } from 'node:path';
import { rules } from '../../rules/index.ts';
import { selectionOf } from '../config/combine.ts';
import { engineRules } from '../engine/engine-rules.ts';
import { type EarlierFile, type LintInput, type LintResult, type OpenFile, openFile } from '../engine/lint.ts';
import { ruleNames } from '../engine/rule-names.ts';
import { mayShowShellcheck } from '../engine/selection.ts';
import { openScripts } from '../shellcheck/index.ts';
import { didYouMean } from '../syntax/index.ts';
import { configuredArguments, configuredTargets } from './config/apply.ts';
import type { FileConfig } from './config-file.ts';
import type { Limits } from './limits.ts';
import type { Options } from './options.ts';
import type { Project } from './project.ts';
import type { InputFile, UnreadableInput } from './read.ts';
import type { WithScripts } from './shellcheck.ts';
import type { Surroundings } from './surroundings.ts';

export interface OpenedFile extends WithScripts {
  readonly input: InputFile;
  readonly opened: OpenFile;
  /** What the rules say of another text in its place. */
  readonly relint: (text: string) => LintResult;
  readonly limits: Limits;
  /** The folder of the build context, where it is known. */
  readonly root?: string;
  /** Rules that are not dflint's own. */
  readonly plugins: ReadonlySet<string>;
  /** Absolute path of the file of findings that are known; absent where none applies. */
  readonly baseline?: string;
  /** The configuration could not be understood in part: nothing is written by what is found. */
  readonly isMisconfigured?: true;
}

type OpenWorld = Pick<Surroundings, 'cwd' | 'env' | 'today' | 'err'>;

/** `previous`: what an earlier text of the file was opened as. */
export function openInput(
  input: InputFile,
  project: Project,
  { applied, loaded }: FileConfig,
  options: Options,
  world: OpenWorld,
  previous?: EarlierFile,
): OpenedFile {
  const all = loaded.pluginRules.length === 0 ? rules : [...rules, ...loaded.pluginRules];
  const selection = selectionOf(applied, options, all);
  const { path, text } = input;
  const configured = options.target.length === 0 ? applied.targets : undefined;
  const targets = configured?.value ?? options.target;
  const asked: LintInput = {
    path,
    text,
    rules: all,
    selection,
    ...project,
    ignoreComments: options.ignoreComments && (applied.ignoreComments?.value ?? true),
    today: options.today ?? world.today,
    buildArguments: configuredArguments(applied, options, world.env),
  };
  let given: LintInput = targets.length === 0 ? asked : { ...asked, targets };
  let opened = openFile(given, previous);
  const known = configured && configuredTargets(path, configured, opened, world.err);
  if (known !== undefined && known.length < targets.length) {
    given = known.length === 0 ? asked : { ...asked, targets: known };
    opened = openFile(given, opened);
  }
  const { failOn = applied.failOn?.value ?? 'warning', minConfidence = applied.minConfidence?.value ?? 'likely' } =
    options;
  const mode = mayShowShellcheck(selection) ? (options.shellcheck ?? applied.shellcheck?.value ?? 'auto') : 'off';
  const scripts = mode === 'off' || opened.build === undefined ? [] : openScripts(opened.build);
  const relint = (other: string): LintResult =>
    openFile({ ...given, text: other }, opened)
      .judge()
      .finish();
  const plugins = new Set(loaded.pluginRules.map(({ id }) => id));
  const baseline = baselineOf(options, loaded, world);
  const limits = { failOn, minConfidence };
  const root = opened.build?.context.root;
  return {
    ...{ input, opened, relint, limits, mode, scripts, plugins },
    ...(root === undefined ? {} : { root }),
    ...(baseline === undefined ? {} : { baseline }),
    ...(loaded.isFaulty ? { isMisconfigured: true } : {}),
  };
}

/** Absolute; undefined where none applies. */
function baselineOf(
  { baseline }: Pick<Options, 'baseline'>,
  loaded: FileConfig['loaded'],
  { cwd }: Pick<OpenWorld, 'cwd'>,
): string | undefined {
  if (baseline === false) return undefined;
  return baseline === undefined ? loaded.baseline?.value : resolve(cwd, baseline);
}

/** Names of --rule that no rule has, once plugins have brought theirs. */
export function unknownSettings({ settings }: Options, { loaded }: FileConfig): readonly UnreadableInput[] {
  if (settings.size === 0) return [];
  const names = ruleNames([...rules, ...engineRules, ...loaded.pluginRules]);
  return [...settings.keys()]
    .filter((name) => names.resolve(name) === undefined)
    .map((name) => ({ path: '--rule', message: `there is no rule ${name}${didYouMean(names.nearest(name))}` }));
}
