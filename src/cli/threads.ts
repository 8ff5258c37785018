/** Lints many files on several threads; what comes out is the same as from one. */
import { Worker } from 'node:worker_threads';
import type { ShellcheckComment } from '../shellcheck/index.ts';
import type { ConfigReader } from './config-file.ts';
import { type Linted, type LintedFile, type LintWorld, lintInputs } from './lint-inputs.ts';
import type { Options } from './options.ts';
import { type PackedResult, unpacked } from './packed-result.ts';
import type { InputFile, ListedFile } from './read.ts';
import type { Shellcheck } from './shellcheck.ts';
import type { ShellcheckMode } from './shellcheck-program.ts';

/** What a thread is started with. */
export interface ThreadTask {
  readonly inputs: readonly (InputFile | ListedFile)[];
  readonly options: Options;
  readonly world: LintWorld;
}

type Answers = ReadonlyMap<string, readonly ShellcheckComment[]>;

/** What a thread says: it asks ShellCheck, or is done. */
export type ThreadMessage =
  | { readonly kind: 'ask'; readonly texts: readonly string[]; readonly mode: ShellcheckMode }
  | { readonly kind: 'done'; readonly linted: PackedLinted };

/** As objects the results would be copied, twice, when all are there. */
export interface PackedLinted extends Omit<Linted, 'results'> {
  readonly results: readonly (Omit<LintedFile, 'result'> & { readonly result: PackedResult })[];
}

/** Neighbours, which share folders, stay together; the dear ones are spread. */
const filesTogether = 8;

export interface ThreadOptions {
  readonly threads: number;
  /** What a thread runs, beside this one. */
  readonly script: URL;
  /** How far this thread is with its share: about as far as the others are. */
  readonly step?: (done: number, all: number) => void;
  /** What this thread reads configurations with; the others open their own. */
  readonly configs?: ConfigReader;
}

export async function lintOnThreads(
  inputs: readonly (InputFile | ListedFile)[],
  options: Options,
  world: LintWorld,
  shellcheck: Pick<Shellcheck, 'check'>,
  { threads, script, step, configs }: ThreadOptions,
): Promise<Linted> {
  const shares = Array.from({ length: threads }, (_, thread) =>
    inputs.filter((_, at) => Math.floor(at / filesTogether) % threads === thread),
  );
  const together = askedTogether(shellcheck, threads);
  const [own = [], ...others] = shares;
  const elsewhere = others.map((share) => {
    const task = { inputs: share, options, world: { ...world, env: { ...world.env } } };
    // What no thread could do is done here.
    return onThread(task, script, together.check)
      .catch(() => lintInputs(share, options, world, together))
      .finally(together.leave);
  });
  const here = lintInputs(own, options, world, together, step, configs).finally(together.leave);
  const all = await Promise.all([here, ...elsewhere]);
  return {
    results: all.flatMap(({ results }) => results),
    unreadable: all.flatMap(({ unreadable }) => unreadable),
    traces: all.flatMap(({ traces }) => traces),
    notices: all.flatMap(({ notices }) => notices),
  };
}

function onThread(task: ThreadTask, script: URL, check: Shellcheck['check']): Promise<Linted> {
  return new Promise((done, fail) => {
    const worker = new Worker(script, { workerData: task });
    worker.on('message', (message: ThreadMessage) => {
      if (message.kind === 'done') {
        const { results, ...rest } = message.linted;
        done({ ...rest, results: results.map((each) => ({ ...each, result: unpacked(each.result) })) });
        void worker.terminate();
      } else void check(message.texts, message.mode).then((answers) => worker.postMessage(answers));
    });
    worker.on('error', fail);
    worker.on('exit', () => fail(new Error('a thread ended without a word')));
  });
}

interface Question {
  readonly texts: readonly string[];
  readonly mode: ShellcheckMode;
  answer(answers: Answers): void;
}

/** Puts the questions of all threads to ShellCheck at once, when the last thread has asked or is done. */
function askedTogether(shellcheck: Pick<Shellcheck, 'check'>, askers: number) {
  let waiting: Question[] = [];
  let left = askers;
  const put = async (): Promise<void> => {
    if (waiting.length === 0 || waiting.length < left) return;
    const questions = waiting;
    waiting = [];
    const modes = new Map(questions.map(({ mode }) => [JSON.stringify(mode), mode]));
    for (const [key, mode] of modes) {
      const same = questions.filter((question) => JSON.stringify(question.mode) === key);
      const answers = await shellcheck.check(
        same.flatMap(({ texts }) => texts),
        mode,
      );
      for (const { texts, answer } of same) answer(answersTo(texts, answers));
    }
  };
  return {
    check: (texts: readonly string[], mode: ShellcheckMode): Promise<Answers> =>
      new Promise((answer) => {
        waiting.push({ texts, mode, answer });
        void put();
      }),
    leave: (): void => {
      left -= 1;
      void put();
    },
  };
}

function answersTo(texts: readonly string[], answers: Answers): Answers {
  const own = new Map<string, readonly ShellcheckComment[]>();
  for (const text of texts) {
    const answer = answers.get(text);
    if (answer !== undefined) own.set(text, answer);
  }
  return own;
}
