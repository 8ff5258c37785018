/** `dflint [PATH...]`: reads, lints, prints, and says by its exit status how it went. */
import { resolve } from 'node:path';
import { rules } from '../../rules/index.ts';
import { selectionOf } from '../config/combine.ts';
import type { Config } from '../config/schema.ts';
import { engineRules } from '../engine/engine-rules.ts';
import { type Failure, type LintResult, type OpenFile, openFile, type ReportedFinding } from '../engine/lint.ts';
import { mayShowShellcheck } from '../engine/selection.ts';
import { harmless, harmlessProse } from '../report/harmless.ts';
import { jsonReport } from '../report/json.ts';
import { textReport, textSummary } from '../report/text.ts';
import type { Confidence, Severity } from '../rule.ts';
import { openScripts } from '../shellcheck/index.ts';
import { openConfigs } from './config-file.ts';
import { type Options, parseArguments } from './options.ts';
import { buildArguments, styleFor } from './program.ts';
import { openProjects, type Project } from './project.ts';
import { decode, type Input, type InputFile, readInputs, reasonOf, type UnreadableInput } from './read.ts';
import { askShellcheck, openShellcheck, outsideOf, type WithScripts } from './shellcheck.ts';
import type { Surroundings } from './surroundings.ts';

const severities: readonly Severity[] = ['info', 'warning', 'error'];
const confidences: readonly Confidence[] = ['possible', 'likely', 'certain'];

/** As many builds are held in memory, and given to one process of ShellCheck. */
const filesAtOnce = 1000;

/** Runs the command line; gives the exit status: 0 clean, 1 findings, 2 wrong usage or unreadable input. */
export async function main(argv: readonly string[], world: Surroundings): Promise<0 | 1 | 2> {
  const [first = '', ...rest] = argv;
  const command = commands.get(first);
  return command === undefined ? lintFiles(argv, world) : (await command())(rest, world);
}

type RunCommand = (argv: readonly string[], world: Surroundings) => Promise<0 | 1 | 2>;

/** Loaded when they are called: linting starts without them. */
const commands: ReadonlyMap<string, () => Promise<RunCommand>> = new Map<string, () => Promise<RunCommand>>([
  ['lint', async () => lintFiles],
  ['facts', async () => (await import('./commands/facts.ts')).factsCommand],
  ['graph', async () => (await import('./commands/graph.ts')).graph],
  ['migrate', async () => (await import('./commands/migrate.ts')).migrate],
  ['rebuild', async () => (await import('./commands/rebuild.ts')).rebuildCommand],
  ['ships', async () => (await import('./commands/ships.ts')).ships],
]);

async function lintFiles(argv: readonly string[], world: Surroundings): Promise<0 | 1 | 2> {
  const parsed = parseArguments(argv, world.version, world);
  if ('exit' in parsed) return parsed.exit;
  const { options } = parsed;
  const inputs = await collectInputs(options, world);
  const [only] = inputs;
  if (options.paths.length === 0 && only !== undefined && 'error' in only) {
    world.err(`dflint: ${only.error.message}\n\n${parsed.help}`);
    return 2;
  }
  const projectOf = openProjects(options.context, world);
  const configs = openConfigs(options.config, [...rules, ...engineRules], world);
  const shellcheck = openShellcheck(world);
  const results: JudgedFile[] = [];
  const unreadable: UnreadableInput[] = [];
  for (let start = 0; start < inputs.length; start += filesAtOnce) {
    const opened: OpenedFile[] = [];
    for (const input of inputs.slice(start, start + filesAtOnce)) {
      if ('error' in input) unreadable.push(input.error);
      else
        opened.push(open(input.file, await projectOf(input.file), await configs.configOf(input.file), options, world));
    }
    // ShellCheck reads the scripts while the rules judge.
    const asked = askShellcheck(opened, shellcheck);
    const judged = opened.map((file) => ({ file, judged: file.opened.judge() }));
    const said = await asked;
    for (const { file, judged: pending } of judged)
      settle(file, pending.finish(outsideOf(file, said)), world, results, unreadable);
  }
  for (const { message, fatal } of shellcheck.problems) {
    if (fatal) unreadable.push({ path: 'shellcheck', message });
    else world.err(`dflint: shellcheck: ${harmlessProse(message)}\n`);
  }
  unreadable.push(...configs.faults);
  results.sort(({ result: one }, { result: other }) => (one.path < other.path ? -1 : one.path > other.path ? 1 : 0));
  const shown = results.map(({ result, limits }) => ({
    ...result,
    findings: result.findings.filter((finding) => isShown(finding, limits, options)),
    suppressed: result.suppressed.filter((finding) => isShown(finding, limits, options)),
  }));
  await print(shown, unreadable, options, world);
  if (unreadable.length > 0) return 2;
  return results.some(({ result, limits }) => result.findings.some((finding) => fails(finding, limits))) ? 1 : 0;
}

