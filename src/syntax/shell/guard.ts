/** Whether the guards of a command hold, as far as that can be known without running anything. */
import type { CaseGuard, Guard, ShellCommand } from './command.ts';
import { expandShellWord } from './expand.ts';
import { both, either, evaluateTest, matchesWord, not, type ShellWorld } from './test.ts';

/** What one question about guards has found so far. */
interface Inquiry {
  readonly world: ShellWorld;
  /** The guards asked about: each is judged as if the others held. */
  readonly assumed: ReadonlySet<Guard>;
  /** Status of the tests looked at; the key's absence, not its value, says that one was not. */
  readonly status: Map<ShellCommand, boolean | undefined>;
  /** Whether they run. */
  readonly runs: Map<ShellCommand, boolean | undefined>;
}

/** Guards of tests have tests with guards: below this it counts as unknown. */
const deepest = 200;

/** True when all guards hold, false when one certainly does not, undefined when it is not known. */
export function guardsHold(guards: readonly Guard[], world: ShellWorld): boolean | undefined {
  return allHold(guards, { world, assumed: new Set(guards), status: new Map(), runs: new Map() }, 0);
}

function allHold(guards: readonly Guard[], inquiry: Inquiry, depth: number): boolean | undefined {
  let all: boolean | undefined = true;
  for (const guard of guards) {
    all = both(all, holds(guard, inquiry, depth));
    if (all === false) return false;
  }
  return all;
}

function holds(guard: Guard, inquiry: Inquiry, depth: number): boolean | undefined {
  switch (guard.kind) {
    case 'status': {
      const known = depth > deepest ? undefined : statusOf(guard.tests, inquiry, depth);
      const status = known ?? guard.expected;
      return guard.outcome === 'success' ? status : not(status);
    }
    case 'case':
      return caseHolds(guard, inquiry.world);
    case 'loop':
      return guard.certain ? true : inquiry.world.enters?.(guard);
    case 'function':
      return undefined;
  }
}

/** The status of the last test that runs; success when none does. */
function statusOf(tests: readonly ShellCommand[], inquiry: Inquiry, depth: number): boolean | undefined {
  const last = tests.at(-1);
  if (last === undefined) return true;
  const joint = last.guards.at(-1);
  if (tests.length > 1 && joint?.kind === 'status' && isPrefix(joint.tests, tests)) {
    const before = statusOf(joint.tests, inquiry, depth);
    const own = evaluated(last, inquiry);
    return joint.outcome === 'success' ? both(before, own) : either(before, own);
  }
  const outcomes = new Set<boolean | undefined>();
  for (const test of tests.toReversed()) {
    const runs = runsTest(test, inquiry, depth);
    if (runs === false) continue;
    outcomes.add(evaluated(test, inquiry));
    if (runs === true) return agreed(outcomes);
  }
  outcomes.add(true);
  return agreed(outcomes);
}

/** All of `tests` but the last: it is joined to the others by `&&` or `||`. */
const isPrefix = (before: readonly ShellCommand[], tests: readonly ShellCommand[]): boolean =>
  before.length === tests.length - 1 && before.every((test, at) => test === tests[at]);

function evaluated(test: ShellCommand, inquiry: Inquiry): boolean | undefined {
  if (!inquiry.status.has(test)) inquiry.status.set(test, statusNow(test, inquiry.world));
  return inquiry.status.get(test);
}

/** The status that a test has had, else the one that it would have now. */
function statusNow(test: ShellCommand, world: ShellWorld): boolean | undefined {
  const negated = test.index === -1 && test.words[0]?.raw === '!';
  const outcome = world.outcome?.(negated ? { ...test, words: test.words.slice(1) } : test);
  if (outcome === undefined) return evaluateTest(test, world);
  return negated ? not(outcome.success) : outcome.success;
}

function runsTest(test: ShellCommand, inquiry: Inquiry, depth: number): boolean | undefined {
  if (inquiry.runs.has(test)) return inquiry.runs.get(test);
  const own = test.guards.filter((guard) => !inquiry.assumed.has(guard));
  const runs = inquiry.world.outcome?.(test)?.ran ?? allHold(own, inquiry, depth + 1);
  inquiry.runs.set(test, runs);
  return runs;
}

function agreed(outcomes: ReadonlySet<boolean | undefined>): boolean | undefined {
  const [first, ...others] = outcomes;
  return others.length === 0 ? first : undefined;
}

function caseHolds(guard: CaseGuard, world: ShellWorld): boolean | undefined {
  const subject = expandShellWord(guard.subject, world.lookup);
  const matches = (arm: CaseGuard): boolean | undefined =>
    arm.patterns.map((pattern) => matchesWord(subject, pattern, world.lookup)).reduce(either, false);
  let held = matches(guard);
  for (let arm = guard.previous; arm !== undefined && held !== false; arm = arm.previous)
    held = both(held, not(matches(arm)));
  return held;
}
