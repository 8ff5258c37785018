/** What is wrong with what dflint makes of an input: what it throws, too, and what takes too long. */
import { millisecondsUsed } from '../harness/processor-time.ts';
import type { FuzzInput } from './inputs.ts';
import { faultsOfProject } from './judge-project.ts';
import { faultsOfText } from './judge-text.ts';

/** Seconds of the processor: what an input of ordinary size may take, many times what it does take. */
const mostSeconds = 4;
/** Lines of such an input; of a longer one each line, which is judged a dozen times, may take as long as one of these. */
const ordinaryLines = 300;

/** Characters of an input that is grown, and the seconds from which on its growth is looked at. */
const grownTo = 40_000;
const worthALook = 0.6;

/** Of twice the text twice the time is due; quadratic work takes four times as long. */
const mostRatio = 3.1;
/** Below it one measurement tells enough. */
const surelyInProportion = 2.4;

/** `folder`: where projects may be written. */
export async function faultsOf(input: FuzzInput, folder: string): Promise<readonly string[]> {
  try {
    if (input.kind === 'growth') return growthFaults(input.sized);
    const started = millisecondsUsed();
    const faults = input.kind === 'text' ? faultsOfText(input.text, true) : await faultsOfProject(input, folder);
    const taken = (millisecondsUsed() - started) / 1000;
    return taken > secondsFor(input) ? [...faults, `takes ${taken.toFixed(1)} seconds`] : faults;
  } catch (error) {
    return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  }
}

const secondsFor = (input: FuzzInput): number =>
  input.kind === 'text' ? mostSeconds * Math.max(1, input.text.split('\n').length / ordinaryLines) : mostSeconds;

function growthFaults(sized: (size: number) => string): readonly string[] {
  const { faults, seconds } = timed(sized(grownTo));
  if (faults.length > 0 || seconds < worthALook) return faults;
  if (seconds < timed(sized(grownTo / 2)).seconds * surelyInProportion) return [];
  const quickest = (size: number): number => Math.min(...[1, 2].map(() => timed(sized(size)).seconds));
  const whole = Math.min(seconds, quickest(grownTo));
  const half = quickest(grownTo / 2);
  if (whole < worthALook || whole < half * mostRatio) return [];
  // Memory that is tidied up at the wrong moment passes for growth once, not twice.
  const double = quickest(grownTo * 2);
  if (double < whole * mostRatio) return [];
  const taken = [half, whole, double].map((each) => `${each.toFixed(1)} seconds`).join(', ');
  return [`half of it, it and twice it take ${taken}: more than in proportion`];
}

function timed(text: string): { readonly faults: readonly string[]; readonly seconds: number } {
  const started = millisecondsUsed();
  const faults = faultsOfText(text, false);
  return { faults, seconds: (millisecondsUsed() - started) / 1000 };
}
