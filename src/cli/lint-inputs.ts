/** Reads what belongs to each Dockerfile, and lints it. */
import { relative } from 'node:path';
import type { Failure, LintResult, OpenFile, JudgedFile as OpenJudgement, ReportedFinding } from '../engine/lint.ts';
import type { Mendable } from '../fix/mend.ts';
import { harmless, harmlessProse } from '../report/harmless.ts';
import { type ConfigReader, openConfigs } from './config-file.ts';
import { inlineResult } from './discovery/inline.ts';
import { whyUnread } from './disk-tree.ts';
import { heldOf } from './held-result.ts';
import { isSure, type Limits } from './limits.ts';
import type { MendedFile } from './mend-file.ts';
import { type OpenedFile, openInput, unknownSettings } from './open-input.ts';
import type { Options, WantedFixes } from './options.ts';
import { openProjects } from './project.ts';
import { type InputFile, type ListedFile, readListed, type UnreadableInput } from './read.ts';
import { type Account, openResults } from './results/kept-results.ts';
import { askShellcheck, isAnswered, outsideOf, type Shellcheck } from './shellcheck.ts';
import type { Surroundings } from './surroundings.ts';

/** As many files at most are given to one process of ShellCheck. */
const filesAtOnce = 200;

/** Of so few files all builds are held in memory, so that ShellCheck can start before they are judged. */
const fewFiles = 100;

/** After so many files what was read around them is forgotten: the folders of thousands would fill the memory. */
const projectsTogether = 500;

/** What linting itself needs of the world: plain data, too. */
export type LintWorld = Pick<Surroundings, 'cwd' | 'env' | 'today' | 'keeps'>;

interface ReadyFile extends Omit<OpenedFile, 'opened'> {
  /** What the user should know of it besides. */
  readonly notices: readonly string[];
  /** Absent where the result is not kept for later runs. */
  readonly account?: Account;
}

type OpenFileOf = ReadyFile & Pick<OpenedFile, 'opened'>;

/** Judged by the rules; its build is no longer in memory. */
interface PendingFile {
  readonly file: ReadyFile;
  readonly pending: OpenJudgement;
}

interface JudgedFile {
  readonly file: ReadyFile;
  readonly result: LintResult;
  /** Whether ShellCheck has said all that it was asked. */
  readonly isWhole: boolean;
  readonly mended?: MendedFile;
}

/** Plain data, which goes from thread to thread. */
export interface LintedFile {
  readonly result: LintResult;
  readonly limits: Limits;
  readonly mended?: MendedFile;
  /** Of a Dockerfile inside a compose or bake file. */
  readonly isInline?: true;
  /** Absolute path of the file of findings that are known; absent where none applies. */
  readonly baseline?: string;
  /** The configuration could not be understood in part: nothing is written by what is found. */
  readonly isMisconfigured?: true;
  /** What the user should know of it besides, on standard error. */
  readonly notices: readonly string[];
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
  inputs: readonly (InputFile | ListedFile)[],
  options: Options,
  world: LintWorld,
  shellcheck: Pick<Shellcheck, 'check'>,
  step: (done: number, all: number) => void = () => {},
  configs: ConfigReader = openConfigs(options, world),
): Promise<Linted> {
  const openAround = () => {
    const kept = openResults(options, world);
    return { kept, projectOf: openProjects(options.context, world, kept?.tree) };
  };
  const held = await heldOf(inputs.length);
  let around = openAround();
  let opened = 0;
  const gathered: Gathered = { results: [], unreadable: [], traces: [], notices: [] };
  const open = async (file: InputFile): Promise<OpenFileOf> => {
    opened += 1;
    if (opened % projectsTogether === 0) around = openAround();
    const { kept, projectOf } = around;
    const notices: string[] = [];
    const err = (notice: string): void => void notices.push(notice);
    const config = await configs.configOf(file);
    gathered.notices.push(...config.loaded.notices.map((notice) => `dflint: ${harmlessProse(notice)}\n`));
    const account = kept?.account(file, config);
    const project = await projectOf(file, config.applied.context?.value, account);
    for (const path of project.evidence.unread)
      err(`dflint: ${harmlessProse(path)} cannot be understood: what it says of builds counts for nothing\n`);
    gathered.unreadable.push(...unknownSettings(options, config));
    const opening = openInput(file, project, config, options, { ...world, err });
    const { unread } = opening.opened.build?.context ?? {};
    if (unread !== undefined) err(`dflint: ${unreadNotice(unread, world.cwd)}\n`);
    return { ...opening, notices, ...(account && { account }) };
  };
  const judgeEach = async (files: readonly InputFile[]): Promise<readonly PendingFile[]> => {
    const judged: PendingFile[] = [];
    for (const file of files) judged.push(judge(await open(file)));
    return judged;
  };
  const ask = (judged: readonly PendingFile[]): Promise<readonly JudgedFile[]> =>
    askShellcheck(
      judged.map(({ file }) => file),
      shellcheck,
    ).then((said) => judged.map((each) => finish(each, said)));
  const judgeAll = async (files: readonly InputFile[]): Promise<readonly JudgedFile[]> => ask(await judgeEach(files));
  /** The same, ShellCheck reading the scripts while the rules judge. */
  const judgeFew = async (files: readonly InputFile[]): Promise<readonly JudgedFile[]> => {
    const all: { readonly file: ReadyFile; readonly opened: OpenFile }[] = [];
    for (const each of files) {
      const { opened, ...file } = await open(each);
      all.push({ file, opened });
    }
    const asked = askShellcheck(
      all.map(({ file }) => file),
      shellcheck,
    );
    const judged = all.map(({ file, opened }) => ({ file, pending: opened.judge() }));
    const said = await asked;
    return judged.map((each) => finish(each, said));
  };
  const settleAll = async (judged: readonly JudgedFile[]): Promise<void> => {
    const settled = options.fix === undefined ? judged : await mendAll(judged, options.fix, judgeAll, world);
    for (const each of settled) settle(each, gathered, held);
  };
  const read = (start: number, end: number): readonly InputFile[] => {
    const files: InputFile[] = [];
    for (const [index, listed] of inputs.slice(start, end).entries()) {
      step(start + index, inputs.length);
      const found = readListed(listed);
      if ('error' in found) gathered.unreadable.push(found.error);
      else files.push(found.file);
    }
    return files;
  };
  if (inputs.length <= fewFiles) await settleAll(await judgeFew(read(0, inputs.length)));
  else {
    // ShellCheck reads the scripts of some files while the rules judge the next ones.
    const atOnce = options.shellcheck === 'off' ? 1 : filesAtOnce;
    let asked: Promise<readonly JudgedFile[]> | undefined;
    for (let start = 0; start < inputs.length; start += atOnce) {
      const judged = await judgeEach(read(start, start + atOnce));
      if (asked !== undefined) await settleAll(await asked);
      asked = ask(judged);
    }
    if (asked !== undefined) await settleAll(await asked);
  }
  gathered.unreadable.push(...configs.faults);
  return gathered;
}

