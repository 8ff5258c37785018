/** Lints the files of a run: on as many threads as pay off, with the ShellCheck that all of them share. */
import { availableParallelism } from 'node:os';
import type { ConfigReader } from './config-file.ts';
import { type Linted, lintInputs } from './lint-inputs.ts';
import type { Options } from './options.ts';
import type { Progress } from './progress.ts';
import type { InputFile, ListedFile } from './read.ts';
import { openShellcheck, type Shellcheck } from './shellcheck.ts';
import type { Surroundings } from './surroundings.ts';

export interface LintedAll extends Linted {
  /** What kept ShellCheck from its work. */
  readonly problems: Shellcheck['problems'];
}

/** So many files are done about as fast as another thread is warm (measured: two threads gain nothing at 600 files). */
const leastPerThread = 400;
const mostThreads = 8;

export async function lintAll(
  files: readonly (InputFile | ListedFile)[],
  options: Options,
  world: Surroundings & { readonly progress: Progress; readonly configs: ConfigReader },
): Promise<LintedAll> {
  const shellcheck = openShellcheck(world);
  const linted = await lintOn(files, options, world, shellcheck);
  return { ...linted, problems: shellcheck.problems };
}

async function lintOn(
  files: readonly (InputFile | ListedFile)[],
  options: Options,
  world: Surroundings & { readonly progress: Progress; readonly configs: ConfigReader },
  shellcheck: Shellcheck,
): Promise<Linted> {
  const script = world.thread;
  const worthwhile = Math.min(availableParallelism(), mostThreads, Math.floor(files.length / leastPerThread));
  const threads = Math.min(options.threads ?? worthwhile, files.length);
  const step = (done: number, all: number): void =>
    world.progress.step(() => `linting ${files.length} files, ${Math.floor((100 * done) / all)} %`);
  if (script === undefined || threads < 2) return lintInputs(files, options, world, shellcheck, step, world.configs);
  const { cwd, env, today, keeps } = world;
  const linting = { cwd, env, today, ...(keeps && { keeps }) };
  const { lintOnThreads } = await import('./threads.ts');
  return lintOnThreads(files, options, linting, shellcheck, {
    threads,
    script,
    step,
    configs: world.configs,
  });
}
