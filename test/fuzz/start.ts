/**
 * `npm run fuzz -- [--seconds N] [--seed S]`: tries inputs for so long. Prints how many, the seed of the run, and the
 * file of each input that fails; exit status 1 when one does. `--input FILE` tries one such file again.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { faultsOf } from './judge.ts';
import type { FuzzNews, FuzzTask } from './thread.ts';

/** Seconds without news after which an input counts as one that never comes back. */
const mostSilence = 300;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    input: { type: 'string' },
    /** More folders with seeds. */
    corpus: { type: 'string', multiple: true, default: [] },
    failures: { type: 'string', default: 'fuzz-failures' },
  },
});
const seconds = Number(values.seconds);
const seed = Number(values.seed);
if (!(seconds > 0) || !Number.isSafeInteger(seed)) {
  console.error('fuzz: --seconds takes a number above 0, --seed a whole number');
  process.exit(2);
}
const scratch = mkdtempSync(join(tmpdir(), 'dflint-fuzz-'));
const failures = resolve(values.failures);
/** Seconds that have gone by while this process ran: one that is stopped, or a machine that sleeps, is not waited for. */
let elapsed = 0;

const status = values.input === undefined ? await runAll(values.corpus) : await runOne(values.input);
rmSync(scratch, { recursive: true, force: true });
process.exit(status);

async function runOne(path: string): Promise<0 | 1> {
  const text = readFileSync(path, 'utf8');
  const folder = join(scratch, 'project');
  const faults = await faultsOf(
    path.endsWith('.json') ? { kind: 'project', ...JSON.parse(text) } : { kind: 'text', text },
    folder,
  );
  console.log(faults.length === 0 ? 'fuzz: nothing is wrong' : faults.join('\n'));
  return faults.length === 0 ? 0 : 1;
}

async function runAll(folders: readonly string[]): Promise<0 | 1> {
  let tried = 0;
  let failed = 0;
  const fail = (number: number, faults: readonly string[], file: string): void => {
    failed += 1;
    console.error(`fuzz: input ${number} fails: ${file}\n${faults.join('\n').slice(0, 3_000)}`);
  };
  mkdirSync(failures, { recursive: true });
  const clock = setInterval(() => console.error(`fuzz: ${tried} inputs so far`), 60_000);
  for (let first = seed; elapsed < seconds; ) {
    const stuck = await untilStuck(
      { folders, first, scratch: join(scratch, 'project'), failures },
      () => (tried += 1),
      fail,
    );
    if (stuck === undefined) break;
    const file = join(failures, `${stuck.number}.hang`);
    writeFileSync(file, stuck.input);
    fail(
      stuck.number,
      [`has not come back after ${mostSilence} seconds, or has taken the thread down: ${stuck.why}`],
      file,
    );
    first = stuck.number + 1;
  }
  clearInterval(clock);
  console.log(`fuzz: ${tried} inputs from seed ${seed}, ${failed} of them failed`);
  return failed === 0 ? 0 : 1;
}

interface Stuck {
  readonly number: number;
  readonly input: string;
  readonly why: string;
}

/** Undefined when the time is over. */
function untilStuck(
  task: FuzzTask,
  count: () => void,
  fail: (number: number, faults: readonly string[], file: string) => void,
): Promise<Stuck | undefined> {
  return new Promise((done) => {
    let now = { number: task.first, input: '' };
    let silent = 0;
    const script = join(dirname(fileURLToPath(import.meta.url)), 'thread.js');
    const worker = new Worker(script, { workerData: task, resourceLimits: { maxOldGenerationSizeMb: 1_500 } });
    let isOver = false;
    const end = (stuck: Stuck | undefined): void => {
      if (isOver) return;
      isOver = true;
      clearInterval(watch);
      void worker.terminate().then(() => done(stuck));
    };
    const watch = setInterval(() => {
      elapsed += 1;
      silent += 1;
      if (elapsed >= seconds) end(undefined);
      else if (silent > mostSilence) end({ ...now, why: 'silence' });
    }, 1000);
    worker.on('message', (news: FuzzNews) => {
      silent = 0;
      if ('failed' in news) return fail(news.failed, news.faults, news.file);
      now = { number: news.trying, input: news.input };
      count();
    });
    worker.on('error', (error) => end({ ...now, why: error.message }));
    worker.on('exit', (code) => end({ ...now, why: `exit ${code}` }));
  });
}
