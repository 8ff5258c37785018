/** Runs a program to its end or its limit: wall-clock time, and where /proc tells it, the most memory it had. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Milliseconds between two looks at the memory; the kernel keeps the peak itself. */
const look = 25;

/**
 * `limit`: seconds. Memory is looked at only when it is asked for: looking takes time from a run of milliseconds.
 * @returns {Promise<{ milliseconds: number, megabytes?: number, outcome: 'done' | 'cut off' | 'broke', said: string }>}
 */
export function timeOf(program, words, { cwd, limit, memory = false, isBroken }) {
  return new Promise((done, fail) => {
    const start = performance.now();
    const child = spawn(program, words, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
    let kilobytes = 0;
    let said = '';
    let isCut = false;
    const peak = () => {
      kilobytes = Math.max(kilobytes, peakOf(child.pid));
    };
    const looking = memory ? setInterval(peak, look) : undefined;
    const cutting = setTimeout(() => {
      isCut = true;
      child.kill('SIGKILL');
    }, limit * 1000);
    child.stderr.setEncoding('utf8').on('data', (text) => {
      said = (said + text).slice(-4000);
    });
    child.on('error', fail);
    child.on('close', (code, signal) => {
      const milliseconds = performance.now() - start;
      clearInterval(looking);
      clearTimeout(cutting);
      const broke = signal !== null || isBroken(code, said);
      done({
        milliseconds,
        ...(kilobytes === 0 ? {} : { megabytes: kilobytes / 1000 }),
        outcome: isCut ? 'cut off' : broke ? 'broke' : 'done',
        said,
      });
    });
  });
}

function peakOf(pid) {
  try {
    return Number(/^VmHWM:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

export function spreadOf(values) {
  const sorted = [...values].sort((one, other) => one - other);
  return { median: quantile(sorted, 0.5), min: sorted[0], max: sorted.at(-1) };
}

/** `sorted`: in ascending order, not empty. */
export const quantile = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
