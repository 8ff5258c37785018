/** One Dockerfile, opened: what is found in it, its fixes, and the questions that editors and pages ask. */
import { rules as ownRules } from '../../rules/index.ts';
import { type EarlierFile, type LintInput, type LintResult, openFile, type ReportedFinding } from '../engine/lint.ts';
import { ruleNames } from '../engine/rule-names.ts';
import type { Setting } from '../engine/selection.ts';
import { applyFixes } from '../fix/apply.ts';
import { mend } from '../fix/mend.ts';
import { type Build, type Changes, rebuild, shippedImage, stageCalled, stageGraph } from '../model/index.ts';
import {
  type Completion,
  completionsAt,
  type Fold,
  factsAt,
  factsText,
  foldsIn,
  type OutlineSymbol,
  outlineSymbols,
  type Position,
  type Renamed,
  rename,
  renameable,
} from '../outline/index.ts';
import type { GraphReport, ImageReport, RebuildReport } from '../report/answers.ts';
import { graphReport } from '../report/graph-json.ts';
import { rebuildReport } from '../report/rebuild-json.ts';
import { shipsReport } from '../report/ships-json.ts';
import { type Confidence, type Edit, fullRule, type PluginRule, type Preset } from '../rule.ts';
import type { Span } from '../syntax/index.ts';
import { type Brought, broughtBy } from './brought.ts';
import { type Config, defaultSettings, type FileSettings } from './config.ts';
import { allRules } from './examples.ts';
import { ignoreComment } from './ignore-comment.ts';
import type { Project } from './project.ts';
import { namedRules } from './rules.ts';
import { type DockerfileSymbols, symbolsOf } from './symbols.ts';

export interface DockerfileSource {
  readonly text: string;
  /** From the root of the project; shown in findings. Default `Dockerfile`. */
  readonly path?: string;
  /** Comes back with what is found, to tell an answer that is out of date. */
  readonly version?: number;
  /** Without one nothing is known of the build context, and rules that look at it are silent. */
  readonly project?: Project;
  readonly config?: Config;
  /** In the place of what the configuration says. Default `recommended`. */
  readonly presets?: readonly Preset[];
  /** By rule or by a code such as `DL3008`; before what the configuration says. Names that no rule has are passed over. */
  readonly settings?: Readonly<Record<string, Setting>>;
  /** Findings that are less sure are left out. Default: what the configuration says, else `likely`. */
  readonly minConfidence?: Confidence;
  /** Stages that ship, by name or number; default what the configuration and the project say, else the final one. */
  readonly targets?: readonly string[];
  readonly buildArguments?: Readonly<Record<string, string>>;
  /** Rules beside dflint's own. */
  readonly plugins?: readonly PluginRule[];
  /** The day, as 2027-01-31, by which the support of images and `until=` are judged; without it none is over. */
  readonly today?: string;
  /**
   * What was opened before the last key: what the text has in common with that one is not worked out again. Any will do:
   * no answer differs for it. It is not held on to.
   */
  readonly previous?: OpenDockerfile | undefined;
}

/** Plain data, which goes from thread to thread. */
export interface DockerfileResult extends LintResult {
  readonly version?: number;
}

/** A text with fixes in it. */
export interface FixedText {
  readonly text: string;
  /** The findings that are gone; findings that are not among them stay. */
  readonly fixed: readonly ReportedFinding[];
  /** Files that the fixes make, by their path from the root of the build context. */
  readonly created: ReadonlyMap<string, string>;
}

