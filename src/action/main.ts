/** The GitHub Action: runs dflint, and tells the workflow how it went. */
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { harmless, harmlessProse } from '../report/harmless.ts';
import { type Call, InputFault, readInputs } from './inputs.ts';

export interface ActionWorld {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Runs dflint, whose output goes into the log; gives its exit status and what it said on standard error. */
  dflint(argv: readonly string[], cwd: string): Promise<{ readonly status: number; readonly err: string }>;
  out(text: string): void;
}

const count = z.int();
const reportShape = z.object({ summary: z.object({ files: count, errors: count, warnings: count, infos: count }) });

/** Gives the exit status of dflint: the step fails unless it is 0. */
export async function runAction(world: ActionWorld): Promise<number> {
  const scratch = mkdtempSync(join(world.env['RUNNER_TEMP'] || tmpdir(), 'dflint-'));
  try {
    return await lint(readInputs(world.env, world.cwd), scratch, world);
  } catch (error) {
    if (!(error instanceof InputFault) && !isSystemError(error)) throw error;
    world.out(annotation(error.message));
    return 2;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function lint(call: Call, scratch: string, { env, ...world }: ActionWorld): Promise<number> {
  if (statSync(call.cwd, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new InputFault(`the working-directory ${call.cwd} is no folder; is actions/checkout a step before this one?`);
  const json = join(scratch, 'report.json');
  const markdown = join(scratch, 'report.md');
  const formats = [`--format=json=${json}`, `--format=markdown=${markdown}`];
  const { status, err } = await world.dflint(['lint', ...formats, ...call.options, '--', ...call.paths], call.cwd);
  // A command line that is wrong is only told on standard error; all else is in the reports.
  if (!existsSync(json)) {
    world.out(annotation(err === '' ? `dflint ended with status ${status} and no report` : err));
    return status === 0 ? 2 : status;
  }
  const { summary } = reportShape.parse(JSON.parse(readFileSync(json, 'utf8')));
  const { files, errors, warnings, infos } = summary;
  const outputs = { findings: errors + warnings + infos, errors, warnings, infos, files };
  append(
    env['GITHUB_OUTPUT'],
    Object.entries(outputs)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
  if (call.sarifFile !== undefined) append(env['GITHUB_OUTPUT'], `sarif-file=${harmless(call.sarifFile)}\n`);
  if (call.summary) append(env['GITHUB_STEP_SUMMARY'], `${readFileSync(markdown, 'utf8')}\n`);
  return status;
}

/** Other steps of the job may have written there before; a server without such a file has no use for it. */
function append(file: string | undefined, text: string): void {
  if (file !== undefined && file !== '') appendFileSync(file, text);
}

const annotation = (message: string): string =>
  `::error title=dflint::${harmlessProse(message).replaceAll('%', '%25')}\n`;

const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'code' in error && typeof error.code === 'string';
