/** `dflint [PATH...]`: reads, lints, prints, and says by its exit status how it went. */
import { resolve } from 'node:path';
import { rules } from '../../rules/index.ts';
import { findContext, unknownContext } from '../context/index.ts';
import { type LintResult, lintParsed, type ReportedFinding } from '../engine/lint.ts';
import { harmless } from '../report/harmless.ts';
import { jsonReport } from '../report/json.ts';
import { plainStyle, type Style, textReport, textSummary } from '../report/text.ts';
import type { Confidence, Severity } from '../rule.ts';
import { parseDockerfile } from '../syntax/index.ts';
import { diskTree } from './disk-tree.ts';
import { type Options, parseArguments } from './options.ts';
import { decode, type Input, type InputFile, readInputs, type UnreadableInput } from './read.ts';

/** The world around a run, so that tests can bring their own. */
export interface Surroundings {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  readonly terminal: boolean;
  readonly columns: number;
  stdin(): Promise<Uint8Array>;
  out(text: string): void;
  err(text: string): void;
}

const severities: readonly Severity[] = ['info', 'warning', 'error'];
const confidences: readonly Confidence[] = ['possible', 'likely', 'certain'];

/** Runs the command line; gives the exit status: 0 clean, 1 findings, 2 wrong usage or unreadable input. */
export async function main(argv: readonly string[], world: Surroundings): Promise<0 | 1 | 2> {
  const parsed = parseArguments(argv, world.version, world);
  if ('exit' in parsed) return parsed.exit;
  const { options } = parsed;
  const inputs = await collectInputs(options, world);
  const results: LintResult[] = [];
  const unreadable: UnreadableInput[] = [];
  for (const input of inputs) {
    if ('error' in input) unreadable.push(input.error);
    else judge(input.file, options, world, results, unreadable);
  }
  results.sort((one, other) => (one.path < other.path ? -1 : one.path > other.path ? 1 : 0));
  const shown = results.map((result) => ({
    ...result,
    findings: result.findings.filter((finding) => isShown(finding, options)),
  }));
  await print(shown, unreadable, options, world);
  if (unreadable.length > 0) return 2;
  return results.some((result) => result.findings.some((finding) => fails(finding, options))) ? 1 : 0;
}

async function collectInputs(options: Options, world: Surroundings): Promise<readonly Input[]> {
  const paths = options.paths.length === 0 ? ['.'] : options.paths;
  const inputs: Input[] = [];
  const seen = new Set<string>();
  for (const path of paths) {
    const found = path === '-' ? [decode(options.stdinFilename, await world.stdin())] : readInputs(path, world.cwd);
    for (const input of found) {
      const key = 'file' in input && path !== '-' ? resolve(world.cwd, input.file.path) : undefined;
      if (key !== undefined && seen.has(key)) continue;
      if (key !== undefined) seen.add(key);
      inputs.push(input);
    }
  }
  return inputs;
}

function judge(
  file: InputFile,
  options: Options,
  world: Surroundings,
  results: LintResult[],
  unreadable: UnreadableInput[],
): void {
  const parsed = parseDockerfile(file.text);
  const path = resolve(world.cwd, file.path);
  const context =
    file.path === options.stdinFilename && options.paths.includes('-')
      ? unknownContext
      : findContext(parsed, path, diskTree);
  const result = lintParsed(parsed, {
    path: file.path,
    text: file.text,
    rules,
    context,
    ...(options.target.length === 0 ? {} : { targets: options.target }),
  });
  for (const name of result.unknownTargets) {
    const known = result.stages.length === 0 ? 'it has no stages' : `its stages are: ${result.stages.join(', ')}`;
    unreadable.push({ path: file.path, message: `no stage ${name}; ${known}` });
  }
  for (const { rule, error } of result.failures) {
    const what = error instanceof Error ? error.message : String(error);
    unreadable.push({
      path: file.path,
      message: `the rule ${rule} broke (${what}); this is a bug of dflint, please report it`,
    });
    if (world.env['DFLINT_DEBUG'] && error instanceof Error) world.err(`${error.stack ?? ''}\n`);
  }
  results.push(result);
}

function isShown(finding: ReportedFinding, options: Options): boolean {
  if (options.quiet && finding.severity !== 'error') return false;
  return confidences.indexOf(finding.confidence) >= confidences.indexOf(options.minConfidence);
}

function fails(finding: ReportedFinding, options: Options): boolean {
  if (
    options.failOn === 'never' ||
    confidences.indexOf(finding.confidence) < confidences.indexOf(options.minConfidence)
  )
    return false;
  return severities.indexOf(finding.severity) >= severities.indexOf(options.failOn);
}

async function print(
  results: readonly LintResult[],
  unreadable: readonly UnreadableInput[],
  options: Options,
  world: Surroundings,
): Promise<void> {
  for (const { path, message } of unreadable) world.err(`dflint: ${harmless(path)}: ${harmless(message)}\n`);
  if (options.format === 'json') {
    world.out(jsonReport(results, unreadable));
    return;
  }
  const style = usesColour(options, world) ? await colourStyle() : plainStyle;
  const texts = results
    .map((result) => textReport(result, { style, columns: world.columns }))
    .filter((text) => text !== '');
  world.out(texts.map((text) => `${text}\n`).join(''));
  if (!options.quiet && results.length > 0) world.out(textSummary(results, style));
}

function usesColour(options: Options, world: Surroundings): boolean {
  if (options.color === false || (world.env['NO_COLOR'] ?? '') !== '') return false;
  return options.color === true || (world.terminal && world.env['TERM'] !== 'dumb');
}

async function colourStyle(): Promise<Style> {
  const { Chalk } = await import('chalk');
  const chalk = new Chalk({ level: 1 });
  return { error: chalk.red.bold, warning: chalk.yellow, info: chalk.cyan, strong: chalk.bold, faint: chalk.dim };
}
