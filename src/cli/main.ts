/** `dflint [PATH...]`: reads, lints, prints, and says by its exit status how it went. */
import { lstatSync } from 'node:fs';
import { resolve } from 'node:path';
import type { LintResult, ReportedFinding } from '../engine/lint.ts';
import { harmless, harmlessProse } from '../report/harmless.ts';
import type { Severity } from '../rule.ts';
import { didYouMean, nearest } from '../syntax/suggest.ts';
import type { BaselineRun } from './baseline.ts';
import { collectEarly } from './collect-early.ts';
import { type ConfigReader, openConfigs } from './config-file.ts';
import { mergedResults } from './discovery/merged.ts';
import { failureLine } from './failure-line.ts';
import { heldOf } from './held-result.ts';
import { collectInputs } from './inputs.ts';
import { isSure, type Limits } from './limits.ts';
import type { LintedAll } from './lint-all.ts';
import type { LintedFile } from './lint-inputs.ts';
import type { MendedFile } from './mend-file.ts';
import { type Options, parseArguments } from './options.ts';
import { openProgress, type Progress } from './progress.ts';
import type { Input, InputFile, ListedFile, UnreadableInput } from './read.ts';
import { printReports } from './reports.ts';
import { openResults } from './results/kept-results.ts';
import { recalled } from './results/recalled.ts';
import type { Surroundings } from './surroundings.ts';

const severities: readonly Severity[] = ['info', 'warning', 'error'];

/** Runs the command line; gives the exit status: 0 clean, 1 findings, 2 wrong usage or unreadable input. */
export async function main(argv: readonly string[], world: Surroundings): Promise<0 | 1 | 2> {
  const [first = '', ...rest] = argv;
  const command = commands.get(first);
  if (command !== undefined) return (await command())(rest, world);
  const isWord = !first.startsWith('-') && !isThere(resolve(world.cwd, first));
  if (isWord && first === 'help') return help(rest, world);
  const status = await lintFiles(argv, world);
  if (status !== 2) return status;
  const { usageHint } = await import('./usage-hints.ts');
  const hint = usageHint(argv, isWord, commands);
  if (hint !== undefined) world.err(`dflint: ${hint}\n`);
  return status;
}

/** A symbolic link that leads nowhere is there, too; what cannot be looked at may be. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true;
  }
}

/** `dflint help COMMAND` is `dflint COMMAND --help`. */
async function help([name = 'lint', ...others]: readonly string[], world: Surroundings): Promise<0 | 1 | 2> {
  const command = commands.get(name);
  if (command !== undefined && others.length === 0) return (await command())(['--help'], world);
  const unknown = others[0] ?? name;
  world.err(`dflint: there is no command ${harmless(unknown)}${didYouMean(nearest(unknown, commands.keys()))}\n`);
  world.err('See dflint --help.\n');
  return 2;
}

type RunCommand = (argv: readonly string[], world: Surroundings) => Promise<0 | 1 | 2>;

/** Loaded when they are called: linting starts without them. */
export const commands: ReadonlyMap<string, () => Promise<RunCommand>> = new Map<string, () => Promise<RunCommand>>([
  ['lint', async () => lintFiles],
  [
    'completion',
    async () => {
      const { completionCommand } = await import('./commands/completion.ts');
      return (argv, world) => completionCommand(argv, world, commands);
    },
  ],
  ['explain', async () => (await import('./commands/explain.ts')).explainCommand],
  ['config', async () => (await import('./commands/config.ts')).configCommand],
  ['facts', async () => (await import('./commands/facts.ts')).factsCommand],
  ['graph', async () => (await import('./commands/graph.ts')).graph],
  ['init', async () => (await import('./commands/init.ts')).init],
  ['lsp', async () => (await import('./commands/lsp.ts')).lspCommand],
  ['mcp', async () => (await import('./commands/mcp.ts')).mcpCommand],
  ['migrate', async () => (await import('./commands/migrate.ts')).migrate],
  ['rebuild', async () => (await import('./commands/rebuild.ts')).rebuildCommand],
  ['rules', async () => (await import('./commands/rules.ts')).rulesCommand],
  ['ships', async () => (await import('./commands/ships.ts')).ships],
]);

