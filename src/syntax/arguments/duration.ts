/** The timing flags of HEALTHCHECK. */

import type { Draft } from './draft.ts';
import { flagValue } from './flags.ts';

const durationFlags = ['interval', 'timeout', 'start-period', 'start-interval'] as const;
const part = /(?<![\d.])(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g;
const duration = /^[+-]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/;
const milliseconds: ReadonlyMap<string, number> = new Map([
  ['ns', 1e-6],
  ['us', 1e-3],
  ['µs', 1e-3],
  ['μs', 1e-3],
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

/** Notes intervals and numbers that BuildKit cannot read; it expands no variables in them. */
export function checkTimings(draft: Draft): void {
  for (const name of durationFlags) {
    const value = flagValue(draft, name);
    if (value === undefined || value.raw === '') continue;
    const length = readDuration(value.raw);
    if (length === undefined)
      draft.refuse(
        value.span,
        `HEALTHCHECK --${name} takes a duration such as 30s or 1m30s, not ${JSON.stringify(value.raw)}.`,
      );
    else if (length !== 0 && length < 1) draft.refuse(value.span, `HEALTHCHECK --${name} must be 1ms or longer, or 0.`);
  }
  const retries = flagValue(draft, 'retries');
  if (retries === undefined || retries.raw === '') return;
  const count = /^[+-]?\d+$/.test(retries.raw) ? Number(retries.raw) : -1;
  if (count < 0 || count >= 2 ** 31)
    draft.refuse(
      retries.span,
      `HEALTHCHECK --retries takes a whole number from 0, not ${JSON.stringify(retries.raw)}.`,
    );
}

/** Milliseconds of a duration as Go writes them; undefined when it is none. */
export function readDuration(text: string): number | undefined {
  if (/^[+-]?0$/.test(text)) return 0;
  if (!duration.test(text)) return undefined;
  let sum = 0;
  for (const [, amount = '', unit = ''] of text.matchAll(part)) sum += Number(amount) * (milliseconds.get(unit) ?? 0);
  return text.startsWith('-') ? -sum : sum;
}
