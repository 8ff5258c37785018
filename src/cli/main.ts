/** `dflint [PATH...]`: reads, lints, prints, and says by its exit status how it went. */
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { ReportedFinding } from '../engine/lint.ts';
import { harmless, harmlessProse } from '../report/harmless.ts';
import type { Severity } from '../rule.ts';
import { isSure, type Linted, type LintedFile, lintInputs } from './lint-inputs.ts';
import type { MendedFile } from './mend-file.ts';
import type { Limits } from './open-input.ts';
import { type Options, parseArguments } from './options.ts';
import { decode, type Input, type InputFile, readInputs, reasonOf, type UnreadableInput } from './read.ts';
import { printReports } from './reports.ts';
import { openShellcheck, type Shellcheck } from './shellcheck.ts';
import type { Surroundings } from './surroundings.ts';

const severities: readonly Severity[] = ['info', 'warning', 'error'];

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
  ['explain', async () => (await import('./commands/explain.ts')).explainCommand],
  ['facts', async () => (await import('./commands/facts.ts')).factsCommand],
  ['graph', async () => (await import('./commands/graph.ts')).graph],
  ['migrate', async () => (await import('./commands/migrate.ts')).migrate],
  ['rebuild', async () => (await import('./commands/rebuild.ts')).rebuildCommand],
  ['rules', async () => (await import('./commands/rules.ts')).rulesCommand],
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
  const shellcheck = openShellcheck(world);
  const files = inputs.flatMap((input) => ('file' in input ? [input.file] : []));
  const { results, unreadable, traces, notices } = await lintAll(files, options, world, shellcheck);
  for (const notice of new Set(notices)) world.err(notice);
  const failures = inOrder(inputs, unreadable);
  for (const { message, fatal } of shellcheck.problems) {
    if (fatal) failures.push({ path: 'shellcheck', message });
    else world.err(`dflint: shellcheck: ${harmlessProse(message)}\n`);
  }
  if (world.env['DFLINT_DEBUG']) for (const trace of traces) world.err(`${trace}\n`);
  const sorted = results.toSorted(({ result: one }, { result: other }) =>
    one.path < other.path ? -1 : one.path > other.path ? 1 : 0,
  );
  if (options.fix !== undefined) {
    const { writeFixes } = await import('./write-fixes.ts');
    const written = writeFixes(sorted, world, options);
    failures.push(...written.failures);
    if (options.diff) {
      sayFailures(failures, world);
      return failures.length > 0 ? 2 : written.changed ? 1 : 0;
    }
  }
  const shown = sorted.map(({ result, limits, mended }) => ({
    ...result,
    findings: result.findings.filter((finding) => isShown(finding, limits, options) && !isMade(finding, mended)),
    suppressed: result.suppressed.filter((finding) => isShown(finding, limits, options)),
  }));
  sayFailures(failures, world);
  const limitsOf = new Map(sorted.map(({ result, limits }) => [result.path, limits]));
  // A mended standard input has standard output for itself.
  const isOutputTaken = options.fix !== undefined && options.paths.includes('-');
  const printing = isOutputTaken ? { ...world, out: world.err } : world;
  const isWritten = await printReports(shown, failures, options, printing, ({ path }, finding) => {
    const limits = limitsOf.get(path);
    return limits !== undefined && fails(finding, limits);
  });
  if (failures.length > 0 || !isWritten) return 2;
  const isFailure = ({ result, limits, mended }: LintedFile): boolean =>
    result.findings.some((finding) => fails(finding, limits) && !isMade(finding, mended));
  return results.some(isFailure) ? 1 : 0;
}

function sayFailures(failures: readonly UnreadableInput[], world: Surroundings): void {
  for (const { path, message } of failures)
    world.err(`dflint: ${path === '' ? "''" : harmless(path)}: ${harmlessProse(message)}\n`);
}

/** What it asks for is a file that has been made since. */
const isMade = ({ fix }: ReportedFinding, mended: MendedFile | undefined): boolean =>
  fix?.creates !== undefined && fix.edits.length === 0 && (mended?.created.length ?? 0) > 0;

/** So many files are done about as fast as another thread is warm (measured: two threads gain nothing at 600 files). */
const leastPerThread = 400;
const mostThreads = 8;

async function lintAll(
  files: readonly InputFile[],
  options: Options,
  world: Surroundings,
  shellcheck: Shellcheck,
): Promise<Linted> {
  const script = world.thread;
  const worthwhile = Math.min(availableParallelism(), mostThreads, Math.floor(files.length / leastPerThread));
  const threads = Math.min(options.threads ?? worthwhile, files.length);
  if (script === undefined || threads < 2) return lintInputs(files, options, world, shellcheck);
  const { lintOnThreads } = await import('./threads.ts');
  return lintOnThreads(files, options, { cwd: world.cwd, env: world.env, today: world.today }, shellcheck, {
    threads,
    script,
  });
}

/** Each thing that went wrong once: of the inputs in their order, of configurations and the like behind them. */
function inOrder(inputs: readonly Input[], unreadable: readonly UnreadableInput[]): UnreadableInput[] {
  const ranks = new Map(inputs.map((input, at) => ['file' in input ? input.file.path : input.error.path, at]));
  const rank = ({ path }: UnreadableInput): number => ranks.get(path) ?? inputs.length;
  const refused = inputs.flatMap((input) => ('error' in input ? [input.error] : []));
  const failures = new Map([...refused, ...unreadable].map((each) => [`${each.path}\n${each.message}`, each]));
  return [...failures.values()].sort((one, other) => rank(one) - rank(other));
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

function isShown(finding: ReportedFinding, limits: Limits, { quiet }: Options): boolean {
  if (quiet && finding.severity !== 'error') return false;
  return isSure(finding, limits);
}

function fails(finding: ReportedFinding, limits: Limits): boolean {
  const { failOn } = limits;
  if (failOn === 'never' || !isSure(finding, limits)) return false;
  return severities.indexOf(finding.severity) >= severities.indexOf(failOn);
}