/** What counts: from the command line, else the configuration that applies to the file. */
interface Limits {
  readonly failOn: Severity | 'never';
  readonly minConfidence: Confidence;
}

interface OpenedFile extends WithScripts {
  readonly path: string;
  readonly opened: OpenFile;
  readonly limits: Limits;
}

interface JudgedFile {
  readonly result: LintResult;
  readonly limits: Limits;
}

/** What the paths name, each thing once. */
async function collectInputs(options: Options, world: Surroundings): Promise<readonly Input[]> {
  const inputs = new Map<string, Input>();
  for (const path of new Set(options.paths.length === 0 ? ['.'] : options.paths)) {
    const found = path === '-' ? [await readStandardInput(options, world)] : readInputs(path, world.cwd);
    for (const input of found) {
      const named = 'file' in input ? input.file.path : input.error.path;
      const key = path === '-' ? '-' : `/${resolve(world.cwd, named)}`;
      if (!inputs.has(key)) inputs.set(key, input);
    }
  }
  return [...inputs.values()];
}

async function readStandardInput({ stdinFilename }: Options, world: Surroundings): Promise<Input> {
  const path = stdinFilename ?? '<stdin>';
  try {
    const location = stdinFilename === undefined ? undefined : resolve(world.cwd, stdinFilename);
    return decode(path, await world.stdin(), location);
  } catch (error) {
    return { error: { path, message: reasonOf(error, path) } };
  }
}

function open(
  { path, text }: InputFile,
  project: Project,
  config: Config,
  options: Options,
  world: Surroundings,
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
function settle(
  { path, limits }: OpenedFile,
  result: LintResult,
  world: Surroundings,
  results: JudgedFile[],
  unreadable: UnreadableInput[],
): void {
  for (const failure of result.failures) {
    unreadable.push({ path, message: describeFailure(failure) });
    if (world.env['DFLINT_DEBUG'] && failure.error instanceof Error) world.err(`${failure.error.stack ?? ''}\n`);
  }
  // A file without any stage has its own syntax-error, which says more than a missing target would.
  const missing = result.stages.length === 0 ? [] : result.unknownTargets;
  for (const name of missing)
    unreadable.push({ path, message: `no stage ${name}; its stages are: ${result.stages.join(', ')}` });
  if (missing.length === 0) results.push({ result, limits });
}

function describeFailure({ rule, error }: Failure): string {
  const what = error instanceof Error ? error.message : String(error);
  const part = rule === undefined ? 'dflint' : `the rule ${rule}`;
  return `${part} broke (${what}); this is a bug of dflint, please report it`;
}

function isShown(finding: ReportedFinding, limits: Limits, { quiet }: Options): boolean {
  if (quiet && finding.severity !== 'error') return false;
  return confidences.indexOf(finding.confidence) >= confidences.indexOf(limits.minConfidence);
}

function fails(finding: ReportedFinding, { failOn, minConfidence }: Limits): boolean {
  if (failOn === 'never' || confidences.indexOf(finding.confidence) < confidences.indexOf(minConfidence)) return false;
  return severities.indexOf(finding.severity) >= severities.indexOf(failOn);
}

async function print(
  results: readonly LintResult[],
  unreadable: readonly UnreadableInput[],
  options: Options,
  world: Surroundings,
): Promise<void> {
  for (const { path, message } of unreadable)
    world.err(`dflint: ${path === '' ? "''" : harmless(path)}: ${harmlessProse(message)}\n`);
  if (options.format === 'json') {
    world.out(jsonReport(results, unreadable));
    return;
  }
  const style = await styleFor(options.color, world);
  const texts = results
    .map((result) => textReport(result, { style, columns: world.columns }))
    .filter((text) => text !== '');
  world.out(texts.map((text) => `${text}\n`).join(''));
  if (!options.quiet && results.length > 0) world.out(textSummary(results, style));
}
