/** Files that every arm of an `if` or `case` puts at the same path: they are there, whichever arm is taken. */
import type { CaseGuard, Guard } from '../../syntax/index.ts';
import { relativeTo } from '../files/path.ts';

/** What the arms met so far put where. */
export interface Arms {
  /** Notes that a path is filled under these guards; true when it is filled whether they hold or not. */
  fills(path: string, guards: readonly Guard[]): boolean;
  /** Whether all that is noted of a path has been put there only where these guards hold. */
  onlyUnder(path: string, guards: readonly Guard[]): boolean;
  /** Something may have been taken away at a path. */
  empties(path: string): void;
}

type Arm = readonly Guard[];

/** So many arms are held against each other for one path. */
const mostArms = 16;

export function createArms(): Arms {
  const byPath = new Map<string, readonly Arm[]>();
  return {
    fills(path, guards) {
      const known = byPath.get(path) ?? [];
      if (known.length >= mostArms) return false;
      const arms = merged([...known, guards]);
      byPath.set(path, arms);
      return arms.some((arm) => arm.length === 0);
    },
    onlyUnder(path, guards) {
      const arms = byPath.get(path) ?? [];
      return arms.length > 0 && arms.length < mostArms && arms.every((arm) => isInside(arm, guards));
    },
    empties(path) {
      for (const filled of byPath.keys()) if (relativeTo(path, filled) !== undefined) byPath.delete(filled);
    },
  };
}

/** Arms that leave no other way between them are one with what is around them. */
function merged(arms: readonly Arm[]): readonly Arm[] {
  const whole = arms.find((arm) => arm.length > 0 && isWhole(arm, arms));
  if (whole === undefined) return arms;
  const around = whole.slice(0, -1);
  return merged([...arms.filter((arm) => !isInside(arm, around)), around]);
}

function isWhole(arm: Arm, arms: readonly Arm[]): boolean {
  const last = arm.at(-1);
  const around = arm.slice(0, -1);
  const others = arms.flatMap((other) =>
    other.length === arm.length && isInside(other, around) ? other.slice(-1) : [],
  );
  if (last?.kind === 'status')
    return others.some(
      (other) => other.kind === 'status' && other.tests === last.tests && other.outcome !== last.outcome,
    );
  if (last?.kind !== 'case' || !last.patterns.some((pattern) => pattern.raw === '*')) return false;
  for (let before: CaseGuard | undefined = last; before !== undefined; before = before.previous)
    if (!others.includes(before)) return false;
  return true;
}

const isInside = (arm: Arm, around: Arm): boolean => around.every((guard, at) => arm[at] === guard);
