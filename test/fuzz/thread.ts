/** Tries inputs one after the other on a thread of its own, which `start.ts` ends when one does not come back. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { type FuzzInput, inputOf } from './inputs.ts';
import { faultsOf } from './judge.ts';
import { minimised } from './minimise.ts';
import { readSeeds } from './seeds.ts';

export interface FuzzTask {
  readonly folders: readonly string[];
  /** The number of the first input, which those behind it follow. */
  readonly first: number;
  /** Where projects are written, and where failures are. */
  readonly scratch: string;
  readonly failures: string;
}

export type FuzzNews =
  | { readonly trying: number; readonly input: string }
  | { readonly failed: number; readonly faults: readonly string[]; readonly file: string };

/** As it is written down: what is needed to try it again. */
const written = (input: FuzzInput): string =>
  input.kind === 'project' ? JSON.stringify({ files: input.files, argv: input.argv }, undefined, 1) : textOf(input);

const textOf = (input: Exclude<FuzzInput, { kind: 'project' }>): string =>
  input.kind === 'growth' ? input.sized(4_000) : input.text;

async function run({ folders, first, scratch, failures }: FuzzTask): Promise<void> {
  const seeds = readSeeds(folders);
  const tell = (news: FuzzNews): void => parentPort?.postMessage(news);
  const seen = new Set<string>();
  for (let number = first; ; number += 1) {
    const input = inputOf(number, seeds);
    tell({ trying: number, input: written(input) });
    const faults = await faultsOf(input, scratch);
    if (faults.length === 0) continue;
    const file = join(failures, `${number}.${input.kind === 'project' ? 'json' : 'Dockerfile'}`);
    writeFileSync(file, written(input));
    // Before it is made small, which may take longer than the run has left.
    tell({ failed: number, faults, file });
    // The same fault again is not made small again.
    const key = keyOf(faults);
    if (input.kind === 'text' && !seen.has(key))
      writeFileSync(
        file,
        await minimised(input.text, async (text) => keyOf(await faultsOf({ kind: 'text', text }, scratch)) === key),
      );
    seen.add(key);
  }
}

/** The first fault without its numbers, and where in the source it comes from. */
const keyOf = ([first = '']: readonly string[]): string =>
  first
    .split('\n')
    .slice(0, 2)
    .join(' ')
    .replace(/"[^"]*"|[\d.]+/g, '');

const task: FuzzTask = workerData;
await run(task);