export interface OpenDockerfile {
  readonly path: string;
  readonly text: string;
  readonly version?: number;
  readonly settings: FileSettings;
  /** For what this interface does not answer; absent for a file in the language of another frontend. */
  readonly build?: Build;
  lint(): DockerfileResult;
  /** The text with the fix of one finding; undefined where it has none that can be made. */
  fix(finding: ReportedFinding): FixedText | undefined;
  /** Round by round, until nothing is left to mend: no fix brings an error or a warning in. Safe ones only, unless told otherwise. */
  fixAll(which?: { readonly unsafe?: boolean }): FixedText;
  /** Puts a comment above its instruction that ignores a finding; undefined where none can stand. */
  ignore(finding: ReportedFinding, reason?: string): Edit | undefined;
  /** What the images of the ship targets will hold, or that of any stage, by name or number. */
  ships(stage?: string): readonly ImageReport[];
  /** The stages and what flows between them. */
  graph(): GraphReport;
  /** Which steps run again when something changes. */
  rebuild(changes: Partial<Changes>): RebuildReport;
  /** What the instruction on a line (COPY, ADD, RUN --mount=type=bind) brings in. */
  brings(line: number): Brought | undefined;
  /** Stages and variables, with all places where they are named. */
  symbols(): DockerfileSymbols;
  /** Its parts as a tree, for an outline. */
  outline(): readonly OutlineSymbol[];
  folds(): readonly Fold[];
  /** What stands at a place, in Markdown: a stage, a variable, a COPY; undefined where nothing is to be told. */
  tell(at: Position): { readonly span: Span; readonly markdown: string } | undefined;
  /** What can be written at a place. */
  complete(at: Position): Completion | undefined;
  /** Undefined where no name stands; `refused`: why it cannot be changed. */
  renameable(at: Position): ReturnType<typeof renameable>;
  rename(at: Position, name: string): Renamed;
}

const sureness: readonly Confidence[] = ['possible', 'likely', 'certain'];

/** Findings of one Dockerfile, as the command line would show them. Never throws; reads no file, no clock, no environment. */
export const lint = (source: DockerfileSource | string): DockerfileResult => openDockerfile(source).lint();

/** Parses and models once; every answer is about this text. */
export function openDockerfile(given: DockerfileSource | string): OpenDockerfile {
  const source = typeof given === 'string' ? { text: given } : given;
  const { text, path = 'Dockerfile', version, plugins = [] } = source;
  const settings = settingsFor(source, path);
  const input = inputOf(source, path, settings, plugins);
  const { opened, used } = openKnown(
    input,
    source.targets === undefined,
    source.previous && openedAs.get(source.previous),
  );
  const { build } = opened;
  let result: DockerfileResult | undefined;
  const sure = (all: readonly ReportedFinding[]): readonly ReportedFinding[] =>
    all.filter(({ confidence }) => sureness.indexOf(confidence) >= sureness.indexOf(settings.minConfidence));
  const judged = (found: LintResult): DockerfileResult => ({
    ...found,
    findings: sure(found.findings),
    suppressed: sure(found.suppressed),
    ...(version === undefined ? {} : { version }),
  });
  const lintOnce = (): DockerfileResult => {
    result ??= judged(opened.judge().finish());
    return result;
  };
  const file: OpenDockerfile = {
    path,
    text,
    settings,
    ...(version === undefined ? {} : { version }),
    ...(build === undefined ? {} : { build }),
    lint: lintOnce,
    fix: (finding) => fixedText(text, finding),
    fixAll: ({ unsafe = false } = {}) =>
      mend(
        { text, findings: lintOnce().findings },
        (other) =>
          judged(
            openFile({ ...used, text: other }, opened)
              .judge()
              .finish(),
          ).findings,
        ({ safety }) => unsafe || safety === 'safe',
      ),
    ignore: (finding, reason) => build && ignoreComment(build.file, finding, reason),
    ships: (stage) => (build === undefined ? [] : imagesOf(build, stage)),
    graph: () => graphReport(path, build === undefined ? [] : stageGraph(build)),
    rebuild: ({ paths = [], buildArguments = [], secrets = [] }) =>
      rebuildReport(path, build === undefined ? [] : rebuild(build, { paths, buildArguments, secrets })),
    brings: (line) => build && broughtBy(line, build),
    symbols: () => symbolsOf(build),
    outline: () => (build === undefined ? [] : outlineSymbols(build)),
    folds: () => (build === undefined ? [] : foldsIn(build)),
    tell: (at) => build && told(build, at),
    complete: (at) => build && completionsAt(build, at, namedRules(plugins)),
    renameable: (at) => build && renameable(build, at),
    rename: (at, name) =>
      build === undefined ? { refused: 'Nothing is known of this file.' } : rename(build, at, name),
  };
  openedAs.set(file, opened);
  return file;
}