/** The build goes with what was opened. */
function judge({ opened, ...file }: OpenFileOf): PendingFile {
  return { file, pending: opened.judge() };
}

function finish({ file, pending }: PendingFile, said: Awaited<ReturnType<typeof askShellcheck>>): JudgedFile {
  const result = pending.finish(outsideOf(file, said));
  const { inline } = file.input;
  const isWhole = isAnswered(file, said);
  return { file, isWhole, result: inline === undefined ? result : inlineResult(result, inline) };
}

/** That it is not known what COPY takes. */
function unreadNotice(path: string, cwd: string): string {
  const shown = (relative(cwd, path) || path).replaceAll('\\', '/');
  return `${harmless(shown)}: ${whyUnread(path)}; what COPY takes is not known`;
}

/** Mends what can be mended; a text that has changed is judged once more, by ShellCheck, too. */
async function mendAll(
  judged: readonly JudgedFile[],
  wanted: WantedFixes,
  judgeAll: (files: readonly InputFile[]) => Promise<readonly JudgedFile[]>,
  { cwd }: LintWorld,
): Promise<readonly JudgedFile[]> {
  const { mendFile } = await import('./mend-file.ts');
  const hasBaseline = judged.some(({ file }) => file.baseline !== undefined);
  const knownIn = hasBaseline ? (await import('./baseline.ts')).openKnown(cwd) : undefined;
  const mended = judged.map(({ file, result, isWhole }) => {
    if (file.isMisconfigured) return { file, result, isWhole, mended: undefined };
    const { input, root, relint, limits, baseline } = file;
    const known =
      baseline === undefined || knownIn === undefined
        ? {}
        : { known: (now: Mendable) => knownIn(baseline, input.path, now) };
    const isShown = (finding: ReportedFinding): boolean => isSure(finding, limits);
    const made = mendFile({ result, location: input.location, root, relint, isShown, ...known }, wanted);
    return { file, result, isWhole, mended: made };
  });
  const again = await judgeAll(
    mended.flatMap(({ file, mended: made }) => (made === undefined ? [] : [{ ...file.input, text: made.text }])),
  );
  const results = new Map(again.map(({ file, result }) => [file.input.path, result]));
  return mended.map(({ file, result, isWhole, mended: made }) => ({
    file,
    isWhole,
    result: results.get(file.input.path) ?? result,
    ...(made === undefined ? {} : { mended: made }),
  }));
}

/** Says what broke; keeps the result unless the targets asked for are not in it. */
function settle(
  { file, result, mended, isWhole }: JudgedFile,
  { results, unreadable, traces, notices }: Gathered,
  held: (result: LintResult) => LintResult,
): void {
  const { limits, plugins, baseline, isMisconfigured } = file;
  const { path, inline } = file.input;
  for (const failure of result.failures) {
    unreadable.push({ path, message: describeFailure(failure, plugins) });
    if (failure.error instanceof Error) traces.push(failure.error.stack ?? '');
  }
  // A file without any stage has its own syntax-error, which says more than a missing target would.
  const missing = result.stages.length === 0 ? [] : result.unknownTargets;
  for (const name of missing)
    unreadable.push({ path, message: `no stage ${name}; its stages are: ${result.stages.join(', ')}` });
  if (missing.length > 0) {
    notices.push(...file.notices);
    return;
  }
  const linted: LintedFile = {
    result: { ...result, failures: [] },
    limits,
    notices: file.notices,
    ...(mended === undefined ? {} : { mended }),
    ...(inline === undefined ? {} : { isInline: true }),
    ...(baseline === undefined ? {} : { baseline }),
    ...(isMisconfigured === undefined ? {} : { isMisconfigured }),
  };
  results.push({ ...linted, result: held(linted.result) });
  if (result.failures.length === 0) file.account?.keep(linted, isWhole);
}

export function describeFailure({ rule, error }: Failure, plugins: ReadonlySet<string>): string {
  const what = error instanceof Error ? error.message : String(error);
  if (rule !== undefined && plugins.has(rule)) return `the rule ${rule} broke (${what}); it comes from a plugin`;
  const part = rule === undefined ? 'dflint' : `the rule ${rule}`;
  return `${part} broke (${what}); this is a bug of dflint, please report it`;
}