async function lintFiles(argv: readonly string[], world: Surroundings): Promise<0 | 1 | 2> {
  const parsed = await parseArguments(argv, world.version, world);
  if ('exit' in parsed) return parsed.exit;
  const { options } = parsed;
  const progress = openProgress(world);
  const configs = openConfigs(options, world);
  const collected = await collectInputs(options, { ...world, configs, progress });
  const { inputs, fault } = await onlyChanged(collected, options, world);
  progress.clear();
  if (fault !== undefined) {
    world.err(`dflint: ${harmlessProse(fault)}\n`);
    return 2;
  }
  const [only] = inputs;
  if (options.paths.length === 0 && only !== undefined && 'error' in only) {
    world.err(
      `dflint: ${harmlessProse(only.error.message)}\n\nUsage: dflint [options] [path...]\nSee dflint --help.\n`,
    );
    return 2;
  }
  const files = inputs.flatMap((input) => ('file' in input ? [input.file] : []));
  const linted = await lintedOf(files, options, { ...world, progress, configs });
  progress.clear();
  const { unreadable, traces } = linted;
  const results = mergedResults(linted.results);
  const notices = [...linted.notices, ...linted.results.flatMap((each) => each.notices).sort()];
  for (const notice of new Set(notices)) world.err(notice);
  const failures = inOrder(inputs, [...configs.faults, ...unreadable]);
  for (const { message, fatal } of linted.problems) {
    if (fatal) failures.push({ path: 'shellcheck', message });
    else world.err(`dflint: shellcheck: ${harmlessProse(message)}\n`);
  }
  if (world.env['DFLINT_DEBUG']) for (const trace of traces) world.err(`${trace}\n`);
  if (options.fix !== undefined) {
    const { writeFixes } = await import('./write-fixes.ts');
    const written = writeFixes(results, world, options);
    failures.push(...written.failures);
    if (options.diff) {
      sayFailures(failures, world);
      return failures.length > 0 ? 2 : written.changed ? 1 : 0;
    }
  }
  const unknown = await withoutKnown(results, options, world);
  failures.push(...unknown.failures);
  const held = await heldOf(results.length);
  const shown = unknown.results.map(({ result, limits }) => {
    const { findings, suppressed } = result;
    const told = findings
      .filter((finding) => isShown(finding, limits, options))
      .map((finding) => withoutRefused(finding, options));
    const hidden = suppressed.filter((finding) => isShown(finding, limits, options));
    const isWhole = isSame(told, findings) && hidden.length === suppressed.length;
    return isWhole ? result : held({ ...result, findings: told, suppressed: hidden });
  });
  sayFailures(failures, world);
  const limitsOf = new Map(results.map(({ result, limits }) => [result.path, limits]));
  // A mended standard input has standard output for itself.
  const isOutputTaken = options.fix !== undefined && options.paths.includes('-');
  const printing = isOutputTaken ? { ...world, out: world.err } : world;
  const isWritten = await printReports(shown, failures, options, printing, ({ path }, finding) => {
    const limits = limitsOf.get(path);
    return limits !== undefined && fails(finding, limits);
  });
  if (failures.length > 0 || !isWritten) return 2;
  const isFailure = ({ result, limits }: LintedFile): boolean =>
    result.findings.some((finding) => fails(finding, limits));
  return unknown.results.some(isFailure) ? 1 : 0;
}

/** What an earlier run has found, where nothing has changed since, and what this one finds in the other files. */
async function lintedOf(
  files: readonly (InputFile | ListedFile)[],
  options: Options,
  world: Surroundings & { readonly progress: Progress; readonly configs: ConfigReader },
): Promise<LintedAll> {
  await collectEarly(files.length);
  const kept = openResults(options, world);
  const { results, notices, others } = await recalled(files, kept, world.configs);
  if (others.length === 0) return { results, notices, unreadable: [], traces: [], problems: [] };
  const { lintAll } = await import('./lint-all.ts');
  const linted = await lintAll(others, options, world);
  kept?.sweep();
  return { ...linted, results: [...results, ...linted.results], notices: [...notices, ...linted.notices] };
}

/** What is sure enough, and neither mended nor in the baseline. */
async function withoutKnown(
  linted: readonly LintedFile[],
  options: Options,
  world: Surroundings,
): Promise<BaselineRun<LintedFile>> {
  const hasBaseline = options.updateBaseline || linted.some(({ baseline }) => baseline !== undefined);
  // Which findings a baseline knows is told by the objects.
  const held = hasBaseline ? (result: LintResult) => result : await heldOf(linted.length);
  const results = linted.map((each) => {
    const { result, limits, mended } = each;
    const { findings } = result;
    const left = findings.filter((finding) => isSure(finding, limits) && !isMade(finding, mended));
    return left.length === findings.length ? each : { ...each, result: held({ ...result, findings: left }) };
  });
  if (!hasBaseline) return { results, failures: [] };
  const { applyBaselines } = await import('./baseline.ts');
  return applyBaselines(results, options, world);
}

const isSame = (one: readonly ReportedFinding[], other: readonly ReportedFinding[]): boolean =>
  one.length === other.length && one.every((finding, at) => finding === other[at]);

function sayFailures(failures: readonly UnreadableInput[], world: Surroundings): void {
  for (const failure of failures) world.err(failureLine(failure));
}

/** A fix that was wanted and not made would do harm: it is not offered again. */
function withoutRefused(finding: ReportedFinding, { fix: wanted }: Options): ReportedFinding {
  if (finding.fix === undefined || wanted === undefined) return finding;
  if (wanted === 'safe' && finding.fix.safety === 'unsafe') return finding;
  const { fix: _, ...rest } = finding;
  return rest;
}

/** What it asks for is a file that has been made since. */
const isMade = ({ fix }: ReportedFinding, mended: MendedFile | undefined): boolean =>
  fix?.creates !== undefined && fix.edits.length === 0 && (mended?.created.length ?? 0) > 0;

/** With --changed, the inputs that have; why that cannot be told, when it cannot. */
async function onlyChanged(
  inputs: readonly Input[],
  options: Options,
  world: Surroundings,
): Promise<{ readonly inputs: readonly Input[]; readonly fault?: string }> {
  if (options.changed === undefined) return { inputs };
  const { changedInputs } = await import('./discovery/changed.ts');
  return changedInputs(inputs, options, world);
}

/** Each thing that went wrong once: of the inputs in their order, of configurations and the like behind them. */
function inOrder(inputs: readonly Input[], unreadable: readonly UnreadableInput[]): UnreadableInput[] {
  const ranks = new Map(inputs.map((input, at) => ['file' in input ? input.file.path : input.error.path, at]));
  const rank = ({ path }: UnreadableInput): number => ranks.get(path) ?? inputs.length;
  const refused = inputs.flatMap((input) => ('error' in input ? [input.error] : []));
  const failures = new Map([...refused, ...unreadable].map((each) => [`${each.path}\n${each.message}`, each]));
  return [...failures.values()].sort((one, other) => rank(one) - rank(other));
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