/** What the engine made of the files that are open. */
const openedAs = new WeakMap<OpenDockerfile, EarlierFile>();

let known: ReturnType<typeof ruleNames> | undefined;

function ownNames(): ReturnType<typeof ruleNames> {
  known ??= ruleNames(allRules);
  return known;
}

function settingsFor(source: DockerfileSource, path: string): FileSettings {
  const { config, presets, settings = {}, minConfidence, targets, buildArguments = {}, plugins = [] } = source;
  const rules = [...allRules, ...plugins.map(fullRule)];
  const said = config?.settingsOf(path) ?? defaultSettings();
  const names = plugins.length === 0 ? ownNames() : ruleNames(rules);
  const own = new Map(
    Object.entries(settings).flatMap(([name, setting]) => {
      const known = names.resolve(name);
      return known === undefined ? [] : [[known, setting] as const];
    }),
  );
  // What is said here of a rule goes before what a configuration says of its codes.
  const overruled = [...own.keys()].flatMap((name) => rules.find(({ id }) => id === name)?.replaces ?? []);
  const kept = [...(said.selection.settings ?? [])].filter(([name]) => !overruled.some((code) => code === name));
  return {
    ...said,
    selection: { ...said.selection, ...(presets && { presets }), settings: new Map([...kept, ...own]) },
    minConfidence: minConfidence ?? said.minConfidence,
    targets: targets ?? said.targets,
    buildArguments: new Map([...said.buildArguments, ...Object.entries(buildArguments)]),
  };
}

function inputOf(
  source: DockerfileSource,
  path: string,
  settings: FileSettings,
  plugins: readonly PluginRule[],
): LintInput {
  const { text, project, today } = source;
  const { selection, ignoreComments, targets, buildArguments } = settings;
  return {
    path,
    text,
    rules: plugins.length === 0 ? ownRules : [...ownRules, ...plugins.map(fullRule)],
    selection,
    ignoreComments,
    buildArguments,
    ...(targets.length === 0 ? {} : { targets }),
    ...(today === undefined ? {} : { today }),
    ...(project === undefined
      ? {}
      : {
          evidence: project.evidence(path),
          context: (file, previous) => project.context(path, file, settings.context, previous),
        }),
  };
}

/** A configuration speaks of many files: of its targets those count that this one has. */
function openKnown(
  input: LintInput,
  mayLack: boolean,
  previous: EarlierFile | undefined,
): { opened: ReturnType<typeof openFile>; used: LintInput } {
  const opened = openFile(input, previous);
  const { targets = [], ...rest } = input;
  const { build } = opened;
  const known = build === undefined ? targets : targets.filter((name) => stageCalled(name, build.stages));
  if (!mayLack || known.length === targets.length) return { opened, used: input };
  const used = known.length === 0 ? rest : { ...rest, targets: known };
  return { opened: openFile(used, previous), used };
}

function fixedText(text: string, finding: ReportedFinding): FixedText | undefined {
  if (finding.fix === undefined) return undefined;
  const { creates } = finding.fix;
  const applied = applyFixes(text, [finding.fix]);
  if (applied.text === text && creates === undefined) return undefined;
  const created = new Map(creates === undefined ? [] : [[creates.path, creates.text]]);
  return { text: applied.text, fixed: [finding], created };
}

function told(build: Build, at: Position): ReturnType<OpenDockerfile['tell']> {
  const facts = factsAt(build, at);
  return facts && { span: facts.span, markdown: factsText(facts, build.file.source) };
}

function imagesOf(build: Build, named: string | undefined): readonly ImageReport[] {
  const stage = named === undefined ? undefined : stageCalled(named, build.stages);
  const stages = named === undefined ? build.targets : stage === undefined ? [] : [stage];
  return shipsReport(
    build.path,
    stages.map((each) => shippedImage(build, each)),
  ).images;
}
