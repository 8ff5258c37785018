/** What a thread runs: lints its share, and asks the first thread what ShellCheck says. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ShellcheckComment } from '../shellcheck/index.ts';
import { lintInputs } from './lint-inputs.ts';
import { packed } from './packed-result.ts';
import type { ThreadMessage, ThreadTask } from './threads.ts';

const { inputs, options, world }: ThreadTask = workerData;
const say = (message: ThreadMessage, given: readonly ArrayBuffer[] = []): void =>
  parentPort?.postMessage(message, given);

const linted = await lintInputs(inputs, options, world, {
  check: (texts, mode) =>
    new Promise((answer) => {
      parentPort?.once('message', (answers: ReadonlyMap<string, readonly ShellcheckComment[]>) => answer(answers));
      say({ kind: 'ask', texts, mode });
    }),
});
const results = linted.results.map((each) => ({ ...each, result: packed(each.result) }));
say(
  { kind: 'done', linted: { ...linted, results } },
  results.map(({ result }) => result.told.buffer),
);
