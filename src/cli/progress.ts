/** A line on the terminal that says how far a long run has come; it is gone when the run is over. */
import type { Surroundings } from './surroundings.ts';

export interface Progress {
  /** Shows the line when it is time for it. */
  step(line: () => string): void;
  /** Takes the line away. */
  clear(): void;
}

/** Milliseconds before the first line, and between lines. */
const patience = 1000;
const interval = 100;

export function openProgress(
  { env, errorTerminal = false, err }: Pick<Surroundings, 'env' | 'errorTerminal' | 'err'>,
  began?: number,
): Progress {
  const isWatched = errorTerminal && env['TERM'] !== 'dumb' && /^(?:|0|false)$/i.test(env['CI'] ?? '');
  if (!isWatched) return { step: () => {}, clear: () => {} };
  let next = (began ?? performance.now()) + patience;
  let isShown = false;
  return {
    step(line) {
      const now = performance.now();
      if (now < next) return;
      next = now + interval;
      isShown = true;
      err(`\r\u001b[Kdflint: ${line()}`);
    },
    clear() {
      if (isShown) err('\r\u001b[K');
      isShown = false;
    },
  };
}
